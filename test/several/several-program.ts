import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { officerKey } from '#kernel';
import { openEmbeddedReader, START } from '#platform/event-store';
import type { Program } from '#test/program';
import { codec } from '../../apps/daybook/codec';
import { Several } from './processes';
import type { Process } from './processes';

/** The sample's first escalations are made after the start; journeys count events, so they wait until none has come for so long, ms. */
const QUIET = 3_000;

const settled = async (processes: readonly Process[]): Promise<void> => {
  let [head, since] = [-1, performance.now()];
  while (performance.now() - since < QUIET) {
    const now = await headOf(processes);
    if (now !== head) [head, since] = [now, performance.now()];
    await delay(200);
  }
  for (const each of processes) await each.hasRead(head);
};

const headOf = async (processes: readonly Process[]): Promise<number> => Math.max(...(await Promise.all(processes.map((each) => each.health()))).map(({ head }) => head));

/** References of the investigations that were reassessed so, as a process has them in its copy of the log. */
const reassessedIn = async (folder: string, sensitivity: string): Promise<readonly string[]> => {
  const log = openEmbeddedReader(path.join(folder, 'log.db'));
  const [opened, found] = [new Map<string, number>(), [] as string[]];
  for await (const page of log.readAll(START, { pageSize: 5_000 })) {
    for (const stored of page) {
      if (stored.type === 'InvestigationOpened' && !opened.has(stored.stream)) opened.set(stored.stream, stored.number); // a correction of it is another of its kind
      if (stored.type === 'SensitivityReassessed' && (codec.decode(stored).data as { readonly sensitivity: string }).sensitivity === sensitivity) found.push(stored.stream);
    }
  }
  await log.close();
  return found.map((stream) => `INV-${opened.get(stream)}`);
};

/** Changes what PostgreSQL holds of a user's sessions, and waits until no process believes what it knew of them before. */
const changeSessions = async (url: string, user: string, change: string): Promise<void> => {
  const client = new Client(url);
  await client.connect();
  await client.query(`UPDATE daybook.sessions SET ${change} WHERE person = $1`, [officerKey(user)]);
  await client.end();
  await delay(2_100);
};

/** The sample as two JSON doors, a console and two workers over the server of the tests, Redis and PostgreSQL, behind one address. */
export const startSeveralProgram = async (): Promise<Program> => {
  const several = await Several.start({ kind: 'sample', sample: 'rotherham-2019' });
  const DAYBOOK_SNAPSHOT = await several.snapshot();
  const parts = [['api1', 'api'], ['api2', 'api'], ['console1', 'console'], ['worker1', 'worker'], ['worker2', 'worker']] as const;
  const processes = await Promise.all(parts.map(([name, part]) => several.process(name, part, { DAYBOOK_SNAPSHOT })));
  await Promise.all([several.front.until('api', 2), several.front.until('pages', 1)]);
  await settled(processes);
  const pages = processes[2]!;
  const { DAYBOOK_STATE_URL: state, DAYBOOK_DATA: data } = several.environment('console1');
  return {
    url: several.url,
    head: () => headOf(processes),
    token: async (user = 'DS 2256') => (await pages.command('token', '--as', user, '--minutes', '60')).trim(),
    reassessed: (sensitivity) => reassessedIn(data!, sensitivity),
    runOut: (user) => changeSessions(state!, user, 'used = used - 31 * 60000'),
    proveOld: (user) => changeSessions(state!, user, "reader = jsonb_set(reader::jsonb, '{provedAt}', to_jsonb((reader::jsonb ->> 'provedAt')::bigint - 6 * 60000))::text"),
    // The processes share a clock that goes on by itself.
    pass: () => Promise.reject(new Error('time passes by itself over several processes')),
    stop: () => several.stop(),
  };
};
