// Writes a little, rests so that the log checkpoints, writes on; acknowledgements go to a file that the disk shim records in the same trace.
// node power.child.cjs FOLDER RUN ROUNDS
const fs = require('node:fs');
const path = require('node:path');
const { openEmbeddedEventStore } = require('../../../dist/libs/platform/event-store/index.js');
const { batchOf } = require('./batches.cjs');

const [folder, runText, roundsText] = process.argv.slice(2);
const run = Number(runText);
const acks = fs.openSync(path.join(folder, 'run.acks'), 'a');
const say = (line) => fs.writeSync(acks, `${JSON.stringify(line)}\n`);
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const main = async () => {
  const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  say({ opened: true });
  let batches = 0;
  const write = async (writer, rounds) => {
    for (let i = 0; i < rounds; i++) {
      const [batch, count, stream] = [batches++, 1 + ((i * 7 + writer) % 6), `case-${(i + writer) % 7}`];
      const { revision } = await store.append(stream, batchOf(run, batch, count, i % 5 === 0 ? 9000 : 150), 'any');
      say({ run, batch, count, stream, revision });
    }
  };
  for (let round = 0; round < Number(roundsText); round++) {
    await Promise.all([0, 1, 2].map((writer) => write(writer, 12 + round * 3)));
    if (round % 2 === 0) await rest(1200);
  }
  process.kill(process.pid, 'SIGKILL');
};

void main();
