// Seals under new and old keys, appends what it sealed and destroys a key now and then; what it was told goes to a file that the disk shim
// records in the same trace.
// node sealing.child.cjs FOLDER RUN ROUNDS
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const Database = require('better-sqlite3');
const { openEmbeddedEventStore } = require('../../../dist/libs/platform/event-store/index.js');
const { makeKekFile, openFileKeyStore, openVault } = require('../../../dist/libs/platform/vault/index.js');

const [folder, runText, roundsText] = process.argv.slice(2);
const run = Number(runText);
const kekFile = path.join(folder, 'kek');
const told = fs.openSync(path.join(folder, 'run.acks'), 'a');
const say = (line) => fs.writeSync(told, `${JSON.stringify(line)}\n`);
const digest = (key) => createHash('sha256').update(key).digest('hex');
// Spread, so that one transaction touches several pages of a large table.
const keyOf = (name) => `${digest(name).slice(0, 8)}-${name}`;
const idOf = (writer, i) => `${runText.padStart(8, '0')}-0000-4000-8000-${String(writer).padStart(4, '0')}${String(i).padStart(8, '0')}`;

const later = (work) => new Promise((resolve) => setImmediate(() => setImmediate(resolve))).then(work);

const main = async () => {
  makeKekFile(kekFile);
  const keys = openFileKeyStore({ folder, kekFile, owner: 'ledger', create: true });
  const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  const vault = await openVault(keys);
  const beside = new Database(path.join(folder, 'keys.db'), { readonly: true });
  say({ opened: true });

  const ensure = async (ids) => {
    for (const [id, key] of await keys.ensure(ids)) say({ ensured: id, digest: digest(key) });
  };
  const record = async (writer, i, key) => {
    const id = idOf(writer, i);
    const [{ data }] = await vault.sealAll([{ id, data: { text: { unsealed: `said under ${key}`, key } } }]);
    await store.append(`case-${writer}`, [{ id, type: 'Noted', data: Buffer.from(JSON.stringify(data)), metadata: Buffer.from('{}') }], 'any');
    say({ recorded: id, key });
  };
  const destroy = async (key) => {
    const { wrapped } = beside.prepare('SELECT wrapped FROM record_keys WHERE id = ?').get(key);
    say({ destroying: key });
    await keys.destroy(key);
    say({ destroyed: key, wrapped: wrapped.toString('hex') });
  };
  const write = async (writer, round) => {
    for (let i = round * 40; i < round * 40 + 40; i++) {
      const mine = keyOf(`${writer}/${i}`);
      // By turns: several keys at once, some of which others are asking for too, now or while the disk is at it; a new key; an earlier key.
      const turn = (i + writer) % 3; // not the same for all, so that one writes while the disk is at it for another
      if (turn === 0) await Promise.all([ensure([mine, keyOf(`shared/${i}`), keyOf(`${writer}/${i - 1}`)]), later(() => ensure([mine]))]);
      else await record(writer, i, turn === 1 || i % 40 < 3 ? mine : keyOf(`${writer}/${i - 1}`));
    }
    // In every second run the write-ahead log is never truncated: it is checkpointed when it is long, and begins again from its start.
    if (run % 2 === 0 && (writer + round) % 3 === 0) await destroy(keyOf(`${writer}/${round * 40 + 4}`));
  };
  for (let round = 0; round < Number(roundsText); round++) await Promise.all([0, 1, 2, 3].map((writer) => write(writer, round)));
  process.kill(process.pid, 'SIGKILL');
};

void main();
