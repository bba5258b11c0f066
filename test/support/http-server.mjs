// The server in a process of its own: `node http-server.mjs FOLDER`. Says where it listens and two tokens to speak with, a supervisor's and a disclosure officer's, and when asked what it used and how late it ran.
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openDaybook } from '../../dist/apps/daybook/compose.js';
import { serve } from '../../dist/apps/daybook/serve.js';
import { readSettings } from '../../dist/libs/platform/settings/index.js';
import { openTelemetry } from '../../dist/libs/platform/telemetry/index.js';

const folder = process.argv[2];
// One client of a bench sends more than any reader may.
const rates = { DAYBOOK_RATE_LIMIT: '99999999', DAYBOOK_RATE_LIMIT_ADDRESS: '99999999' };
// Whether it is measured and traced is for whoever starts it.
const watching = Object.fromEntries(['DAYBOOK_METRICS_LISTEN', 'DAYBOOK_OTLP_URL', 'DAYBOOK_TRACE_SHARE'].map((name) => [name, process.env[name]]));
const settings = readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_PORT: '0', ...rates, ...watching });
const daybook = await openDaybook(settings, { telemetry: openTelemetry(settings.telemetry, 'daybook') });
const running = await serve(daybook);
const delay = monitorEventLoopDelay({ resolution: 10 });
let [used, largest] = [process.cpuUsage(), 0];
setInterval(() => (largest = Math.max(largest, process.memoryUsage.rss())), 50).unref();

const mark = () => {
  used = process.cpuUsage();
  largest = process.memoryUsage.rss();
  delay.reset();
  delay.enable();
};

const usage = async () => {
  const { user, system } = process.cpuUsage(used);
  const events = (await daybook.store.head()).number + 1;
  return { cpuSeconds: (user + system) / 1e6, largestRss: largest, events, delayMs: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 } };
};

process.on('message', async (message) => {
  if (message === 'mark') mark();
  if (message === 'used') process.send(await usage());
  if (message === 'stop') await running.stop().then(() => process.disconnect());
});
mark();
process.send({ url: running.url, token: await daybook.signIn.tokenFor('DS 2256', 720), disclosure: await daybook.signIn.tokenFor('SYP 7401', 720) });
