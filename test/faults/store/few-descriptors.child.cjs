// Uses up every file descriptor the process may have, leaves a few free and tries everything a store does; then gives them back and tries again.
// To be run where few may be open (ulimit -n). Says what each try was told.
// node few-descriptors.child.cjs FOLDER ROUNDS
const fs = require('node:fs');
const path = require('node:path');
const { openEmbeddedEventStore, openEmbeddedReader } = require('../../../dist/libs/platform/event-store/index.js');
const { batchOf } = require('./batches.cjs');

const [folder, rounds] = process.argv.slice(2);
const file = path.join(folder, 'log.db');
const MOST_FREE = 16;

const takeAll = () => {
  const taken = [];
  for (;;) {
    try {
      taken.push(fs.openSync('/dev/null'));
    } catch (error) {
      if (error.code !== 'EMFILE') throw error;
      return taken;
    }
  }
};

/** Everything a store does; each answers when it went well. */
const tries = (round, phase, store) => ({
  append: async () => {
    const [batch, count, stream] = [round * 2 + phase, 1 + (round % 3), `case-${round % 4}`];
    const { revision } = await store.append(stream, batchOf(1, batch, count), 'any');
    return { run: 1, batch, count, stream, revision };
  },
  read: () => store.readStream('case-1').then(() => undefined),
  reader: () => openEmbeddedReader(file).close(),
  open: async () => {
    const other = await openEmbeddedEventStore({ file: path.join(folder, 'other.db') });
    await other.append('case-1', batchOf(2, round * 2 + phase, 1), 'any');
    await other.close();
  },
  backup: async () => {
    const to = path.join(folder, `backup-${round}.db`);
    await store.backup(to);
    fs.rmSync(to);
  },
});

const codeOf = (work) => Promise.resolve().then(work).then((ack) => ({ code: 'OK', ack }), (error) => ({ code: error.code ?? String(error) }));

// Of ours: Node itself loses one that is no file whenever it cannot start a thread.
const filesOpen = () => fs.readdirSync('/proc/self/fd').filter((fd) => {
  try {
    return fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith(fs.realpathSync(folder));
  } catch {
    return false; // the one that lists them
  }
}).length;

const tell = async (round, phase, store) => {
  const [codes, acks] = [{}, []];
  for (const [name, attempt] of Object.entries(tries(round, phase, store))) {
    // Well fed, not every copy is made: they take long.
    if (phase === 1 && name === 'backup' && round % 5 > 0) continue;
    const { code, ack } = await codeOf(attempt);
    codes[name] = code;
    if (ack) acks.push(ack);
  }
  const open = phase === 1 ? filesOpen() : undefined;
  fs.writeSync(1, `${JSON.stringify({ round, isStarved: phase === 0, open, acks, codes })}\n`);
};

const main = async () => {
  const store = await openEmbeddedEventStore({ file });
  for (let round = 0; round < Number(rounds); round++) {
    const taken = takeAll();
    for (const fd of taken.splice(0, round % MOST_FREE)) fs.closeSync(fd);
    await tell(round, 0, store);
    for (const fd of taken) fs.closeSync(fd);
    await tell(round, 1, store);
  }
  await store.close();
};

void main();
