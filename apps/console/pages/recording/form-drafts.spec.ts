import { FormDrafts } from './form-drafts';
import type { Draft } from './form-drafts';

const draft = (text: string): Draft => ({ path: '/investigations/new', values: { t: text }, sure: false });

describe('answers of forms under way', () => {
  let now = 0;
  const drafts = (forms: number, characters: number): FormDrafts => new FormDrafts(() => now, { forms, characters, ms: 1000 });
  beforeEach(() => void (now = 0));

  it('are kept as they were last', () => {
    const kept = drafts(9, 999);
    kept.keep('a', draft('first'));
    kept.keep('a', draft('second'));
    expect(kept.of('a')?.values).toEqual({ t: 'second' });
    expect(kept.of('b')).toBeUndefined();
  });

  it('go after their time, counted from when they were kept last', () => {
    const kept = drafts(9, 999);
    kept.keep('a', draft('x'));
    kept.keep('b', draft('y'));
    now = 600;
    kept.keep('a', draft('x'));
    now = 1200;
    expect(kept.of('a')).toBeDefined();
    expect(kept.of('b')).toBeUndefined();
  });

  it('make room for newer ones, by their number and by their length', () => {
    const few = drafts(2, 999);
    for (const key of ['a', 'b', 'c']) few.keep(key, draft('x'));
    expect(['a', 'b', 'c'].map((key) => few.of(key) !== undefined)).toEqual([false, true, true]);
    const short = drafts(9, 25);
    for (const key of ['a', 'b', 'c']) short.keep(key, draft('0123456789'));
    expect(['a', 'b', 'c'].map((key) => short.of(key) !== undefined)).toEqual([false, true, true]);
  });

  it('take no room any more once they are gone', () => {
    const kept = drafts(9, 25);
    for (let i = 0; i < 20; i++) kept.keep('a', draft('0123456789'));
    kept.keep('b', draft('0123456789'));
    expect(kept.of('a')).toBeDefined();
  });
});
