import { describeError } from './poison';

describe('what is said of an error', () => {
  it('is its code when it has one', () =>
    expect(describeError(Object.assign(new Error('x'), { code: 'SQLITE_FULL' }))).toBe('SQLITE_FULL'));

  it('is else its kind and place, never its message, which may quote the record', () => {
    const description = describeError(new TypeError('cannot read "Jane Doe\n at secret.js:1:1'));
    expect(description).toMatch(/^TypeError at [\w.-]+:\d+$/);
    expect(description).not.toMatch(/Jane|secret/);
  });

  it('is a plain word for what is no error at all', () => {
    for (const thrown of [undefined, null, 'Jane Doe', 7]) expect(describeError(thrown)).toBe('Error');
  });
});
