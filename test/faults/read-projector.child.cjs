// A program that owns a log and its read models, to be killed. Loads the store and the read store only.
const path = require('node:path');
const { randomUUID } = require('node:crypto');
const { openEmbeddedEventStore } = require('../../dist/libs/platform/event-store/index.js');
const { openReadStore } = require('../../dist/libs/platform/read-store/index.js');
const { toys } = require('../support/parcels.cjs');

const [folder, seed, rebuilding, most] = process.argv.slice(2);
const support = (name) => path.join(__dirname, '..', 'support', name);

let state = Number(seed) | 0;
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};

const types = ['ParcelSent', 'ParcelMoved', 'ParcelMoved', 'ParcelMoved', 'ParcelLost'];
const event = () => ({
  id: randomUUID(),
  type: random(200) === 0 ? 'ParcelForgotten' : types[random(types.length)],
  data: Buffer.from(JSON.stringify({ place: `p${random(50)}` })),
  metadata: Buffer.from(JSON.stringify({ effectiveAt: { precision: 'unknown' }, recordedAt: new Date(1e12 + random(1e6)).toISOString(), v: 1 })),
});

const main = async () => {
  const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  const reads = await openReadStore({
    file: path.join(folder, 'read.db'), logFile: path.join(folder, 'log.db'), log: store, heads: () => store.headPort(), projections: toys,
    threadFile: process.env.KILL_AT_STATEMENT ? path.join(__dirname, 'read-suicidal.thread.cjs') : support('parcels.thread.cjs'), rebuildFile: support('parcels.child.cjs'), clock: () => 0, early: true,
    onAlarm: ({ kind, facts }) => process.send(kind === 'STREAM_PARKED' ? kind : `${kind} ${JSON.stringify(facts)}`),
  });
  await reads.caughtUp();
  const start = reads.checkpoint().number;
  const stop = reads.onBatch(({ number }) => {
    if (number === start) return;
    stop();
    process.send('moving');
  });
  if (rebuilding === 'yes') void (async () => { for (;;) await reads.rebuild(); })();
  let written = 0;
  const writer = async () => {
    while (written++ < Number(most)) await store.append(`parcel-${random(40)}`, Array.from({ length: 1 + random(3) }, event), 'any');
  };
  await Promise.all(Array.from({ length: 4 }, writer));
};

void main();
// Nothing more to write: wait for the kill.
setInterval(() => {}, 1000);
