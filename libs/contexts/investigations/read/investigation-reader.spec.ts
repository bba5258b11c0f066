import { MalformedError } from '#kernel';
import * as notes from '#test/case-notes';
import type { Note } from '#test/case-notes';
import { MemoryReads } from '#test/memory-reads';
import type { InvestigationFilter } from './answers';
import { investigationProjections } from './investigation.projection';
import { InvestigationReader } from './investigation-reader';

const ms = (text: string): number => Date.parse(text);
const NOW = ms('2019-12-31T17:00:00Z');

/** A ledger of several investigations, each recorded whole before the next. */
const ledger = (...cases: readonly (readonly Note[])[]) => {
  const reads = new MemoryReads(investigationProjections);
  let from = 0;
  cases.forEach((written, i) => {
    const events = notes.recordCase(written, { investigation: `case-${i}`, from, clock: ms('2019-01-01T00:00:00Z') + from * 60_000 });
    reads.apply(...events);
    from += events.length;
  });
  return { reads, reader: new InvestigationReader(reads, () => NOW) };
};

const opened = (area: string, data: object = {}) => notes.opened('2019-06-01', { area, ...data });
const figuresAt = (reader: InvestigationReader, effective: string, area = 'all') => reader.figures({ area }, { effective: ms(effective), recorded: 'now' });

describe('headline figures', () => {
  it('count investigations once each, band them by their longest-waiting suspect, and links and people beside', () => {
    const { reader } = ledger(
      [opened('Rotherham')],
      [opened('Rotherham'), notes.described('2019-06-02')],
      [opened('Rotherham'), notes.named('2019-12-20', 'x', 'one'), notes.named('2019-11-20', 'y', 'two')],
      [opened('Rotherham'), notes.named('2019-09-01', 'x', 'one')],
      [opened('Rotherham'), notes.named('2019-06-02'), notes.arrested('2019-06-03')],
      [opened('Sheffield'), notes.named('2019-10-15', 'x', 'three')],
      [opened('Rotherham'), notes.finalised('2019-07-01')],
    );
    expect(reader.figures({ area: 'Rotherham' })).toMatchObject({
      investigations: { active: 5, noSuspectIdentified: 2, suspectOutstanding: 2, suspectOutstandingOverThreshold: 1 },
      suspectLinks: { outstanding: 3, overThreshold: 1 },
      people: { outstanding: 2 },
      bands: [
        { from: 0, to: 28, investigations: 0, suspectLinks: 1 }, { from: 29, to: 56, investigations: 1, suspectLinks: 1 },
        { from: 57, to: 84, investigations: 0, suspectLinks: 0 }, { from: 85, to: null, investigations: 1, suspectLinks: 1 },
      ],
      area: { code: 'E08000018', name: 'Rotherham' }, number: 14, incomplete: 0, theme: null, team: null,
      effectiveAt: '2019-12-31T17:00:00.000Z', recordedAt: '2019-12-31T17:00:00.000Z',
    });
    expect(reader.figures({ area: 'all' }).investigations).toMatchObject({ active: 6, suspectOutstanding: 3 });
  });

  it('move a band at London midnight, also on the summer side of the change of clocks', () => {
    const { reader } = ledger([notes.opened('2019-03-20'), notes.named('2019-03-20T10:00+00:00')]);
    const bands = (at: string) => figuresAt(reader, at).bands.map(({ investigations }) => investigations);
    expect(bands('2019-04-17T22:59:59Z')).toEqual([1, 0, 0, 0]);
    expect(bands('2019-04-17T23:00:00Z')).toEqual([0, 1, 0, 0]);
    expect(bands('2019-06-12T22:59:59Z')).toEqual([0, 0, 1, 0]);
    expect(bands('2019-06-12T23:00:00Z')).toEqual([0, 0, 0, 1]);
  });

  it('are over the threshold from day 85 on, not on day 84', () => {
    const { reader } = ledger([notes.opened('2019-10-01'), notes.named('2019-10-01')]);
    expect(figuresAt(reader, '2019-12-24T12:00:00Z').investigations.suspectOutstandingOverThreshold).toBe(0);
    expect(figuresAt(reader, '2019-12-25T00:00:00Z').investigations.suspectOutstandingOverThreshold).toBe(1);
  });

  it('differ between the clocks when a fact was recorded late', () => {
    const { reader } = ledger([
      notes.recordedAt('2019-06-01T12:00:00Z', notes.opened('2019-06-01')),
      notes.recordedAt('2019-08-01T12:00:00Z', notes.named('2019-06-10')),
    ]);
    const at = ms('2019-07-01T00:00:00Z');
    expect(reader.figures({ area: 'all' }, { effective: at, recorded: at }).investigations).toMatchObject({ active: 1, noSuspectIdentified: 1, suspectOutstanding: 0 });
    expect(reader.figures({ area: 'all' }, { effective: at, recorded: 'now' }).investigations).toMatchObject({ noSuspectIdentified: 0, suspectOutstanding: 1 });
    expect(reader.figures({ area: 'all' }, { effective: at, recorded: at })).toMatchObject({ number: 0, recordedAt: '2019-07-01T00:00:00.000Z' });
  });

  it('are the same for now as for a pair of moments at the end of both clocks', () => {
    const { reader } = ledger([opened('Rotherham', { team: 'A' }), notes.named('2019-10-01')], [opened('Sheffield', { themes: ['CCE'] }), notes.named('2019-12-01')]);
    for (const scope of [{ area: 'all' }, { area: 'Rotherham' }, { area: 'all', theme: 'CCE' as const }, { area: 'all', team: 'A' }])
      expect(reader.figures(scope, { effective: NOW, recorded: NOW })).toEqual(reader.figures(scope));
  });

  it('are not those of a team that nobody ever gave an investigation to', () => {
    const { reader } = ledger([opened('Rotherham', { team: 'A' }), notes.allocated('2019-10-02', 'B')]);
    for (const team of ['A', 'B']) expect(reader.figures({ area: 'all', team }).team).toBe(team);
    for (const ask of [() => reader.figures({ area: 'all', team: 'C' }), () => reader.trend({ area: 'all', team: 'C' }, 1), () => reader.list({ area: 'all', team: 'C' }, { limit: 1 })])
      expect(ask).toThrow('team: must be a team that an investigation was given to');
  });

  it('follow events as they come, and forget an investigation whose opening is voided', () => {
    const { reads, reader } = ledger([opened('Rotherham')]);
    expect(reader.figures({ area: 'all' }).investigations.active).toBe(1);
    const more = notes.recordCase([opened('Rotherham'), notes.named('2019-12-01'), notes.voided(0)], { investigation: 'new', from: 1, clock: NOW - 600_000 });
    reads.apply(more[0]!, more[1]!);
    expect(reader.figures({ area: 'all' })).toMatchObject({ investigations: { active: 2, suspectOutstanding: 1 }, number: 2 });
    reads.apply(more[2]!);
    expect(reader.figures({ area: 'all' })).toMatchObject({ investigations: { active: 1, suspectOutstanding: 0 }, people: { outstanding: 0 }, number: 3 });
    expect(reader.list({ area: 'all', status: 'all' }, { limit: 10 }).total).toBe(1);
  });

  it('take an area by name in any case or by code, and refuse one that is not known', () => {
    const { reader } = ledger([opened('Rotherham')], [opened('Unknown')]);
    expect(['rotherham', 'ROTHERHAM', 'E08000018', 'unknown'].map((area) => reader.figures({ area }).investigations.active)).toEqual([1, 1, 1, 1]);
    expect(() => reader.figures({ area: 'Atlantis' })).toThrow(new MalformedError('area', 'must be the name or code of a district, or all'));
    expect(reader.figures({ area: 'unknown' }).area).toEqual({ code: null, name: 'Unknown' });
  });
});

describe('lists', () => {
  const many = () => ledger(...Array.from({ length: 25 }, (_, i) => [
    notes.opened(`2019-0${1 + (i % 9)}-01`, { area: i % 2 ? 'Rotherham' : 'Sheffield' }),
    ...(i % 3 === 0 ? [notes.named(`2019-${String(10 + (i % 3)).padStart(2, '0')}-0${1 + (i % 9)}`, `link ${i}`)] : []),
    ...(i % 7 === 6 ? [notes.finalised('2019-11-01')] : []),
  ]));

  const filters: InvestigationFilter[] = [
    { area: 'all' }, { area: 'Rotherham' }, { area: 'all', suspect: 'none' }, { area: 'all', suspect: 'outstanding', sort: 'wait' },
    { area: 'all', wait: '85+' }, { area: 'all', wait: '57-84', sort: 'wait', direction: 'asc' }, { area: 'all', status: 'finalised' },
    { area: 'all', status: 'all', sort: 'reference', direction: 'asc' }, { area: 'all', sort: 'wait', direction: 'desc' },
  ];

  it.each(filters)('page through %j in one order, forwards and back, without losing or repeating a row', (filter) => {
    const { reader } = many();
    const whole = reader.list(filter, { limit: 200 });
    const seen: string[] = [];
    let page = reader.list(filter, { limit: 4 });
    for (;;) {
      seen.push(...page.items.map(({ reference }) => reference));
      if (!page.next) break;
      page = reader.list(filter, { limit: 4, cursor: page.next });
    }
    expect(seen).toEqual(whole.items.map(({ reference }) => reference));
    expect(whole.total).toBe(whole.items.length);
    const back: string[] = page.items.map(({ reference }) => reference);
    while (page.previous) {
      page = reader.list(filter, { limit: 4, cursor: page.previous });
      back.unshift(...page.items.map(({ reference }) => reference));
    }
    expect(back).toEqual(seen);
  });

  it('equal the figures that lead to them', () => {
    const { reader } = many();
    for (const area of ['all', 'Rotherham', 'Sheffield']) {
      for (const asAt of [undefined, { effective: ms('2019-11-15'), recorded: 'now' as const }, { effective: NOW, recorded: ms('2019-01-01T00:20:00Z') }]) {
        const figures = reader.figures({ area }, asAt);
        const total = (filter: Partial<InvestigationFilter>) => reader.list({ area, ...filter }, { limit: 1 }, asAt).total;
        expect([total({}), total({ suspect: 'none' }), total({ suspect: 'outstanding' })])
          .toEqual([figures.investigations.active, figures.investigations.noSuspectIdentified, figures.investigations.suspectOutstanding]);
        expect((['0-28', '29-56', '57-84', '85+'] as const).map((wait) => total({ wait }))).toEqual(figures.bands.map(({ investigations }) => investigations));
        const links = (['0-28', '29-56', '57-84', '85+'] as const).map((wait) => reader.outstandingSuspects({ area, wait }, { limit: 1 }, asAt).total);
        expect(links).toEqual(figures.bands.map(({ suspectLinks }) => suspectLinks));
      }
    }
  });

  it('stay one list while events arrive between two pages', () => {
    const { reads, reader } = many();
    const first = reader.list({ area: 'all' }, { limit: 5 });
    const next = reads.checkpoint().number + 1;
    reads.apply(...notes.recordCase([notes.opened('2019-12-30')], { investigation: 'late', from: next, clock: NOW }));
    const second = reader.list({ area: 'all' }, { limit: 5, cursor: first.next });
    expect([second.total, second.number]).toEqual([first.total, first.number]);
    expect(reader.list({ area: 'all' }, { limit: 5 }).total).toBe(first.total + 1);
  });

  it('refuse the cursor of another list, of another moment, and what is no cursor', () => {
    const { reader } = many();
    const { next } = reader.list({ area: 'all' }, { limit: 5 });
    expect(() => reader.list({ area: 'Rotherham' }, { limit: 5, cursor: next })).toThrow(MalformedError);
    expect(() => reader.outstandingSuspects({ area: 'all' }, { limit: 5, cursor: next })).toThrow(MalformedError);
    expect(() => reader.list({ area: 'all' }, { limit: 5, cursor: next }, { effective: ms('2019-11-15'), recorded: 'now' })).toThrow(MalformedError);
    for (const cursor of ['', 'x', '!!', 'bnVsbA', `${next}x`.slice(3)]) expect(() => reader.list({ area: 'all' }, { limit: 5, cursor })).toThrow(MalformedError);
    for (const limit of [0, 201, 1.5]) expect(() => reader.list({ area: 'all' }, { limit })).toThrow(MalformedError);
  });

  it('say of an investigation what they counted, and find it by all its names', () => {
    const { reader } = ledger([
      { ...opened('Rotherham', { team: 'CSE 1', kind: 'NON_RECENT', themes: ['CCE', 'CSE'] }), source: { system: 'records', id: 'R/77' } },
      notes.crime('2019-06-01', 'c1', '14/1/19'), notes.crime('2019-06-05', 'c2'), notes.allocated('2019-06-02', 'CSE 2', 'DC 4417'),
      notes.named('2019-12-01', 'x', 'one'), notes.described('2019-12-02', 'y'),
    ]);
    const item = reader.list({ area: 'all' }, { limit: 1 }).items[0]!;
    expect(item).toEqual({
      investigationId: 'case-0', reference: 'INV-0', kind: 'NON_RECENT', status: 'ACTIVE', area: 'Rotherham', themes: ['CSE', 'CCE'], team: 'CSE 2', officer: 'DC 4417',
      openedOn: '2019-06-01', openedPrecision: 'day', crimes: 2, liveSuspects: 2, namedSuspects: 1, outstandingSuspects: 1,
      oldestOpenEpisodeOn: '2019-12-01', waitDays: 30,
    });
    expect(reader.one(item.investigationId)).toEqual(item);
    expect(reader.one(item.investigationId, { effective: ms('2019-06-03'), recorded: 'now' })).toMatchObject({ crimes: 1, liveSuspects: 0, team: 'CSE 2' });
    expect(reader.one(item.investigationId, { effective: ms('2019-05-03'), recorded: 'now' })).toBeUndefined();
    expect(['INV-0', 'inv-0', 'case-0', '14/1/19', 'R/77'].map((name) => reader.resolve(name))).toEqual(Array(5).fill('case-0'));
    expect(['INV-1', 'nothing', ''].map((name) => reader.resolve(name))).toEqual([undefined, undefined, undefined]);
    expect([reader.teams('Rotherham'), reader.teams('Sheffield'), reader.teams('all')]).toEqual([['CSE 2'], [], ['CSE 2']]);
    expect(reader.outstandingSuspects({ area: 'all' }, { limit: 5 }).items).toEqual([{
      investigationId: 'case-0', reference: 'INV-0', linkId: 'x', nominalId: 'one', area: 'Rotherham', team: 'CSE 2', officer: 'DC 4417', quality: 'NAMED',
      episodeStartedOn: '2019-12-01', earlierStartOn: null, startedBy: 'NAMED', circulated: false, waitDays: 30,
    }]);
  });
});

describe('a crime reference', () => {
  it('that was put right names the investigation that has it, and no longer the one on which it was typed', () => {
    const { reads, reader } = ledger([notes.opened('2019-06-01'), notes.crime('2019-06-02', 'c1', '14/555'), notes.instead(1, notes.crime('2019-06-02', 'c1', '14/556'))]);
    expect(['14/555', '14/556'].map((name) => reader.resolve(name))).toEqual([undefined, 'case-0']);
    reads.apply(...notes.recordCase([notes.opened('2019-06-01'), notes.crime('2019-06-02', 'c2', '14/555')], { investigation: 'case-1', from: 3, clock: NOW }));
    expect(reader.resolve('14/555')).toBe('case-1');
  });
});

describe('trend', () => {
  it('counts what opened and closed in each month, and what was active at its end', () => {
    const { reader } = ledger(
      [notes.opened('2019-09-30T23:30+01:00'), notes.finalised('2019-11-15'), notes.reopened('2019-12-10')],
      [notes.opened('2019-10')],
      [notes.opened('2019-10-31T23:59+00:00'), notes.finalised('2019-10-31T23:59+00:00')],
      [notes.opened('2019-11-01'), notes.cancelled('2019-11-20')],
    );
    expect(reader.trend({ area: 'all' }, 4).months).toEqual([
      { month: '2019-09', opened: 1, closed: 0, active: 1, soFar: false },
      { month: '2019-10', opened: 1, closed: 0, active: 2, soFar: false },
      { month: '2019-11', opened: 1, closed: 2, active: 1, soFar: false },
      { month: '2019-12', opened: 1, closed: 0, active: 2, soFar: true },
    ]);
    expect(reader.trend({ area: 'all' }, 1, { effective: ms('2019-10-31T23:59:59.999Z'), recorded: 'now' }).months).toEqual([{ month: '2019-10', opened: 1, closed: 0, active: 2, soFar: false }]);
  });
});
