import { dateOfDay, londonOffset } from '#kernel';
import * as notes from '#test/case-notes';
import type { Note } from '#test/case-notes';
import { factsAt, timelineOf } from './case-timeline';
import { FOREVER } from './case-tracks';

const ms = (text: string): number => Date.parse(text);

const wall = (at: number): string => (at === FOREVER ? 'now' : new Date(at + londonOffset(at)).toISOString().slice(0, 16));

/** Stretches over which the suspect was outstanding: from, to (London time), start as a London date, what began it, and the earlier start. */
const waits = (written: readonly Note[], link = 'x') =>
  (timelineOf(notes.recordCase(written)).episodes.get(link) ?? []).flatMap(({ start, end, facts }) => facts === null ? [] : [[
    wall(start), wall(end), dateOfDay(facts.episode.startOn), facts.episode.startedBy,
    ...(facts.episode.earlierStartOn === null ? [] : [dateOfDay(facts.episode.earlierStartOn)]),
  ]]);

/** Status by the London time from which it holds. */
const statuses = (written: readonly Note[]) =>
  timelineOf(notes.recordCase(written)).track.map(({ start, facts }) => [wall(start), facts!.status, facts!.active ? 'active' : 'not active']);

const at = (written: readonly Note[], moment: string) => factsAt(timelineOf(notes.recordCase(written)).track, ms(moment));

const opened = notes.opened('2019-01-02');

describe('an outstanding episode starts', () => {
  it('when a suspect is linked as NAMED', () =>
    expect(waits([opened, notes.named('2019-02-01')])).toEqual([['2019-02-01T00:00', 'now', '2019-02-01', 'NAMED']]));

  it('when a suspect known by description is NAMED, not before', () =>
    expect(waits([opened, notes.described('2019-02-01'), notes.identified('2019-03-01')])).toEqual([['2019-03-01T00:00', 'now', '2019-03-01', 'NAMED']]));

  it.each([
    ['fails to answer bail', notes.failedBail('2019-04-01'), 'FAILED_TO_ANSWER_BAIL'],
    ['gets a warrant backed for bail', notes.circulated('2019-04-01', 'WARRANT_BACKED'), 'WARRANT'],
    ['gets a warrant not backed for bail', notes.circulated('2019-04-01', 'WARRANT_NOT_BACKED'), 'WARRANT'],
    ['is recalled to prison', notes.circulated('2019-04-01', 'RECALL'), 'RECALL'],
    ['escapes', notes.escaped('2019-04-01'), 'ESCAPED'],
    ['has an NFA withdrawn with arrest sought', notes.nfaWithdrawn('2019-04-01', true), 'NFA_WITHDRAWN'],
  ])('again when somebody dealt with %s', (_, fact, cause) =>
    expect(waits([opened, notes.named('2019-02-01'), notes.arrested('2019-02-10'), notes.charged('2019-02-11'), fact]))
      .toEqual([['2019-02-01T00:00', '2019-02-10T00:00', '2019-02-01', 'NAMED'], ['2019-04-01T00:00', 'now', '2019-04-01', cause]]));

  it.each([
    ['circulated on PNC', notes.circulated('2019-04-01', 'PNC_WANTED')],
    ['circulated to be located', notes.circulated('2019-04-01', 'LOCATE_TRACE')],
    ['no longer NFA, without arrest sought', notes.nfaWithdrawn('2019-04-01', false)],
  ])('not when somebody dealt with is %s', (_, fact) =>
    expect(waits([opened, notes.named('2019-02-01'), notes.arrested('2019-02-10'), notes.nfa('2019-03-01'), fact])).toHaveLength(1));

  it('anew when somebody eliminated is wanted or named again', () => {
    const eliminated = [opened, notes.named('2019-02-01'), notes.eliminated('2019-03-01')];
    expect(waits([...eliminated, notes.circulated('2019-04-01', 'WARRANT_BACKED')]).at(-1)).toEqual(['2019-04-01T00:00', 'now', '2019-04-01', 'WARRANT']);
    expect(waits([...eliminated, notes.identified('2019-04-01')]).at(-1)).toEqual(['2019-04-01T00:00', 'now', '2019-04-01', 'NAMED']);
    expect(waits([...eliminated, notes.arrested('2019-04-01'), notes.escaped('2019-04-02')]).at(-1)).toEqual(['2019-04-02T00:00', 'now', '2019-04-02', 'ESCAPED']);
  });

  it('anew when the investigation reopens, the old start beside it', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.finalised('2019-05-01'), notes.reopened('2019-08-01')]))
      .toEqual([['2019-02-01T00:00', '2019-05-01T00:00', '2019-02-01', 'NAMED'], ['2019-08-01T00:00', 'now', '2019-08-01', 'REOPENED', '2019-02-01']]));

  it('anew each time it reopens, with the start of the one before', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.finalised('2019-05-01'), notes.reopened('2019-08-01'), notes.transferred('2019-09-01'), notes.reopened('2019-10-01')]).at(-1))
      .toEqual(['2019-10-01T00:00', 'now', '2019-10-01', 'REOPENED', '2019-08-01']));

  it('at the reopening, without an old start, for somebody NAMED while it was closed', () =>
    expect(waits([opened, notes.described('2019-02-01'), notes.finalised('2019-05-01'), notes.identified('2019-06-01'), notes.reopened('2019-08-01')]))
      .toEqual([['2019-08-01T00:00', 'now', '2019-08-01', 'REOPENED']]));

  it.each([
    ['charged', [notes.charged('2019-03-01')]],
    ['interviewed', [notes.interviewed('2019-03-01')]],
    ['arrested and NFA\'d', [notes.arrested('2019-03-01'), notes.nfa('2019-04-01')]],
    ['eliminated', [notes.eliminated('2019-03-01')]],
    ['arrested while it was closed', [notes.arrested('2019-06-01')]],
  ])('not at the reopening for somebody %s', (_, facts) =>
    expect(waits([opened, notes.named('2019-02-01'), ...facts, notes.finalised('2019-05-01'), notes.reopened('2019-08-01')])).toHaveLength(1));

  it('after the reopening for somebody arrested and NFA\'d, when the NFA is withdrawn with arrest sought', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.arrested('2019-03-01'), notes.nfa('2019-04-01'), notes.finalised('2019-05-01'), notes.reopened('2019-08-01'), notes.nfaWithdrawn('2019-08-09', true)]).at(-1))
      .toEqual(['2019-08-09T00:00', 'now', '2019-08-09', 'NFA_WITHDRAWN']));

  it('at the opening for somebody whose naming is dated before it', () =>
    expect(waits([opened, notes.named('2018-12-25')])).toEqual([['2019-01-02T00:00', 'now', '2019-01-02', 'NAMED']]));

  it('for another person NAMED under the same link, whatever was done about the first', () =>
    expect(waits([opened, notes.named('2019-02-01', 'x', 'one'), notes.arrested('2019-02-10'), notes.lowered('2019-03-01'), notes.identified('2019-04-01', 'x', 'two')]).at(-1))
      .toEqual(['2019-04-01T00:00', 'now', '2019-04-01', 'NAMED']));

  it('when the quality is NAMED again after it was lowered, if the person was not dealt with', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.lowered('2019-03-01'), notes.identified('2019-04-01')]).at(-1))
      .toEqual(['2019-04-01T00:00', 'now', '2019-04-01', 'NAMED']));
});

describe('an open episode keeps its start', () => {
  it.each([
    ['a warrant', notes.circulated('2019-04-01', 'WARRANT_BACKED')],
    ['a second naming of the same person', notes.identified('2019-04-01')],
    ['a proposal to finalise', notes.proposed('2019-04-01')],
    ['a reopening of what is open', notes.reopened('2019-04-01')],
  ])('through %s', (_, fact) => {
    const found = waits([opened, notes.named('2019-02-01'), fact]);
    expect(new Set(found.map(([, , start, cause]) => `${start} ${cause}`))).toEqual(new Set(['2019-02-01 NAMED']));
    expect([found[0]![0], found.at(-1)![1]]).toEqual(['2019-02-01T00:00', 'now']);
  });
});

describe('an outstanding episode ends', () => {
  it.each([
    ['arrested', notes.arrested('2019-04-01')],
    ['interviewed under caution', notes.interviewed('2019-04-01')],
    ['requisitioned', notes.requisitioned('2019-04-01')],
    ['charged', notes.charged('2019-04-01')],
    ['bailed or released, which proves an arrest', notes.bailed('2019-04-01')],
    ['released under investigation', notes.releasedUnderInvestigation('2019-04-01')],
    ['NFA\'d', notes.nfa('2019-04-01')],
    ['eliminated', notes.eliminated('2019-04-01')],
    ['dead', notes.deceased('2019-04-01')],
    ['voided as a link', notes.linkVoided('2019-04-01')],
    ['less than NAMED', notes.lowered('2019-04-01')],
    ['on an investigation that is finalised', notes.finalised('2019-04-01')],
    ['on an investigation that is transferred', notes.transferred('2019-04-01')],
    ['on an investigation that is cancelled', notes.cancelled('2019-04-01')],
  ])('when the suspect is %s', (_, fact) =>
    expect(waits([opened, notes.named('2019-02-01'), fact])).toEqual([['2019-02-01T00:00', '2019-04-01T00:00', '2019-02-01', 'NAMED']]));

  it('not when a circulation is cancelled, or the investigation awaits finalisation', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.circulated('2019-03-01', 'PNC_WANTED'), notes.circulationCancelled('2019-04-01'), notes.proposed('2019-05-01')]).at(-1))
      .toEqual(['2019-04-01T00:00', 'now', '2019-02-01', 'NAMED']));

  it('for one suspect without touching another', () => {
    const written = [opened, notes.named('2019-02-01', 'x'), notes.named('2019-03-01', 'y'), notes.arrested('2019-04-01', 'x')];
    expect(waits(written, 'y')).toEqual([['2019-03-01T00:00', 'now', '2019-03-01', 'NAMED']]);
    expect(at(written, '2019-03-15T12:00:00Z')).toMatchObject({ namedSuspects: 2, outstandingSuspects: 2 });
    expect(at(written, '2019-04-15T12:00:00Z')).toMatchObject({ namedSuspects: 2, outstandingSuspects: 1 });
  });
});

describe('facts recorded late, corrected or voided', () => {
  it('a naming recorded after an arrest that came after it gives the episode between the two', () =>
    expect(waits([opened, notes.described('2019-02-01'), notes.arrested('2019-04-01'), notes.identified('2019-03-01')]))
      .toEqual([['2019-03-01T00:00', '2019-04-01T00:00', '2019-03-01', 'NAMED']]));

  it('a naming after the arrest starts nothing', () =>
    expect(waits([opened, notes.described('2019-02-01'), notes.arrested('2019-03-01'), notes.identified('2019-04-01')])).toEqual([]));

  it('a voided arrest never ended the episode', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.arrested('2019-04-01'), notes.voided(2)])).toEqual([['2019-02-01T00:00', 'now', '2019-02-01', 'NAMED']]));

  it('a void that is itself voided takes nothing away', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.arrested('2019-04-01'), notes.voided(2), notes.voided(3)])).toHaveLength(1));

  it('a corrected date moves the start', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.instead(1, notes.named('2019-01-20'))])).toEqual([['2019-01-20T00:00', 'now', '2019-01-20', 'NAMED']]));

  it('a voided finalisation lets the first episode run through', () =>
    expect(waits([opened, notes.named('2019-02-01'), notes.finalised('2019-05-01'), notes.voided(2)])).toEqual([['2019-02-01T00:00', 'now', '2019-02-01', 'NAMED']]));

  it('a voided opening leaves nothing', () => expect(statuses([opened, notes.named('2019-02-01'), notes.voided(0)])).toEqual([]));

  it('a corrected area holds for the whole of the investigation', () =>
    expect(timelineOf(notes.recordCase([opened, notes.named('2019-02-01'), notes.instead(0, notes.opened('2019-01-02', { area: 'Sheffield' }))])).track.map(({ facts }) => facts!.area))
      .toEqual(['Sheffield', 'Sheffield']));
});

describe('dates as they were written', () => {
  it('count from London midnight, in summer an hour before midnight UTC', () =>
    expect(timelineOf(notes.recordCase([opened, notes.named('2019-07-01')])).episodes.get('x')![0]!.start).toBe(ms('2019-06-30T23:00:00Z')));

  it('give the London date of an instant, also just after midnight in summer', () =>
    expect(waits([opened, notes.named('2019-06-30T23:30Z')])).toEqual([['2019-07-01T00:30', 'now', '2019-07-01', 'NAMED']]));

  it('keep one day on the nights when the clocks change', () => {
    expect(waits([opened, notes.named('2019-03-31')])[0]![2]).toBe('2019-03-31');
    expect(waits([opened, notes.named('2019-10-27T01:30+01:00')])[0]![2]).toBe('2019-10-27');
    expect(waits([opened, notes.named('2019-10-27T01:30+00:00')])[0]![2]).toBe('2019-10-27');
  });

  it('of month precision count from the first of the month', () =>
    expect(waits([opened, notes.named('2019-05')])[0]!.slice(0, 3)).toEqual(['2019-05-01T00:00', 'now', '2019-05-01']));

  it('that are not known count from the recording', () =>
    expect(waits([opened, notes.recordedAt('2019-03-05T12:00:00Z', notes.named('unknown'))])).toEqual([['2019-03-05T12:00', 'now', '2019-03-05', 'NAMED']]));

  it('of one minute: named and arrested together, nobody was outstanding', () =>
    expect(waits([opened, notes.named('2019-03-05T12:00Z'), notes.arrested('2019-03-05T12:00Z')])).toEqual([]));
});

describe('an investigation', () => {
  it('is active from its opening, while it awaits finalisation, and again when reopened', () =>
    expect(statuses([opened, notes.proposed('2019-02-01'), notes.returned('2019-02-03'), notes.proposed('2019-02-05'), notes.finalised('2019-02-07'), notes.reopened('2019-05-01'), notes.cancelled('2019-06-01')])).toEqual([
      ['2019-01-02T00:00', 'ACTIVE', 'active'], ['2019-02-01T00:00', 'AWAITING_FINALISATION', 'active'], ['2019-02-03T00:00', 'ACTIVE', 'active'],
      ['2019-02-05T00:00', 'AWAITING_FINALISATION', 'active'], ['2019-02-07T00:00', 'FINALISED', 'not active'], ['2019-05-01T00:00', 'REOPENED', 'active'],
      ['2019-06-01T00:00', 'CANCELLED', 'not active'],
    ]));

  it('finalised at its opening has never been active', () =>
    expect(statuses([notes.opened('2019-05'), notes.finalised('2019-05')])).toEqual([['2019-05-01T00:00', 'FINALISED', 'not active']]));

  it('finalised by a source before it was opened does not exist until then, and is finalised from then on', () => {
    const written = [notes.finalised('2019-03'), notes.opened('2019-05')];
    expect(statuses(written)).toEqual([['2019-05-01T00:00', 'FINALISED', 'not active']]);
    expect(at(written, '2019-04-15T00:00:00Z')).toBeNull();
    expect(statuses([notes.finalised('2019-03')])).toEqual([]);
  });

  it('has no suspect identified until one is NAMED, nor once that one is eliminated or the link voided; a death changes nothing in that', () => {
    const named = (...facts: readonly Note[]) => at([opened, notes.named('2019-02-01'), ...facts], '2019-12-01T00:00:00Z')!.namedSuspects;
    expect([named(), named(notes.eliminated('2019-03-01')), named(notes.linkVoided('2019-03-01')), named(notes.lowered('2019-03-01')), named(notes.deceased('2019-03-01'))])
      .toEqual([1, 0, 0, 0, 1]);
  });

  it('tells since when it has been active, or not, for the trend', () => {
    const since = timelineOf(notes.recordCase([opened, notes.allocated('2019-02-01', 'A'), notes.finalised('2019-03-01'), notes.reopened('2019-04-10')])).track;
    expect(since.map(({ facts }) => new Date(facts!.since!).toISOString().slice(0, 10))).toEqual(['2019-01-02', '2019-01-02', '2019-03-01', '2019-04-09']);
  });
});

describe('who may see an investigation', () => {
  it('rests on its sensitivity, from the opening on the sensitive track or by the last reassessment', () => {
    const sensitive = { ...opened, sensitive: true };
    expect(at([sensitive], '2019-01-03')).toMatchObject({ sensitivity: 'SENSITIVE' });
    expect(at([sensitive, notes.reassessed('2019-02-01', 'RESTRICTED')], '2019-01-03')).toMatchObject({ sensitivity: 'SENSITIVE' });
    expect(at([sensitive, notes.reassessed('2019-02-01', 'RESTRICTED')], '2019-02-03')).toMatchObject({ sensitivity: 'RESTRICTED' });
    expect(at([opened], '2019-01-03')).toMatchObject({ sensitivity: 'STANDARD' });
  });

  it('rests on officer, supervisor and who opened it', () =>
    expect(at([{ ...opened, by: 'DC 7' }, notes.allocated('2019-01-04', 'CID', 'DC 1', 'DS 1')], '2019-01-05')).toMatchObject({ officer: 'DC 1', supervisor: 'DS 1', openedBy: 'DC 7' }));

  it('rests on its operations, by keys that can be searched for', () => {
    const linked = [opened, notes.operationLinked('2019-02-01', 'Makesafe'), notes.operationLinked('2019-02-01', 'clover  two'), notes.operationUnlinked('2019-03-01', 'MAKESAFE')];
    expect(at(linked, '2019-02-02')).toMatchObject({ operations: '\nCLOVER TWO\nMAKESAFE\n' });
    expect(at(linked, '2019-03-02')).toMatchObject({ operations: '\nCLOVER TWO\n' });
    expect(at([...linked, notes.operationUnlinked('2019-03-03', 'Clover two')], '2019-03-04')).toMatchObject({ operations: null });
  });
});
