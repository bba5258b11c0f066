// What it costs to be measured: the same closed loop with metrics and without, turn about, so that what else the machine does falls on both.
import { measured, serving } from './http.bench.mjs';

const TURNS = 4;
const SECONDS = 5;
const ways = { without: {}, with: { DAYBOOK_METRICS_LISTEN: '127.0.0.1:0' } };

const once = (way) => serving(async (server, load, door) => {
  const job = { loop: 'closed', ...door, what: 'review', inFlight: 64 };
  await measured(server, load, { ...job, seconds: 3 }); // warms both up
  return measured(server, load, { ...job, seconds: SECONDS });
}, ways[way]);

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** @returns {Promise<{ what: string, value: number, unit: string, target?: string, note?: string }[]>} */
export async function bench() {
  const seen = { without: [], with: [] };
  for (let turn = 0; turn < TURNS; turn++)
    for (const way of turn % 2 === 0 ? ['without', 'with'] : ['with', 'without']) seen[way].push(await once(way));
  const of = (way, what) => median(seen[way].map((one) => one[what]));
  const micros = (way) => Math.round(of(way, 'cpuPerRequest') * 1e6);
  return [{
    what: 'metrics: processor time of a command more than without', value: (of('with', 'cpuPerRequest') / of('without', 'cpuPerRequest') - 1) * 100, unit: '%', target: 'under 2',
    note: `medians of ${TURNS} turns each: ${micros('with')} and ${micros('without')} µs; ${Math.round(of('with', 'perSecond'))} and ${Math.round(of('without', 'perSecond'))} a second`,
  }];
}
