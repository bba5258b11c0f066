// The work that every contender does: events of one kilobyte, many writers in flight, each on streams of its own at the exact revision.
import { randomBytes, randomUUID } from 'node:crypto';

export const WRITERS = 64;
const STREAM_LENGTH = 20;

// Sealed values look like noise to a store, so noise it is: 700 bytes of data, 300 of metadata.
const text = (bytes) => randomBytes(bytes).toString('base64').slice(0, bytes);
export const data = { text: text(700 - '{"text":""}'.length) };
export const metadata = { text: text(300 - '{"text":""}'.length) };
export const dataBytes = Buffer.from(JSON.stringify(data));
export const metadataBytes = Buffer.from(JSON.stringify(metadata));

/** Names stream and revision of a writer's n-th event. */
export const placeOf = (writer, n) => ({ stream: `case-${writer}-${Math.floor(n / STREAM_LENGTH)}`, revision: n % STREAM_LENGTH });

/** Runs the writers for some seconds after a warm-up and answers events a second. `append(stream, revision, id)` is durable when it settles. */
export const rateOf = async (append, { seconds, warmUp = 1, writers = WRITERS }) => {
  let [counted, until, from] = [0, 0, 0];
  const write = async (writer) => {
    for (let n = 0; performance.now() < until; n++) {
      const { stream, revision } = placeOf(writer, n);
      await append(stream, revision, randomUUID());
      if (performance.now() >= from) counted++;
    }
  };
  from = performance.now() + warmUp * 1000;
  until = from + seconds * 1000;
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  return (counted / (performance.now() - from)) * 1000;
};
