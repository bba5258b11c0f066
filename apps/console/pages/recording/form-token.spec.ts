import { createHmac } from 'node:crypto';
import { FormTokens } from './form-token';

const tokens = new FormTokens({ digest: (text) => createHmac('sha256', 'key').update(text).digest('base64url') });
const cookieOf = (cookie: string | undefined) => ({ headers: { cookie: cookie!.split(';')[0]! } });

describe('the token of a form', () => {
  it('is taken from the browser that it was given to', () => {
    const { token, cookie } = tokens.issue({ headers: {} });
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    expect(tokens.keyOf(cookieOf(cookie), token)).toBe(token.split('.')[0]);
  });

  it('is refused from another browser, without a cookie, or changed', () => {
    const { token, cookie } = tokens.issue({ headers: {} });
    const other = tokens.issue({ headers: {} });
    expect(tokens.keyOf(cookieOf(other.cookie), token)).toBeUndefined();
    expect(tokens.keyOf({ headers: {} }, token)).toBeUndefined();
    expect(tokens.keyOf(cookieOf(cookie), token.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))).toBeUndefined();
    expect(tokens.keyOf(cookieOf(cookie), '')).toBeUndefined();
  });

  it('is another one for each form, under one cookie', () => {
    const { token, cookie } = tokens.issue({ headers: {} });
    const again = tokens.issue(cookieOf(cookie));
    expect(again.cookie).toBeUndefined();
    expect(again.token).not.toBe(token);
  });
});
