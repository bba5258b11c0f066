import 'reflect-metadata';
import { Code, Codes, Day, EffectiveAtField, Flag, Id, Line, ListOf, Text, Whole } from './fields';
import { InvalidRequestError } from './invalid-request';
import { validateRequest } from './validate';

class Lamp {
  @Line({ description: 'Maker', max: 10 })
  maker!: string;
}

class LightRequest {
  @Text({ description: 'Why', max: 20 })
  why!: string;

  @Code(['ON', 'OFF'], { description: 'Position', optional: true })
  position?: string;

  @Codes(['HALL', 'CELL'], { description: 'Rooms', optional: true, min: 1 })
  rooms?: string[];

  @Id({ description: 'Lamp', optional: true })
  lampId?: string;

  @Whole(1, 10, { description: 'Watts', optional: true })
  watts?: number;

  @Flag({ description: 'Dimmed', optional: true })
  dimmed?: boolean;

  @Day({ description: 'Bought', optional: true })
  bought?: string;

  @EffectiveAtField({ description: 'When', optional: true })
  effectiveAt?: object;

  @ListOf(() => Lamp, { description: 'Lamps', optional: true, max: 2 })
  lamps?: Lamp[];
}

const faults = (plain: unknown): string[] => {
  try {
    validateRequest(LightRequest, plain);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    expect(error.entries.every(({ message }) => !message.includes('s3cret'))).toBe(true);
    return error.entries.map(({ field, message }) => `${field}: ${message}`);
  }
};

describe('a request', () => {
  it('comes trimmed, in one form of Unicode, and without what is empty', () =>
    expect({ ...validateRequest(LightRequest, { why: '  Cafe\u0301 ', position: '', rooms: null }) }).toEqual({ why: 'Café' }));

  it('may say everything that it has fields for', () =>
    expect(faults({
      why: 'dark', position: 'ON', rooms: ['HALL'], lampId: '0bdf6375-7457-516d-81d5-34d59d9dfb94', watts: 10, dimmed: false, bought: '2020-02-29',
      effectiveAt: { precision: 'month', from: '2019-06' }, lamps: [{ maker: 'Ott' }],
    })).toEqual([]));

  it.each<[string, unknown, string]>([
    ['is a list', [], ': the request must be an object'],
    ['is nothing', null, ': the request must be an object'],
    ['lacks what must be given', {}, 'why: why must be text'],
    ['gives it empty', { why: ' ' }, 'why: why must be text'],
    ['gives another kind of value', { why: { s3cret: 1 } }, 'why: why must be text'],
    ['is too long', { why: 's3cret'.repeat(5) }, 'why: why must be at most 20 characters'],
    ['has a field of nobody', { why: 'dark', colour: 1 }, 'colour: colour is not a field of this request'],
    ['names a field as objects do', { why: 'dark', toString: 'x' }, 'toString: toString is not a field of this request'],
    ['holds NUL', { why: 'da\0rk' }, 'why: why must not contain NUL or broken characters'],
    ['holds half a character', { why: 'da\uD800rk' }, 'why: why must not contain NUL or broken characters'],
    ['says what is not in a list', { why: 'dark', position: 's3cret' }, 'position: position must be one of ON, OFF'],
    ['says one thing twice', { why: 'dark', rooms: ['HALL', 'HALL'] }, 'rooms: rooms must not name anything twice'],
    ['says one of several wrong', { why: 'dark', rooms: ['HALL', 's3cret'] }, 'rooms: each of rooms must be one of HALL, CELL'],
    ['gives an id in capitals', { why: 'dark', lampId: '0BDF6375-7457-516D-81D5-34D59D9DFB94' }, 'lampId: lampId must be a lower-case UUID'],
    ['gives a number out of bounds', { why: 'dark', watts: 11 }, 'watts: watts must be a whole number from 1 to 10'],
    ['gives a fraction', { why: 'dark', watts: 1.5 }, 'watts: watts must be a whole number from 1 to 10'],
    ['gives a number as text', { why: 'dark', watts: '3' }, 'watts: watts must be a whole number from 1 to 10'],
    ['gives a word for a flag', { why: 'dark', dimmed: 'yes' }, 'dimmed: dimmed must be true or false'],
    ['gives a day that is not', { why: 'dark', bought: '2019-02-29' }, 'bought: bought must be a date that exists, such as 2019-06-14'],
    ['gives a date of no precision', { why: 'dark', effectiveAt: { precision: 'hour' } }, 'effectiveAt.precision: effectiveAt.precision must be minute, day, month, year, range or unknown'],
    ['gives a date more than it has', { why: 'dark', effectiveAt: { precision: 'unknown', zone: 'x' } }, 'effectiveAt.zone: effectiveAt.zone is not a field of a date'],
    ['dates it before there were records', { why: 'dark', effectiveAt: { precision: 'day', from: '1066-10-14' } }, 'effectiveAt.from: effectiveAt.from must be in the year 1900 or later'],
    ['has a fault in a list', { why: 'dark', lamps: [{ maker: 'Ott' }, { maker: 'two\nlines' }] }, 'lamps[1].maker: lamps[1].maker must be one line without control characters'],
    ['has too long a list', { why: 'dark', lamps: [{ maker: 'a' }, { maker: 'b' }, { maker: 'c' }] }, 'lamps: lamps must hold at most 2'],
    ['has a field of nobody in a list', { why: 'dark', lamps: [{ maker: 'a', colour: 1 }] }, 'lamps[0].colour: lamps[0].colour is not a field of this request'],
  ])('that %s is refused by field and rule', (_, plain, fault) => expect(faults(plain)).toEqual([fault]));

  it('that would give every object a new field is refused', () =>
    expect(faults(JSON.parse('{"why":"dark","__proto__":{"admin":true}}'))).toEqual(['__proto__: __proto__ is not a field of this request']));

  it('that is nested without end is refused', () => {
    const deep = Array.from({ length: 20 }).reduce<object>((inner) => ({ inner }), {});
    expect(faults({ why: 'dark', effectiveAt: deep })[0]).toMatch(/is nested too deeply$/);
  });

  it('with several faults tells all of them, one a field', () =>
    expect(faults({ position: 'x', watts: 0 })).toEqual([
      'why: why must be text', 'position: position must be one of ON, OFF', 'watts: watts must be a whole number from 1 to 10',
    ]));
});
