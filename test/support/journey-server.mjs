// The compiled program over a sample folder of its own: `node journey-server.mjs FOLDER`. Says where it listens and how many events it holds.
import path from 'node:path';
import Database from 'better-sqlite3';
import { loadSample } from '../../dist/apps/daybook/sample/load-sample.js';
import { openDaybook } from '../../dist/apps/daybook/compose.js';
import { serve } from '../../dist/apps/daybook/serve.js';
import { officerKey } from '../../dist/libs/kernel/index.js';
import { START } from '../../dist/libs/platform/event-store/index.js';
import { readSettings } from '../../dist/libs/platform/settings/index.js';

const folder = process.argv[2];
const settings = readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_PORT: '0' });
const sample = { name: 'rotherham-2019', until: '2019-12-31T17:00:00.000Z', homeArea: 'Rotherham' };
const daybook = await openDaybook(settings, { make: { kind: 'sample', sample }, early: true });
await loadSample(daybook);
await daybook.reads.waitFor(daybook.store.positionOfNumber(daybook.store.currentHead().number), 60_000);
const running = await serve(daybook);

/** References of the investigations that were reassessed so, as the log itself has them. */
const reassessed = async (sensitivity) => {
  const [opened, found] = [new Map(), []];
  for await (const page of daybook.store.readAll(START, { pageSize: 5_000 })) {
    for (const { type, stream, number, ...stored } of page) {
      if (type === 'InvestigationOpened' && !opened.has(stream)) opened.set(stream, number); // a correction of it is another of its kind
      if (type === 'SensitivityReassessed' && daybook.codec.decode({ type, stream, number, ...stored }).data.sensitivity === sensitivity) found.push(stream);
    }
  }
  return found.map((stream) => `INV-${opened.get(stream)}`);
};

/** Lets so long go by without a click of this user that their sessions run out. */
const runOut = (user) => {
  const state = new Database(path.join(settings.keys, 'state.db'));
  state.prepare('UPDATE sessions SET used = used - 31 * 60000 WHERE user = ?').run(officerKey(user));
  state.close();
};

/** Has the last proof of identity of this user lie six minutes back. */
const proveOld = (user) => {
  const state = new Database(path.join(settings.keys, 'state.db'));
  state.prepare("UPDATE sessions SET reader = json_set(reader, '$.provedAt', json_extract(reader, '$.provedAt') - 6 * 60000) WHERE user = ?").run(officerKey(user));
  state.close();
};

/** Lets so many hours go by on the clock of the sample, and the program do what has fallen due. */
const pass = async (hours) => {
  const uptime = process.uptime.bind(process);
  process.uptime = () => uptime() + hours * 3600;
  await daybook.dueWork.reconciler.round();
};

process.on('message', async (message) => {
  if (message.pass) process.send({ passed: (await pass(message.pass)) ?? true });
  if (message.reassessed) process.send({ references: await reassessed(message.reassessed) });
  if (message.proveOld) process.send({ provedOld: proveOld(message.proveOld) ?? true });
  if (message.runOut) process.send({ ranOut: runOut(message.runOut) ?? true });
  if (message.tokenFor) process.send({ token: await daybook.signIn.tokenFor(message.tokenFor, 60) });
  if (message === 'head') process.send({ head: daybook.store.currentHead().number });
  if (message === 'stop') await running.stop().then(() => process.disconnect());
});
process.send({ url: running.url });
