import { START } from '#platform/event-store';
import type { Filter, StoredEvent } from '#platform/event-store';
import type { LogReader } from './log-reader';
import type { Checkpoint } from './read-store';

type Source = Pick<LogReader, 'readAll' | 'readByStream'>;

const PAGE = 2000;
/** Events held at a time where the log can only be read in its own order. */
const AT_ONCE = 100_000;

/** Each stream of these categories (absent: of all) with all its events up to a checkpoint, oldest first; the streams in no order that matters. */
export const wholeStreams = (
  log: Source, until: Checkpoint, categories: readonly string[] | undefined, atOnce = AT_ONCE,
): AsyncIterable<readonly StoredEvent[]> =>
  log.readByStream ? gathered(log.readByStream(until.position, filtered(categories))) : inParts(log, until, categories, atOnce);

const filtered = (categories: readonly string[] | undefined): { readonly filter?: Filter } => (categories ? { filter: { categories } } : {});

async function* gathered(pages: AsyncIterable<readonly StoredEvent[]>): AsyncGenerator<readonly StoredEvent[]> {
  let stream: StoredEvent[] = [];
  for await (const page of pages)
    for (const event of page) {
      if (stream.length > 0 && stream[0]!.stream !== event.stream) {
        yield stream;
        stream = [];
      }
      stream.push(event);
    }
  if (stream.length > 0) yield stream;
}

/** Reads the log as often as it takes to hold only a part of the streams at a time. */
async function* inParts(log: Source, until: Checkpoint, categories: readonly string[] | undefined, atOnce: number): AsyncGenerator<readonly StoredEvent[]> {
  const parts = Math.ceil((until.number + 1) / atOnce);
  for (let part = 0; part < parts; part++) {
    const streams = new Map<string, StoredEvent[]>();
    for await (const page of log.readAll(START, { ...filtered(categories), pageSize: PAGE })) {
      const due = page.filter(({ number }) => number <= until.number);
      for (const event of due) if (partOf(event.stream, parts) === part) keep(streams, event);
      if (due.length < page.length) break;
    }
    yield* streams.values();
  }
}

const keep = (streams: Map<string, StoredEvent[]>, event: StoredEvent): void => {
  const events = streams.get(event.stream);
  if (events) events.push(event);
  else streams.set(event.stream, [event]);
};

const partOf = (stream: string, parts: number): number => {
  let hash = 0;
  for (let i = 0; i < stream.length; i++) hash = (Math.imul(hash, 31) + stream.charCodeAt(i)) >>> 0;
  return hash % parts;
};
