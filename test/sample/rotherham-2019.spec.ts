import { createHash } from 'node:crypto';
import { codec } from '../../apps/daybook/codec';
import { projections } from '../../apps/daybook/projections';
import { sampleReviewIntervals } from '../../apps/daybook/sample/escalation-script';
import { loadSample } from '../../apps/daybook/sample/load-sample';
import { cultures } from '../../apps/daybook/sample/names';
import { rotherham2019 } from '../../apps/daybook/sample/rotherham-2019';
import { InvestigationReader } from '../../libs/contexts/investigations/read/investigation-reader';
import { CaseAccess, EscalationReader } from '#contexts/investigations';
import type { Figures } from '#contexts/investigations';
import { AccessLists } from '#contexts/oversight';
import { isSealed, msOf, parseMoment } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { memoryEventStore, START } from '#platform/event-store';
import type { EventStore, StoredEvent } from '#platform/event-store';
import { memoryKeyStore, openVault } from '#platform/vault';
import { MemoryReads } from '../support/memory-reads';

const target = async (store: EventStore) => ({ store, codec, vault: await openVault(memoryKeyStore()), program: 'daybook test' });

const load = async (): Promise<EventStore> => {
  const store = memoryEventStore();
  await loadSample(await target(store));
  return store;
};

const storedIn = async (store: EventStore): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of store.readAll(START, { pageSize: 5_000 })) events.push(...page);
  return events;
};

/** Everything but what is sealed. */
const clear = (value: unknown): unknown => {
  if (isSealed(value)) return { key: value.key };
  if (Array.isArray(value)) return value.map(clear);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clear(inner)]));
};

const digestOf = (events: readonly RecordedEvent[]): string => {
  const hash = createHash('sha256');
  for (const event of events) hash.update(JSON.stringify(clear(event)));
  return hash.digest('hex');
};

const months = Array.from({ length: 24 }, (_, i) => `${2018 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`);
const brief = ({ investigations: { active, noSuspectIdentified, suspectOutstanding, suspectOutstandingOverThreshold } }: Figures): number[] =>
  [active, noSuspectIdentified, suspectOutstanding, suspectOutstandingOverThreshold];

describe('the sample rotherham-2019', () => {
  let stored: StoredEvent[];
  let events: RecordedEvent[];
  let questions: InvestigationReader;
  let reads: MemoryReads;

  beforeAll(async () => {
    stored = await storedIn(await load());
    events = stored.map((event) => codec.decode(event));
    reads = new MemoryReads(projections);
    reads.db.raw.exec('BEGIN');
    for (const event of events) reads.apply(event);
    reads.db.raw.exec('COMMIT');
    questions = new InvestigationReader(reads, () => rotherham2019.end);
  }, 120_000);

  const trueThen = (month: string, area = 'Rotherham'): Figures =>
    questions.figures({ area }, { effective: parseMoment(month, rotherham2019.end), recorded: 'now' });
  const recordedThen = (month: string): Figures => {
    const moment = parseMoment(month, rotherham2019.end);
    return questions.figures({ area: 'Rotherham' }, { effective: moment, recorded: moment });
  };

  it('has at its end the figures that were told of Rotherham', () => {
    const figures = questions.figures({ area: 'Rotherham' });
    expect(brief(figures)).toEqual([1_800, 4, 207, 1]);
    expect(figures.bands.map(({ investigations }) => investigations)).toEqual([104, 63, 39, 1]);
    expect(figures.suspectLinks.overThreshold).toBe(1);
  });

  it('says the same of its end whichever clock is asked', () => {
    const end = rotherham2019.end;
    for (const recorded of [end, 'now'] as const) expect(brief(questions.figures({ area: 'Rotherham' }, { effective: end, recorded }))).toEqual([1_800, 4, 207, 1]);
  });

  it('has investigations with several outstanding suspects, and people outstanding on several investigations', () => {
    const { investigations, suspectLinks, people } = questions.figures({ area: 'Rotherham' });
    expect(suspectLinks.outstanding).toBeGreaterThan(investigations.suspectOutstanding);
    expect(people.outstanding).toBeLessThan(suspectLinks.outstanding);
  });

  it('has three cases that a partner agency sees, and a restricted one with a detective on its access list', () => {
    const facts = (ids: ReadonlySet<string>) => [...ids].map((id) => new CaseAccess({ history: () => Promise.reject(new Error('not asked')) }, { db: reads.db, ready: true, checkpoint: () => ({ position: '', number: 0 }) }).facts(id as never)!);
    const lists = new AccessLists(reads);
    const partner = lists.granted({ id: 'RMBC 310', agency: 'Rotherham Metropolitan Borough Council' }, rotherham2019.end);
    expect(facts(partner.investigations).map(({ team, sensitivity }) => [team, sensitivity])).toEqual(Array.from({ length: 3 }, () => ['Evolve (multi-agency CSE)', 'STANDARD']));
    const helper = facts(lists.granted({ id: 'DC 2235', agency: 'South Yorkshire Police' }, rotherham2019.end).investigations);
    expect(helper.map(({ sensitivity }) => sensitivity)).toEqual(['RESTRICTED']);
    expect(helper[0]!.officer).not.toBe('DC 2235');
  });

  it('has its escalations recorded by its end: nothing is due, and a sergeant finds a few matters', () => {
    const escalations = new EscalationReader(reads, () => rotherham2019.end, sampleReviewIntervals);
    const asked = { now: rotherham2019.end, limit: 10 };
    expect([escalations.dueReviews(asked), escalations.dueSuspects(asked)]).toEqual([[], []]);
    const all = escalations.waiting([null, ...escalations.supervisors()]);
    expect(all.filter(({ kind, area }) => kind === 'OutstandingSuspectEscalated' && area === 'Rotherham')).toHaveLength(1); // the one of the figures
    expect(all.length).toBe(events.filter(({ type }) => type.endsWith('Escalated')).length);
    expect(all.length).toBeLessThan(120);
    const mine = escalations.waiting(['ds 2256']).length;
    expect([mine > 5, mine < 30]).toEqual([true, true]);
  });

  it('has smaller neighbours', () => {
    for (const area of ['Barnsley', 'Doncaster', 'Sheffield']) {
      const { active } = questions.figures({ area }).investigations;
      expect(active).toBeGreaterThan(140);
      expect(active).toBeLessThan(240);
    }
  });

  it.each(months)('has sensible figures at the end of %s, as true then', (month) => {
    const [active, unidentified, outstanding, over] = brief(trueThen(month));
    expect(active).toBeGreaterThan(1_500);
    expect(active).toBeLessThanOrEqual(1_810);
    expect(unidentified).toBeGreaterThanOrEqual(2);
    expect(unidentified).toBeLessThanOrEqual(12);
    expect(outstanding).toBeGreaterThanOrEqual(150);
    expect(outstanding).toBeLessThanOrEqual(240);
    expect(over).toBeLessThanOrEqual(4);
  });

  it.each(months)('has sensible figures at the end of %s, as recorded then', (month) => {
    const [active, unidentified, outstanding, over] = brief(recordedThen(month));
    expect(active).toBeGreaterThan(1_500);
    expect(active).toBeLessThanOrEqual(1_830);
    expect(unidentified).toBeLessThanOrEqual(14);
    expect(outstanding).toBeGreaterThanOrEqual(140);
    expect(outstanding).toBeLessThanOrEqual(250);
    expect(over).toBeLessThanOrEqual(5);
  });

  it('was recorded late often enough for the two clocks to differ at most month ends', () => {
    const differ = months.filter((month) => JSON.stringify(brief(trueThen(month))) !== JSON.stringify(brief(recordedThen(month))));
    expect(differ.length).toBeGreaterThanOrEqual(18);
  });

  it('grew slowly, with cases opened and closed every month', () => {
    const trend = questions.trend({ area: 'Rotherham' }, 24).months;
    expect(trend).toHaveLength(24);
    for (const { opened, closed } of trend) {
      expect(opened).toBeGreaterThan(100);
      expect(closed).toBeGreaterThan(90);
    }
  });

  it('was recorded one event after another between its first day and its end', () => {
    const times = events.map(({ metadata }) => msOf(metadata.recordedAt));
    expect(times[0]).toBeGreaterThanOrEqual(Date.parse('2018-01-01T00:00:00Z'));
    expect(times.at(-1)).toBeLessThanOrEqual(rotherham2019.end);
    expect(times.every((time, i) => i === 0 || time > times[i - 1]! || events[i]!.metadata.commandId === events[i - 1]!.metadata.commandId)).toBe(true);
  });

  it('holds corrections, voided entries, reopenings, transfers and cancellations', () => {
    const count = (type: string): number => events.filter((event) => event.type === type).length;
    for (const type of ['EntryVoided', 'InvestigationReopened', 'InvestigationTransferred', 'InvestigationCancelled', 'NoFurtherActionWithdrawn', 'SuspectEscaped']) {
      expect([type, count(type) > 3]).toEqual([type, true]);
    }
    expect(events.filter(({ metadata }) => metadata.corrects?.as === 'replacement').length).toBeGreaterThan(50);
  });

  it('is the same every time, up to what is sealed', async () => {
    const again = (await storedIn(await load())).map((event) => codec.decode(event));
    expect(digestOf(again)).toBe(digestOf(events));
  }, 60_000);

  it('goes on where an interrupted load stopped', async () => {
    const store = memoryEventStore();
    const half = stored.slice(0, Math.floor(stored.length / 2));
    const whole = half.slice(0, half.findLastIndex(({ stream }, i) => i > 0 && stream !== half[i - 1]!.stream));
    for (const { stream, id, type, data, metadata } of whole) await store.append(stream, [{ id, type, data, metadata }], 'any');
    const { events: made } = await loadSample(await target(store));
    expect(made).toBe(stored.length);
    expect((await storedIn(store)).map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
  }, 60_000);

  it('stores no name of a person and no text in clear', () => {
    const names = new Set(cultures.flatMap(([{ women, men, families }]) => [...women, ...men, ...families]));
    const words = /[A-Za-z]+/g;
    const found = new Set<string>();
    for (const { data, metadata } of stored) {
      const text = `${Buffer.from(data).toString('utf8')}\n${Buffer.from(metadata).toString('utf8')}`.replace(/"(iv|ct|tag|kc)":"[^"]*"/g, '');
      for (const [word] of text.matchAll(words)) if (names.has(word)) found.add(word);
      if (/Messages on a phone|Recognised on CCTV|keyed wrongly/.test(text)) found.add('a free text');
    }
    expect([...found]).toEqual([]);
  });
});
