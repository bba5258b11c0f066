import { intervalOf, parseEffectiveAt } from './effective-at';
import type { EffectiveAt } from './effective-at';
import { MalformedError } from './errors';

const span = (at: EffectiveAt): string[] => Object.values(intervalOf(at)).map((ms: number) => new Date(ms).toISOString());

describe('when an act happened', () => {
  it.each<[EffectiveAt, string, string]>([
    [{ precision: 'minute', from: '2019-06-14T17:00+01:00' }, '2019-06-14T16:00:00.000Z', '2019-06-14T16:01:00.000Z'],
    [{ precision: 'day', from: '2019-06-14' }, '2019-06-13T23:00:00.000Z', '2019-06-14T23:00:00.000Z'],
    [{ precision: 'day', from: '2019-03-31' }, '2019-03-31T00:00:00.000Z', '2019-03-31T23:00:00.000Z'],
    [{ precision: 'day', from: '2019-10-27' }, '2019-10-26T23:00:00.000Z', '2019-10-28T00:00:00.000Z'],
    [{ precision: 'month', from: '2019-12' }, '2019-12-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z'],
    [{ precision: 'year', from: '2019' }, '2019-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z'],
    [{ precision: 'range', from: '2019-06-14', to: '2019-06-15' }, '2019-06-13T23:00:00.000Z', '2019-06-15T23:00:00.000Z'],
  ])('%j lies between instants of Europe/London', (at, earliest, latest) => expect(span(at)).toEqual([earliest, latest]));

  it('is kept as written, without what else came with it', () =>
    expect(parseEffectiveAt({ precision: 'day', from: '2019-06-14', about: true, by: 'somebody' })).toEqual({ precision: 'day', from: '2019-06-14', about: true }));

  it.each(['2019-12-31T17:00:00Z', '2019-12-31T17:00:00.000Z', '2019-12-31T17:00Z'])('may be given as a minute with its seconds at nought, which are not kept: %s', (from) =>
    expect(parseEffectiveAt({ precision: 'minute', from })).toEqual({ precision: 'minute', from: '2019-12-31T17:00Z' }));

  it.each<[unknown, string]>([
    [{ precision: 'minute', from: '2019-06-14T17:00:30Z' }, 'effectiveAt.from'], ['2019-06-14', 'effectiveAt'], [null, 'effectiveAt'], [{ precision: 'week', from: '2019-06-14' }, 'effectiveAt.precision'], [{ from: '2019' }, 'effectiveAt.precision'],
    [{ precision: 'day', from: '2019-02-30' }, 'effectiveAt.from'], [{ precision: 'month', from: '2019-13' }, 'effectiveAt.from'],
    [{ precision: 'minute', from: '2019-06-14T17:00' }, 'effectiveAt.from'], [{ precision: 'minute', from: '2019-02-30T17:00Z' }, 'effectiveAt.from'],
    [{ precision: 'range', from: '2019-06-14' }, 'effectiveAt.to'], [{ precision: 'range', from: '2019-06-14', to: '2019-06-13' }, 'effectiveAt.to'],
    [{ precision: 'toString', from: '2019' }, 'effectiveAt.precision'],
  ])('%j is refused, naming %s', (value, field) => {
    const parse = (): EffectiveAt => parseEffectiveAt(value);
    expect(parse).toThrow(MalformedError);
    expect(parse).toThrow(expect.objectContaining({ field }) as Error);
  });
});
