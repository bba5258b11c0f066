import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { Seeded } from '#test/seeded';
import { Load } from './load';
import { describeSeveral, Several } from './processes';
import type { Process } from './processes';
import { inTurn, victimsOf, within } from './victims';

const FAULTS = Number(process.env.DAYBOOK_SEVERAL_FAULTS ?? 150);
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
/** Between two faults, and until what was struck comes back, ms at most. */
const [APART, DOWN] = [1_200, 1_500];
/** What was under way is done by then, ms. */
const REST = 120_000;

interface Logged {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
}

/** The log itself, without what the store keeps for itself. */
const logged = async (eventStore: string): Promise<readonly Logged[]> => {
  const client = EventStoreDBClient.connectionString(eventStore);
  const events: Logged[] = [];
  for await (const { event } of client.readAll()) if (event && !event.type.startsWith('$')) events.push({ id: event.id, stream: event.streamId, type: event.type });
  await client.dispose();
  return events;
};

/** Types of events by stream of an investigation, in order. */
const histories = (events: readonly Logged[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const { stream, type } of events) {
    const [, id] = /^investigation-(.+)$/.exec(stream) ?? [];
    if (id !== undefined) found.set(id, [found.get(id) ?? [], type].flat().join(' '));
  }
  return found;
};

const ESCALATED = 'InvestigationOpened InvestigationAllocated OverdueReviewEscalated';

describeSeveral('the program as several processes, all of which are killed in turn, and all that they share', () => {
  let several: Several;
  let processes: readonly Process[];
  let token: string;
  let load: Load;

  beforeAll(async () => {
    several = await Several.start();
    processes = await Promise.all((['api', 'api', 'console', 'worker', 'worker'] as const).map((part, place) => several.process(`${part} ${place}`, part)));
    token = (await processes[0]!.command('token', '--as', 'DS 2256', '--minutes', '720')).trim();
  }, 300_000);
  afterAll(async () => {
    load?.leave();
    await several?.stop();
  });

  const escalations = async ({ overdue }: Load, until: number): Promise<void> => {
    while (performance.now() < until) {
      const standing = histories(await logged(several.peer.connectionString));
      if ([...overdue].every((id) => standing.get(id)?.includes('OverdueReviewEscalated'))) return;
      await delay(500);
    }
  };

  it(`loses no acknowledged event and doubles none, does once what falls due, answers everybody, and no process dies of another's fault (${FAULTS} faults, DAYBOOK_SEED=${SEED})`, async () => {
    const seeded = new Seeded(SEED);
    const victims = victimsOf(several, processes);
    load = new Load(processes.filter(({ part }) => part === 'api'), token, SEED);
    load.start();
    for (const victim of inTurn(victims, seeded, FAULTS)) {
      await delay(seeded.below(APART));
      await victim.fall(seeded.below(DOWN));
    }
    for (const victim of victims) await victim.standing();
    await within(REST, 'the last command', load.end());
    await escalations(load, performance.now() + REST);
    // Whatever the other worker still has in hand has had its time.
    await delay(2_000);

    const events = await logged(several.peer.connectionString);
    const standing = histories(events);
    console.log(`${victims.map(({ name, strikes }) => `${name} ${strikes}`).join(', ')}; ${load.opened.size} opened, ${load.overdue.size} of them overdue, ${load.sentAgain} commands sent again`);
    expect(load.wrong).toEqual([]);
    expect(processes.flatMap(({ falls }) => falls)).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect([...standing.keys()].sort()).toEqual([...load.opened.values()].sort());
    expect([...standing].filter(([id, types]) => types !== (load.overdue.has(id) ? ESCALATED : 'InvestigationOpened'))).toEqual([]);
    expect(load.overdue.size).toBeGreaterThan(FAULTS / 15);

    const at = new Date().toISOString();
    const { head } = await processes[0]!.health();
    const figures = await Promise.all(processes.map((each) => each.figures(head, at)));
    for (const other of figures) expect(other).toEqual(figures[0]);
  }, 24 * 3_600_000);
});
