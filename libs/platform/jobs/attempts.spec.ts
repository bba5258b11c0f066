import { attempts, codeOf, isPassing } from './attempts';

describe('attempts', () => {
  it('are further apart each time, never more than five minutes, and end', () =>
    expect(Array.from({ length: attempts.most }, (_, i) => attempts.wait(i + 1) / 1000)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]));
});

describe('the code of a failure', () => {
  it.each([
    [Object.assign(new Error('Ann Other'), { code: 'ACTION_NOT_OPEN' }), 'ACTION_NOT_OPEN'],
    [Object.assign(new Error(), { code: 'Ann Other' }), 'FAULT'],
    [Object.assign(new Error(), { code: 7 }), 'FAULT'],
    [new Error('Ann Other'), 'FAULT'], ['Ann Other', 'FAULT'], [undefined, 'FAULT'], [null, 'FAULT'],
  ])('of %p is %s', (error, code) => expect(codeOf(error)).toBe(code));

  it('tells what passes from what does not', () => expect(['STORE_UNAVAILABLE', 'ACTION_NOT_OPEN', 'FAULT'].map(isPassing)).toEqual([true, false, false]));
});
