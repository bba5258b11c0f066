// Makes a snapshot, or a data folder from one, and is killed before a step of it.
// node snapshot.child.cjs take FOLDER SNAPSHOTS STEP
// node snapshot.child.cjs bring FOLDER SNAPSHOTS STEP
const fs = require('node:fs');
const path = require('node:path');
const { copyLog } = require('../../dist/libs/platform/event-store/adapters/embedded/copy-log.js');
const { holdFolder, makeFolder, placeBrought, readFolder } = require('../../dist/libs/platform/folder/index.js');
const { bringFiles, readSnapshot, takeSnapshot } = require('../../dist/libs/platform/snapshot/index.js');

const [what, folder, snapshots, stepText] = process.argv.slice(2);
let left = Infinity;
const step = (name) => {
  if (left-- > 0) return;
  fs.writeSync(1, name);
  process.kill(process.pid, 'SIGKILL');
};
for (const [object, names] of [[fs, ['rmSync', 'mkdirSync', 'openSync', 'writeFileSync', 'writeSync', 'fsyncSync', 'renameSync', 'chmodSync']], [fs.promises, ['copyFile']]])
  for (const name of names) {
    const inner = object[name];
    object[name] = function watched(...args) {
      if (!(name === 'writeSync' && args[0] === 1)) step(`${name} ${path.basename(String(args[name === 'renameSync' || name === 'copyFile' ? 1 : 0])).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '*')}`);
      return inner.apply(this, args);
    };
  }

const settings = { data: path.join(folder, 'data'), keys: path.join(folder, 'keys'), eventStore: 'esdb://nobody', signIn: {}, rates: {}, telemetry: {} };

const take = async () => {
  const place = (name) => path.join(settings.data, name);
  const mark = JSON.parse(fs.readFileSync(place('daybook.json'), 'utf8'));
  left = Number(stepText);
  await takeSnapshot({
    folder: { ...mark, reads: place('read.db'), lookReads: place('looks.db') }, program: 'child', erasures: { category: 'dataSubject', type: 'ErasureBegun' },
    copyLog: (to) => void copyLog(place('log.db'), to),
  }, snapshots);
};

const bring = async () => {
  const hold = holdFolder(settings.data);
  const { files, ledger } = readSnapshot(snapshots);
  left = Number(stepText);
  if (readFolder(settings)) placeBrought(settings);
  else await makeFolder(settings, ledger, (into) => bringFiles(snapshots, files, into));
  hold.release();
};

void { take, bring }[what]().then(() => { left = Infinity; });
