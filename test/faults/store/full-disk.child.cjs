// Opens the log on a disk with little room and obeys a line of its standard input each: `fill` appends until there is no room, then tries what
// must still go; `rest` waits for the checkpoint of an idle log; `close` ends it. Says what every append was told.
// node full-disk.child.cjs FILE RUN SEED
const fs = require('node:fs');
const readline = require('node:readline');
const { openEmbeddedEventStore, START } = require('../../../dist/libs/platform/event-store/index.js');
const { batchOf } = require('./batches.cjs');

const [file, runText, seedText] = process.argv.slice(2);
const run = Number(runText);
let state = Number(seedText) >>> 0;
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
const say = (line) => fs.writeSync(1, `${JSON.stringify(line)}\n`);
const codeOf = (error) => error.code ?? String(error);
let batches = 0;

const append = async (store, count, bytes) => {
  const [batch, stream] = [batches++, `case-${below(5)}`];
  try {
    const { revision } = await store.append(stream, batchOf(run, batch, count, bytes), 'any');
    say({ run, batch, count, stream, revision });
    return true;
  } catch (error) {
    say({ run, batch, count, stream, refused: codeOf(error), written: error.written, message: error.message });
    return false;
  }
};

// What is large is refused while there is still room for what is small: full is where three small ones in a row are refused.
const write = async (store) => {
  for (let refused = 0; refused < 3;) {
    const isWritten = await append(store, 1 + below(refused > 0 ? 1 : 5), refused > 0 ? 100 : [100, 3000, 20_000, 60_000][below(4)]);
    refused = isWritten ? 0 : refused + 1;
  }
};

const readsOf = async (store) => {
  let [events, last] = [0, ''];
  for await (const page of store.readAll(START)) [events, last] = [events + page.length, page.at(-1).position];
  const { events: ofStream, revision } = await store.readStream('case-1');
  return { events, isHead: (await store.head()).position === last, isWhole: ofStream.length === revision + 1 };
};

const backupOf = (store) => store.backup(`${file}.backup`).then(() => 'MADE', codeOf);

const obey = {
  async fill(store) {
    await append(store, 1, 100);
    const trouble = store.trouble ?? null;
    await Promise.all(Array.from({ length: 6 }, () => write(store)));
    say({ full: { healthy: trouble, trouble: store.trouble, reads: await readsOf(store), backup: await backupOf(store) } });
  },
  async rest() {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    say({ rested: true });
  },
  async close(store) {
    await store.close();
    say({ closed: true });
    process.exit(0);
  },
};

const main = async () => {
  const store = await openEmbeddedEventStore({ file }).catch((error) => {
    say({ opened: codeOf(error), message: error.message });
    process.exit(0);
  });
  say({ opened: 'OPENED', reads: await readsOf(store) });
  for await (const order of readline.createInterface({ input: process.stdin })) await obey[order](store);
};

void main();
