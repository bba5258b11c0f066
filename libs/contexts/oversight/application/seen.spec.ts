import type { InvestigationId, NominalId, RecordedEvent } from '#kernel';
import { officerKey } from '#kernel';
import type { Entity, Named, Reader } from '#platform/access';
import * as notes from '#test/case-notes';
import type { Note } from '#test/case-notes';
import { MemoryReads } from '#test/memory-reads';
import { Seeded } from '#test/seeded';
import { CaseAccess, investigationProjections, InvestigationReader, operationKey, PersonCases } from '#contexts/investigations';
import type { AccessFacts, InvestigationFilter, InvestigationItem, InvestigationQueries } from '#contexts/investigations';
import { investigationActions } from '../domain/actions';
import { userRoles } from '../domain/codes';
import { Access } from './access';
import { policies, reader as readerOf } from './access.fixtures';

const seed = Number(process.env.DAYBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`seed ${seed}; replay with DAYBOOK_SEED=${seed}`);

const NOW = Date.parse('2019-12-31T17:00:00Z');
const officers = ['DC 1', 'DC 2', 'DS 3', 'DS 4'];
const teams = ['CID', 'cid', 'Hidden team', 'PPU'];
const areas = ['Rotherham', 'Sheffield', 'Secret Island', 'Unknown'];
const operations = ['Clover', 'Makesafe'];

interface Written {
  readonly id: InvestigationId;
  readonly events: readonly RecordedEvent[];
}

const factsOf = (random: Seeded, i: number): Note[] => {
  const some = <T>(share: number, ...facts: T[]): T[] => (random.next() < share ? facts : []);
  const day = () => `2019-0${1 + random.below(9)}-1${random.below(9)}`;
  const person = () => `person ${random.below(12)}`;
  return [
    { ...notes.opened(`2019-0${1 + random.below(6)}-01`, { area: random.pick(areas), themes: random.pick([['CSE'], ['CCE'], []]), team: random.pick([undefined, ...teams]) }), by: random.pick(officers), sensitive: random.next() < 0.25 },
    notes.crime('2019-06-01', `crime ${i}`, `14/${random.below(20)}/19`),
    ...some(0.6, notes.allocated(day(), random.pick(teams), random.pick([...officers, 'dc  1']), random.pick([...officers, undefined]))),
    ...some(0.3, notes.reassessed(day(), random.pick(['STANDARD', 'RESTRICTED', 'SENSITIVE'] as const))),
    ...some(0.3, notes.operationLinked(day(), random.pick(operations))),
    ...some(0.7, notes.named(`2019-${random.pick(['07', '09', '11', '12'])}-02`, `link ${i}`, person())), ...some(0.4, notes.named(`2019-1${random.below(3)}-03`, `other link ${i}`, person())),
    ...some(0.2, notes.arrested('2019-12-20', `link ${i}`)), ...some(0.2, notes.finalised('2019-12-21')), ...some(0.07, notes.voided(0)),
  ];
};

const readerAtRandom = (random: Seeded): Reader =>
  readerOf(random.pick(userRoles), { id: random.pick(['dc 1', 'DC  2', 'DS 3', 'PC 9']), team: random.pick([undefined, ...teams]), agency: random.pick(['SYP', 'Council']) });

/** A ledger of cases at random, with access lists at random. */
const scene = (random: Seeded, size: number) => {
  let from = 0;
  const cases = Array.from({ length: size }, (_, i): Written => {
    const events = notes.recordCase(factsOf(random, i), { investigation: `case-${i}`, from, clock: Date.parse('2019-01-01T00:00:00Z') + from * 60_000 });
    from += events.length;
    return { id: `case-${i}` as InvestigationId, events };
  });
  const reads = new MemoryReads(investigationProjections).apply(...cases.flatMap(({ events }) => events));
  const lists = { investigations: new Set(cases.map(({ id }) => id as string).filter(() => random.next() < 0.1)), operations: new Map(operations.map(operationKey).filter(() => random.next() < 0.4).map((operation) => [operation, new Set(cases.map(({ id }) => id as string).filter(() => random.next() < 0.8))])) };
  const history = async (stream: string) => ({ events: cases.find(({ id }) => stream === `investigation-${id}`)?.events ?? [], revision: 0, bytes: 0 });
  const all = new InvestigationReader(reads, () => NOW);
  const records = new CaseAccess({ history } as never, reads);
  const access = new Access({
    policies, records, investigations: all, granted: { granted: () => lists }, cases: new PersonCases(reads), marks: { of: () => ({ restricted: false }) }, clock: () => NOW,
  });
  return { cases, reads, lists, all, records, access };
};

type Scene = ReturnType<typeof scene>;

/** The same ledger, had the others never been in it. */
const without = ({ reads, cases }: Scene, kept: ReadonlySet<string>): InvestigationReader => {
  const few = new MemoryReads(investigationProjections);
  const last = reads.checkpoint().number;
  for (const { id, events } of cases) if (kept.has(id)) few.apply(...events);
  few.db.prepared('UPDATE checkpoints SET number = ?, position = ?').run(last, reads.checkpoint().position);
  return new InvestigationReader(few, () => NOW);
};

const pastMoments = [undefined, { effective: Date.parse('2019-07-15T12:00:00Z'), recorded: 'now' as const }, { effective: Date.parse('2019-11-20T12:00:00Z'), recorded: 'now' as const }];
const scopes = [{ area: 'all' }, { area: 'Sheffield' }, { area: 'all', theme: 'CSE' as const }];

const pagesOf = (queries: InvestigationQueries, filter: InvestigationFilter): InvestigationItem[] => {
  const items: InvestigationItem[] = [];
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const page = queries.list(filter, { limit: 5, cursor });
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
};

const spellings = ['cid', 'CID', 'ppu', 'hidden TEAM', 'Nobody'];
const told = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    return String(error);
  }
};

/** Everything that can be asked, answered; cursors apart. */
const everything = (queries: InvestigationQueries): unknown[] => [
  ...scopes.flatMap((scope) => pastMoments.flatMap((asAt) => [
    queries.figures(scope, asAt), queries.trend(scope, 14, asAt),
    ...(['active', 'finalised', 'all'] as const).map((status) => queries.list({ ...scope, status }, { limit: 200 }, asAt)),
    queries.list({ ...scope, suspect: 'outstanding', sort: 'wait' }, { limit: 200 }, asAt), queries.outstandingSuspects(scope, { limit: 200 }, asAt),
  ])),
  pagesOf(queries, { area: 'all', status: 'all' }),
  queries.areas(), ...[...areas, 'all'].map((area) => told(() => queries.teams(area))),
  ...areas.map((area) => [queries.areaNamed(area.toUpperCase()), told(() => queries.figures({ area }))]),
  ...[...teams, 'Nobody'].map((team) => [told(() => queries.figures({ area: 'all', team })), told(() => queries.trend({ area: 'all', team }, 12))]),
  ...spellings.map((team) => queries.teamNamed(team)),
  ...Array.from({ length: 20 }, (_, n) => [queries.resolve(`14/${n}/19`), queries.named(`14/${n}/19`)]),
  ...Array.from({ length: 60 }, (_, n) => [queries.resolve(`INV-${n}`), queries.one(`case-${n}` as InvestigationId), queries.outstandingOn(`case-${n}` as InvestigationId)]),
];

/** Names of people on records that may not be read are withheld. */
const withoutNames = (answers: unknown, readable: ReadonlySet<string>): unknown =>
  JSON.parse(JSON.stringify(answers), (_, value: unknown) => {
    const item = value as { linkId?: string; investigationId?: string } | null;
    return typeof item === 'object' && item?.linkId !== undefined && !readable.has(item.investigationId!) ? { ...item, nominalId: null } : value;
  });

const idsThatPermit = async ({ access, cases }: Scene, reader: Reader, action: 'know' | 'read'): Promise<Set<string>> => {
  const permitted = new Set<string>();
  for (const { id } of cases) if ((await access.onInvestigation(reader, action, id)).verdict === 'PERMIT') permitted.add(id);
  return permitted;
};

const expectNoTrace = async (stage: Scene, reader: Reader): Promise<void> => {
  const [known, readable] = [await idsThatPermit(stage, reader, 'know'), await idsThatPermit(stage, reader, 'read')];
  const seen = stage.access.seenBy(reader);
  const answers = everything(seen.queries);
  expect(JSON.parse(JSON.stringify(answers))).toEqual(withoutNames(everything(without(stage, known)), readable));
  expect(stage.cases.filter(({ id }) => seen.knowsInvestigation(id)).map(({ id }) => id)).toEqual([...known]);
  expect(stage.cases.filter(({ id }) => seen.readsInvestigation(id)).map(({ id }) => id)).toEqual([...readable]);
};

const everyCase: InvestigationFilter = { area: 'all', status: 'all' };

describe('what a reader sees', () => {
  it('is what they would see, were there nothing that they may not know; also after more has happened', async () => {
    const random = new Seeded(seed);
    for (let round = 0; round < 2; round++) {
      const stage = scene(random, 14);
      const readers = [...userRoles.map((role) => ({ ...readerAtRandom(random), role })), readerAtRandom(random), readerAtRandom(random)];
      for (const reader of readers) await expectNoTrace(stage, reader);
      for (let change = 0; change < 3; change++) {
        const place = random.below(stage.cases.length);
        const { id, events } = stage.cases[place]!;
        if (events.some(({ type }) => type === 'EntryVoided')) continue; // no rule lets anything be recorded on what was voided
        const fact = random.pick([notes.reassessed('2019-12-01', random.pick(['STANDARD', 'RESTRICTED', 'SENSITIVE'] as const)), notes.allocated('2019-12-02', random.pick(teams), random.pick(officers)), notes.operationLinked('2019-12-03', 'Clover')]);
        const [more] = notes.recordCase([fact], { clock: NOW - 3_600_000, from: stage.reads.checkpoint().number + 1 });
        const news = { ...more!, id: `${id} more ${change}`, stream: `investigation-${id}`, revision: events.length };
        stage.cases[place] = { id, events: [...events, news] };
        stage.reads.apply(news);
      }
      for (const reader of readers) await expectNoTrace(stage, reader);
    }
  });

  it('is a list of what single decisions permit, and figures that count it', async () => {
    const random = new Seeded(seed + 1);
    for (let round = 0; round < 12; round++) {
      const stage = scene(random, 20);
      const reader = readerAtRandom(random);
      const { queries } = stage.access.seenBy(reader);
      const known = await idsThatPermit(stage, reader, 'know');
      const items = pagesOf(queries, everyCase);
      const recorded = new Set(stage.all.list(everyCase, { limit: 200 }).items.map(({ investigationId }) => investigationId as string));
      expect(items.map(({ investigationId }) => investigationId).sort()).toEqual([...known].filter((id) => recorded.has(id)).sort());
      const active = items.filter(({ status }) => ['ACTIVE', 'AWAITING_FINALISATION', 'REOPENED'].includes(status));
      const figures = queries.figures({ area: 'all' });
      expect(figures.investigations).toMatchObject({
        active: active.length, noSuspectIdentified: active.filter(({ namedSuspects }) => namedSuspects === 0).length,
        suspectOutstanding: active.filter(({ oldestOpenEpisodeOn }) => oldestOpenEpisodeOn !== null).length,
        suspectOutstandingOverThreshold: active.filter(({ waitDays }) => (waitDays ?? 0) > 84).length,
      });
      expect(figures.suspectLinks.outstanding).toBe(queries.outstandingSuspects({ area: 'all' }, { limit: 1 }).total);
    }
  });

  const real = (type: string, id: string): Named => ({ type, id });
  const attribute = (type: string, id: string) => ({ __entity: { type, id } });
  const given = (name: string, type: string, id: string | null): Entity['attrs'] => (id === null ? {} : { [name]: attribute(type, id) });
  const key = (id: string | null): string | null => (id === null ? null : officerKey(id));

  /** The record, the reader, their agency and every list as they are, none of it made into a class. */
  const entities = (reader: Reader, id: string, facts: AccessFacts, lists: Scene['lists']): Entity[] => [
    { uid: real('User', officerKey(reader.id)), attrs: {}, parents: [real('Role', reader.role), real('Agency', reader.agency), ...(reader.team === undefined ? [] : [real('Team', reader.team)])] },
    // Every list names the agency.
    { uid: real('Agency', reader.agency), attrs: {}, parents: [...[...lists.investigations].map((list) => real('AccessList', list)), ...[...lists.operations].filter(([, reached]) => reached.has(id)).map(([list]) => real('Operation', list))] },
    {
      uid: real('Investigation', id), parents: [],
      attrs: {
        sensitivity: facts.sensitivity, granted: attribute('AccessList', id), operations: facts.operations.map((operation) => attribute('Operation', operation)),
        ...given('officer', 'User', key(facts.officer)), ...given('supervisor', 'User', key(facts.supervisor)), ...given('openedBy', 'User', key(facts.openedBy)), ...given('team', 'Team', facts.team),
      },
    },
  ];

  it('is decided on classes as it is on the records themselves', async () => {
    const random = new Seeded(seed + 2);
    for (let round = 0; round < 2; round++) {
      const stage = scene(random, 10);
      const readers = Array.from({ length: 10 }, () => readerAtRandom(random));
      for (const reader of readers) for (const { id } of stage.cases) for (const action of investigationActions) {
        const facts = stage.records.facts(id)!;
        const principal = real('User', officerKey(reader.id));
        const whole = policies.permits(() => ({ principal, action, resource: real('Investigation', id), entities: entities(reader, id, facts, stage.lists) }));
        const { verdict } = await stage.access.onInvestigation(reader, action, id);
        expect({ role: reader.role, action, facts, permit: verdict === 'PERMIT' }).toEqual({ role: reader.role, action, facts, permit: whole });
      }
    }
  });
});

describe('a hidden investigation', () => {
  const secret: Note[] = [
    { ...notes.opened('2019-06-01', { area: 'Secret Island', team: 'Hidden team' }), sensitive: true, by: 'DC 9' },
    notes.crime('2019-06-01', 'c', '14/7/19'), notes.named('2019-07-01', 'link', 'the person'), notes.operationLinked('2019-07-01', 'Clover'),
  ];
  const open: Note[] = [notes.opened('2019-06-01'), notes.crime('2019-06-01', 'd', '14/7/19'), notes.named('2019-08-01', 'other link', 'the person')];

  const desk = (granted: { investigations: Set<string>; operations: Map<string, Set<string>> } = { investigations: new Set(), operations: new Map() }) => {
    const events = [...notes.recordCase(open, { investigation: 'open' }), ...notes.recordCase(secret, { investigation: 'secret', from: 3, clock: Date.parse('2019-01-02T00:00:00Z') })];
    const reads = new MemoryReads(investigationProjections).apply(...events);
    const all = new InvestigationReader(reads, () => NOW);
    const access = new Access({
      policies, records: new CaseAccess({ history: async () => ({ events: [], revision: -1, bytes: 0 }) } as never, reads), investigations: all,
      granted: { granted: () => ({ investigations: new Set(granted.investigations), operations: new Map(granted.operations) }) }, cases: new PersonCases(reads), marks: { of: () => ({ restricted: false }) }, clock: () => NOW,
    });
    return { reads, access, granted };
  };
  const person = 'the person' as NominalId;

  it('leaves a crime reference that it shares to the other one', () => {
    const { access } = desk();
    expect(access.seenBy(readerOf('DETECTIVE')).queries.resolve('14/7/19')).toBe('open');
    const named = access.seenBy(readerOf('DETECTIVE', { id: 'DC 9' })).queries;
    expect([named.resolve('14/7/19'), named.named('14/7/19')]).toEqual([undefined, ['INV-0', 'INV-3']]);
  });

  it('gives no name to an area or a team', () => {
    const { queries } = desk().access.seenBy(readerOf('DETECTIVE'));
    expect(queries.areas().map(({ name }) => name)).not.toContain('Secret Island');
    expect(told(() => queries.figures({ area: 'Secret Island' }))).toBe(told(() => queries.figures({ area: 'Atlantis' })));
    expect(queries.areaNamed('secret island')).toBeUndefined();
    expect(queries.teamNamed('hidden TEAM')).toBe('hidden TEAM');
    expect(told(() => queries.list({ area: 'all', team: 'Hidden team' }, { limit: 1 }))).toBe(told(() => queries.list({ area: 'all', team: 'No team' }, { limit: 1 })));
  });

  it('is there for its opener, and from the moment of a grant for who is granted it', () => {
    const { access, granted } = desk();
    expect(access.seenBy(readerOf('DETECTIVE', { id: 'dc 9' })).queries.figures({ area: 'all' }).investigations.active).toBe(2);
    const other = () => access.seenBy(readerOf('DETECTIVE')).queries.figures({ area: 'all' }).investigations.active;
    expect(other()).toBe(1);
    granted.investigations.add('secret');
    expect(other()).toBe(2);
    granted.investigations.clear();
    granted.operations.set('CLOVER', new Set(['open']));
    expect(other()).toBe(1);
    granted.operations.set('CLOVER', new Set(['open', 'secret']));
    expect(other()).toBe(2);
  });

  it('stays hidden when its opening is voided, on pages of the past too', () => {
    const { reads, access } = desk();
    const [, , , , more] = notes.recordCase([...secret, notes.voided(0)], { investigation: 'secret', from: 3 });
    reads.apply(more!);
    const then = { effective: Date.parse('2019-06-15'), recorded: Date.parse('2019-01-02T00:01:30Z') };
    const seen = (id: string) => access.seenBy(readerOf('DETECTIVE', { id })).queries.list(everyCase, { limit: 5 }, then).items.map(({ investigationId }) => investigationId);
    expect([seen('DC 1'), seen('DC 9')]).toEqual([['open'], ['secret', 'open']]);
  });

  it('is hidden on pages of the past from the moment that it becomes so, and its cursors are no longer taken', () => {
    const { reads, access } = desk();
    const queries = () => access.seenBy(readerOf('DETECTIVE')).queries;
    const then = { effective: Date.parse('2019-09-01'), recorded: 'now' as const };
    expect(queries().one('open' as InvestigationId, then)).toBeDefined();
    const [, , , more] = notes.recordCase([...open, notes.reassessed('2019-12-01', 'SENSITIVE')], { investigation: 'open' });
    reads.apply({ ...more!, number: 7, position: '8' });
    expect(queries().one('open' as InvestigationId, then)).toBeUndefined();
    expect(queries().figures({ area: 'all' }, then)).toMatchObject({ investigations: { active: 0 }, people: { outstanding: 0 } });
  });

  it('does not let a cursor pass from rights to rights', () => {
    const { access } = desk();
    const { next } = access.seenBy(readerOf('DETECTIVE', { id: 'DC 9' })).queries.list(everyCase, { limit: 1 });
    expect(told(() => access.seenBy(readerOf('DETECTIVE')).queries.list(everyCase, { limit: 1, cursor: next }))).toContain('belongs to another list');
  });

  it('is not among the records left out of the figures, unless everything may be known', () => {
    const { reads, access } = desk();
    const incomplete = (reader: Reader) => access.seenBy(reader).queries.figures({ area: 'all' }).incomplete;
    const park = (stream: string) => reads.db.prepared('INSERT INTO parked VALUES (?, ?, ?, ?)').run('investigations', stream, 0, 'E');
    park('investigation-never-read');
    park('investigation-secret');
    expect([incomplete(readerOf('DETECTIVE')), incomplete(readerOf('DETECTIVE', { id: 'DC 9' })), incomplete(readerOf('PROFESSIONAL_STANDARDS'))]).toEqual([0, 1, 2]);
    park('investigation-open');
    expect(incomplete(readerOf('DETECTIVE'))).toBe(1);
  });

  it('does not say who is on it, nor does one that cannot be read', async () => {
    const { reads, access } = desk();
    const seen = () => access.seenBy(readerOf('DETECTIVE'));
    expect(await seen().casesNaming(person)).toEqual(['open']);
    const [, , , more] = notes.recordCase([...open, notes.reassessed('2019-12-01', 'RESTRICTED')], { investigation: 'open' });
    reads.apply({ ...more!, number: 7, position: '8' });
    expect(await seen().casesNaming(person)).toEqual([]);
    expect(seen().queries.outstandingSuspects({ area: 'all' }, { limit: 5 })).toMatchObject({ total: 1, items: [{ investigationId: 'open', nominalId: null }] });
    expect(access.seenBy(readerOf('AUDITOR')).queries.outstandingSuspects({ area: 'all' }, { limit: 5 }).items).toMatchObject([{ nominalId: 'the person' }]);
  });

  it('is seen by readers of the same rights alike', () => {
    const { access } = desk();
    const keys = [readerOf('DETECTIVE'), readerOf('DETECTIVE', { id: 'dc  1', session: 'another' }), readerOf('DETECTIVE', { id: 'DC 2' }), readerOf('SUPERVISOR')].map((reader) => access.seenBy(reader).key);
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(3);
  });
});
