import { lookingOf, pastMark } from './looking';

const now = Date.parse('2019-12-31T17:00:00Z');

describe('how a page looks at the record', () => {
  it('is now when nothing is asked', () => expect(lookingOf({}, now)).toEqual({ past: false, clock: 'recorded', at: now, now, carried: {}, typed: { date: '', time: '' }, errors: [], twice: false }));

  it('is what was recorded by then, unless the other clock is chosen', () => {
    const at = Date.parse('2019-06-14T16:00:00Z');
    expect(lookingOf({ asAt: '2019-06-14T17:00' }, now)).toMatchObject({ past: true, at, asAt: { effective: at, recorded: at } });
    expect(lookingOf({ asAt: '2019-06-14T17:00', clock: 'happened' }, now).asAt).toEqual({ effective: at, recorded: 'now' });
  });

  it('gives a form one parameter: a date is its end', () => {
    expect(lookingOf({ show: '1', date: '14/6/2019', time: '' }, now).canonical).toEqual({ asAt: '2019-06-14' });
    expect(lookingOf({ show: '1', date: '14 June 2019', time: '5pm', clock: 'happened' }, now).canonical).toEqual({ asAt: '2019-06-14T17:00', clock: 'happened' });
    expect(lookingOf({ show: '1', date: '', time: '' }, now).canonical).toEqual({});
  });

  it.each([
    [{ show: '1', date: '1/1/2020' }, 'asat-date'], [{ show: '1', time: '17:00' }, 'asat-date'], [{ show: '1', date: '31/2/2019' }, 'asat-date'],
    [{ show: '1', date: '14/6/2019', time: 'x' }, 'asat-time'], [{ show: '1', date: '27/10/2019', time: '01:30' }, 'asat-offset'],
    [{ asAt: '2021-01-01' }, 'asat-date'], [{ asAt: '<script>' }, 'asat-date'], [{ asAt: '2031' }, 'asat-date'], [{ asAt: '2019-02-30' }, 'asat-date'],
    [{ asAt: '2019-10-27T01:30' }, 'asat-offset'], [{ asAt: '2019-03-31T01:30' }, 'asat-time'], [{ asAtEvent: '999999' }, 'asat-date'], [{ asAtEvent: 'x' }, 'asat-date'],
    [{ asAt: '2019-06-14', clock: 'zzz' }, 'asat-date'],
  ])('%j is not known, and no moment stands in for it', (fields, field) => {
    const looking = lookingOf(fields, now);
    expect(looking).toMatchObject({ past: false, carried: {} });
    expect(looking.errors[0]!.field).toBe(field);
  });

  it('asks of an address, too, which of two hours is meant, and keeps what was asked', () =>
    expect(lookingOf({ asAt: '2019-10-27T01:30' }, now)).toMatchObject({ twice: true, typed: { date: '27/10/2019', time: '01:30' } }));

  it('steps to an event', () => {
    expect(lookingOf({ asAtEvent: '7' }, now, { number: 7, recordedAt: now - 1000 })).toMatchObject({ past: true, event: 7, carried: { asAtEvent: '7' } });
  });

  it('marks the past with the event as pages write it', () =>
    expect(pastMark(lookingOf({ asAtEvent: '31442' }, now, { number: 31_442, recordedAt: now - 1000 }), '/')).toEqual({ when: '31 December 2019 at 4:59pm, event 31,442', now: '/' }));
});
