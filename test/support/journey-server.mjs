// The compiled program over a sample folder of its own: `node journey-server.mjs FOLDER`. Says where it listens and how many events it holds.
import path from 'node:path';
import { loadSample } from '../../dist/apps/daybook/sample/load-sample.js';
import { openDaybook } from '../../dist/apps/daybook/compose.js';
import { serve } from '../../dist/apps/daybook/serve.js';
import { readSettings } from '../../dist/libs/platform/settings/index.js';

const folder = process.argv[2];
const settings = readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_PORT: '0' });
const sample = { name: 'rotherham-2019', until: '2019-12-31T17:00:00.000Z', homeArea: 'Rotherham' };
const daybook = await openDaybook(settings, { make: { kind: 'sample', sample }, early: true });
await loadSample(daybook);
await daybook.reads.waitFor(daybook.store.currentHead().position, 60_000);
const running = await serve(daybook);

process.on('message', async (message) => {
  if (message.tokenFor) process.send({ token: await daybook.signIn.tokenFor(message.tokenFor, 60) });
  if (message === 'head') process.send({ head: daybook.store.currentHead().number });
  if (message === 'stop') await running.stop().then(() => process.disconnect());
});
process.send({ url: running.url });
