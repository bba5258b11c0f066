// Takes up a new key-encryption key as `daybook keys rotate` does, and is killed before a step of it.
// node rotating.child.cjs KEYS OLD_KEK NEW_KEK own|custodian STEP
const fs = require('node:fs');
const Database = require('better-sqlite3');
const { rotateKek } = require('../../../dist/libs/platform/folder/index.js');
const { kekFromFile, openFileKeyStore } = require('../../../dist/libs/platform/vault/index.js');

const [keysFolder, kekFile, newFile, whose, stepText] = process.argv.slice(2);
let left = Infinity;
const step = (name) => {
  if (left-- > 0) return;
  fs.writeSync(1, name);
  process.kill(process.pid, 'SIGKILL');
};
/** Every row is a step, but one in a hundred is enough to try. */
let rows = 0;
const stepOf = (sql) => {
  if (!sql.startsWith('UPDATE record_keys')) step(sql.slice(0, 30));
  else if (rows++ % 100 === 50) step('in the middle of a batch');
};

const watch = (object, name, words) => {
  const inner = object[name];
  object[name] = function watched(...args) {
    const answer = words(args, () => inner.apply(this, args));
    return answer;
  };
};
for (const name of ['rmSync', 'openSync', 'writeFileSync', 'fsyncSync', 'renameSync'])
  watch(fs, name, (args, go) => { step(`fs.${name}`); return go(); });
watch(Database.prototype, 'pragma', ([words], go) => { step(`PRAGMA ${words}`); return go(); });
watch(Database.prototype, 'prepare', ([sql], go) => {
  const statement = go();
  if (/^(INSERT|UPDATE|DELETE|BEGIN|COMMIT)/.test(sql)) watch(statement, 'run', (_, run) => { stepOf(sql); return run(); });
  return statement;
});

const main = async () => {
  const kek = await kekFromFile.read(kekFile);
  const keys = openFileKeyStore({ folder: keysFolder, kekFile, kek, owner: 'ledger' });
  await keys.resumeRotation(kek);
  left = Number(stepText);
  await rotateKek({ keys: keysFolder, ...(whose === 'own' ? {} : { kekFile }) }, keys, newFile);
  left = Infinity;
  await keys.close();
};

void main();
