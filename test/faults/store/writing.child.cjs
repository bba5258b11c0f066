// Writes batches as fast as it can and says each acknowledgement on its standard output; made to be killed.
// node writing.child.cjs FILE RUN SEED
const fs = require('node:fs');
const { openEmbeddedEventStore } = require('../../../dist/libs/platform/event-store/index.js');
const { batchOf } = require('./batches.cjs');

const [file, runText, seedText] = process.argv.slice(2);
const run = Number(runText);
let state = Number(seedText) >>> 0;
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
// The pipe does not block: when it is full, the reader gets the time to empty it.
const say = (line) => {
  const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  for (let sent = 0; sent < bytes.length;) {
    try {
      sent += fs.writeSync(1, bytes, sent);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
};

const main = async () => {
  const began = performance.now();
  const store = await openEmbeddedEventStore({ file });
  say({ opened: performance.now() - began });
  let batches = 0;
  const write = async (writer) => {
    const stream = `case-${writer % 5}`;
    const isExact = writer < 5;
    let { revision } = await store.readStream(stream, { from: Number.MAX_SAFE_INTEGER });
    for (;;) {
      const [batch, count] = [batches++, 1 + below(20)];
      const expected = isExact ? (revision < 0 ? 'no_stream' : revision) : 'any';
      try {
        ({ revision } = await store.append(stream, batchOf(run, batch, count, below(2) ? 100 : 3000), expected));
        say({ run, batch, count, stream, revision });
      } catch (error) {
        if (error.code !== 'WRONG_EXPECTED_VERSION') throw error;
        revision = error.actual;
      }
    }
  };
  await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
};

void main();
