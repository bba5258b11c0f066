// Runs the same short script over a new log again and again; each time another call to the disk fails. Says what each append was told.
// node failing-disk.child.cjs FOLDER KIND FROM STEP TO
const fs = require('node:fs');
const path = require('node:path');
const { openEmbeddedEventStore } = require('../../../dist/libs/platform/event-store/index.js');
const { batchOf } = require('./batches.cjs');

const [folder, kind, from, step, to] = process.argv.slice(2);
const order = (text) => fs.writeFileSync(path.join(folder, 'shim.order'), text);

const script = async (run, store, tell) => {
  let batches = 0;
  const append = async (stream, count, bytes, expected = 'any') => {
    const batch = batches++;
    try {
      const { revision } = await store.append(stream, batchOf(run, batch, count, bytes), expected);
      tell.push({ run, batch, count, stream, revision });
    } catch (error) {
      tell.push({ run, batch, count, stream, refused: error.code, written: error.written });
    }
  };
  await append('case-1', 2, 100, 'no_stream');
  await append('case-1', 1, 30000);
  await Promise.all([append('case-1', 3, 200), append('case-2', 1, 5000), append('case-3', 4, 100)]);
  await append('case-1', 1, 100, 'no_stream');
  try {
    await store.readStream('case-1');
  } catch (error) {
    tell.push({ read: error.code });
  }
  for (let i = 0; i < 3; i++) await append(`case-${i}`, 1 + i, 100 + run % 7 * 1000);
};

const once = async (n) => {
  const place = path.join(folder, `${kind}-${n}`);
  fs.mkdirSync(place);
  const tell = [];
  let opened = 'OPENED';
  order(`${kind} ${n}`);
  try {
    const store = await openEmbeddedEventStore({ file: path.join(place, 'log.db') });
    await script(n, store, tell);
    await store.close();
  } catch (error) {
    opened = error.code ?? String(error);
  }
  order('none');
  console.log(JSON.stringify({ n, place, opened, tell }));
};

const main = async () => {
  for (let n = Number(from); n <= Number(to); n += Number(step)) await once(n);
};

void main();
