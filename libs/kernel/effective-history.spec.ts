import { effectiveHistory, placedHistory } from './effective-history';
import type { EffectiveAt } from './effective-at';
import type { Correction, Envelope } from './envelope';
import type { RecordedEvent } from './message';

const day = (from: string): EffectiveAt => ({ precision: 'day', from });

let revision = 0;
const event = (id: string, effectiveAt: EffectiveAt, corrects?: readonly [string, Correction['as']]): RecordedEvent => ({
  id, type: 'Noted', data: {}, stream: 's', revision, number: revision, position: String(++revision),
  metadata: { effectiveAt, recordedAt: '2020-01-01T00:00:00.000Z', corrects: corrects && { event: corrects[0], as: corrects[1] } } as unknown as Envelope,
});
const ids = (...events: readonly RecordedEvent[]): string => effectiveHistory(events).map(({ id }) => id).join(' ');
beforeEach(() => { revision = 0; });

describe('an effective history', () => {
  it('is the order of recording where that is the order of things', () =>
    expect(ids(event('a', day('2019-01-01')), event('b', day('2019-01-02')))).toBe('a b'));

  it('puts a late-recorded fact where it happened', () =>
    expect(ids(event('a', day('2019-01-05')), event('b', day('2019-01-02')), event('c', day('2019-01-03')))).toBe('b c a'));

  it('counts a month from its first instant and leaves facts of one instant in the order of recording', () =>
    expect(ids(event('a', day('2019-01-01')), event('b', { precision: 'month', from: '2019-01' }), event('c', day('2018-12-31')))).toBe('c a b'));

  it('counts a fact of unknown date from when it was recorded', () =>
    expect(ids(event('a', { precision: 'unknown' }), event('b', day('2019-01-01')), event('c', day('2020-01-02')))).toBe('b a c'));

  it('puts a correction in the place of what it corrects', () =>
    expect(ids(event('a', day('2019-01-01')), event('b', day('2019-01-01')), event('a2', day('2019-01-01'), ['a', 'replacement']))).toBe('a2 b'));

  it('moves what a correction gives another date', () =>
    expect(ids(event('a', day('2019-01-01')), event('b', day('2019-01-02')), event('a2', day('2019-01-03'), ['a', 'replacement']))).toBe('b a2'));

  it('leaves away what was voided, and the voiding', () =>
    expect(ids(event('a', day('2019-01-01')), event('b', day('2019-01-02')), event('v', day('2019-01-04'), ['a', 'void']))).toBe('b'));

  it('knows the last of a chain of corrections alone, in the first place', () =>
    expect(ids(
      event('a', day('2019-01-01')), event('b', day('2019-01-01')),
      event('a2', day('2019-01-01'), ['a', 'replacement']), event('a3', day('2019-01-01'), ['a2', 'replacement']),
    )).toBe('a3 b'));

  it('brings back what a voided correction had replaced', () =>
    expect(ids(event('a', day('2019-01-01')), event('a2', day('2019-01-01'), ['a', 'replacement']), event('v', day('2019-01-01'), ['a2', 'void']))).toBe('a'));

  it('brings back what a voided voiding had taken away', () =>
    expect(ids(event('a', day('2019-01-01')), event('v', day('2019-01-01'), ['a', 'void']), event('w', day('2019-01-01'), ['v', 'void']))).toBe('a'));

  it('leaves a corrected fact of unknown date where it was first recorded', () => {
    const recorded = (event: RecordedEvent, recordedAt: string) => ({ ...event, metadata: { ...event.metadata, recordedAt } }) as RecordedEvent;
    const [a, b] = [event('a', { precision: 'unknown' }), event('b', day('2020-02-01'))];
    const fixed = recorded(event('a2', { precision: 'unknown' }, ['a', 'replacement']), '2020-12-01T00:00:00.000Z');
    expect(placedHistory([a, b, fixed]).map(({ event: { id }, start }) => [id, start])).toEqual([['a2', Date.parse('2020-01-01T00:00:00Z')], ['b', Date.parse('2020-02-01T00:00:00Z')]]);
  });

  it('of a prefix is what was known then', () => {
    const events = [event('a', day('2019-01-01')), event('b', day('2019-01-02')), event('v', day('2019-01-01'), ['a', 'void'])];
    expect([ids(...events.slice(0, 2)), ids(...events)]).toEqual(['a b', 'b']);
  });
});
