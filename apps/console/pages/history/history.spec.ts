import type { HistoryEntry } from '#contexts/investigations';
import { begin, entry, item } from '../investigation/case.fixtures';
import { caseView } from '../investigation/case-view';
import { lookingOf } from '../as-at/looking';
import type { TimelineEntry } from './entry';
import { historyPage } from './history.presenter';
import { historyQuestion } from './question';

const now = Date.parse('2019-12-31T17:00:00Z');

interface Model {
  readonly entries: readonly TimelineEntry[];
  readonly showing: string;
  readonly start: number;
  readonly hidden: number;
  readonly pager?: { readonly items: readonly object[] };
  readonly bar: { readonly lines: readonly string[] };
}

const modelOf = (entries: readonly HistoryEntry[], fields: Record<string, string | string[]> = {}, asked: Record<string, string> = {}): Model => historyPage({ may: () => true,
  looking: lookingOf(asked, now), item, view: caseView(entries), people: new Map([['p', { reference: 'PER-7', name: 'HARGREAVE-TEST, Colin' }]]), entries,
  all: entries.length + 2, number: 7, steps: [], question: historyQuestion(fields),
}).model as Model;

beforeEach(begin);

describe('the history', () => {
  it('prints when it was recorded and when it happened, by whom, and in words', () => {
    const [shown] = modelOf([entry('SuspectLinked', { linkId: 'l', quality: 'NAMED', nominalId: 'p', basis: 'Seen twice' }, { reason: 'Child found at the address' })]).entries;
    expect(shown).toMatchObject({
      title: 'Suspect linked to investigation', by: 'DC 4417', date: 'Recorded 14 June 2019 at 4:52pm (happened 13 June 2019)', why: 'Child found at the address', gone: false,
      facts: [{ term: 'Quality', text: 'Named' }, { term: 'Person', text: 'PER-7 HARGREAVE-TEST, Colin' }], texts: [{ term: 'Basis', text: 'Seen twice' }],
    });
  });

  it('does not say twice when something was recorded as it happened', () => {
    const [shown] = modelOf([entry('SuspectArrested', { linkId: 'l' }, { effectiveAt: { precision: 'minute', from: '2019-06-14T16:52+01:00' } })]).entries;
    expect(shown!.date).toBe('Recorded 14 June 2019 at 4:52pm');
  });

  it('strikes what was corrected, links both ways, and shows what changed', () => {
    const first = entry('SuspectArrested', { linkId: 'l' }, { correctedBy: { event: 'event-1', number: 1, as: 'replacement' } });
    const second = entry('SuspectArrested', { linkId: 'l', custodyNumber: 'RO/1' }, {
      corrects: { event: 'event-0', number: 0, as: 'replacement' }, changes: [{ field: 'data.custodyNumber', before: null, after: 'RO/1' }],
    });
    const [newest, oldest] = modelOf([first, second]).entries;
    expect(newest).toMatchObject({ title: 'Correction: suspect arrested', changes: [{ field: 'Custody number', before: '(empty)', after: 'RO/1' }], link: { words: 'corrects', href: '#event-0' } });
    expect(oldest).toMatchObject({ gone: true, link: { words: 'corrected by', text: 'event 1', href: '#event-1' } });
    expect(oldest!.correctHref).toBeUndefined();
    expect(newest!.correctHref).toBe('/corrections/new?event=1');
  });

  it('shows before and after when the owner changes', () => {
    const [shown] = modelOf([entry('InvestigationAllocated', { officer: 'DC 1', team: 'A' }), entry('InvestigationReallocated', { officer: 'DC 2', team: 'A' })]).entries;
    expect(shown!.changes).toEqual([{ field: 'Officer in the case', before: 'DC 1', after: 'DC 2' }]);
  });

  it('says that a text was erased', () => {
    const [shown] = modelOf([entry('SupervisorReviewRecorded', { review: 'PEER', supervisor: 'DS 1', findings: { erased: true } })]).entries;
    expect(shown!.texts).toEqual([{ term: 'Findings', text: '(erased)' }]);
  });

  it('shows 25 a page, newest first, and numbers them backwards', () => {
    const entries = Array.from({ length: 60 }, () => entry('SuspectReleasedUnderInvestigation', { linkId: 'l' }));
    const second = modelOf(entries, { page: '2' });
    expect(second.entries.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, i) => 34 - i));
    expect(second).toMatchObject({ start: 35, showing: 'Showing 26 to 50 of 60 events, newest first' });
    expect(modelOf(entries, { page: '99' }).entries).toHaveLength(10);
    expect(modelOf(entries, { order: 'oldest' }).entries[0]!.number).toBe(0);
  });

  it('filters by kind, person and date of recording, and says how many that hides', () => {
    const entries = [entry('InvestigationOpened', { kind: 'CRIME' }), entry('SuspectArrested', { linkId: 'l' }, { actor: { kind: 'user', id: 'PC 6120' }, recordedAt: '2019-08-01T09:00:00.000Z' })];
    expect(modelOf(entries, { group: ['custody'] })).toMatchObject({ hidden: 1, entries: [{ number: 1 }] });
    expect(modelOf(entries, { who: 'pc 61' }).entries).toHaveLength(1);
    expect(modelOf(entries, { from: '15/6/2019', to: '2/8/2019' }).entries).toMatchObject([{ number: 1 }]);
    expect(modelOf(entries, { to: '14/6/2019' }).entries).toMatchObject([{ number: 0 }]);
    expect(historyQuestion({ from: '31/2/2019' }).errors).toHaveLength(1);
  });

  it('offers no change in the past, and says what it hides', () => {
    const { entries, bar } = modelOf([entry('SuspectArrested', { linkId: 'l' })], {}, { asAt: '2019-06-30' });
    expect(entries[0]!.correctHref).toBeUndefined();
    expect(bar.lines).toEqual(['Last event then: 0. 2 later events on this investigation are hidden.']);
  });
});
