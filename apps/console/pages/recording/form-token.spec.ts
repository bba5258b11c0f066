import { createHmac } from 'node:crypto';
import { FormTokens } from './form-token';

const tokens = new FormTokens({ digest: (text) => createHmac('sha256', 'key').update(text).digest('base64url') });
const cookieOf = (cookie: string | undefined) => ({ headers: { cookie: cookie!.split(';')[0]! } });

describe('the token of a form', () => {
  it('is taken from the browser that it was given to', () => {
    const { ticket, cookie } = tokens.issue({ headers: {} });
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    expect(tokens.byToken(cookieOf(cookie), ticket.token)).toEqual(ticket);
    expect(tokens.byPlace(cookieOf(cookie), ticket.place)).toEqual(ticket);
  });

  it('is refused from another browser, without a cookie, or changed', () => {
    const { ticket: { token, place }, cookie } = tokens.issue({ headers: {} });
    const other = cookieOf(tokens.issue({ headers: {} }).cookie);
    expect(tokens.byToken(other, token)).toBeUndefined();
    expect(tokens.byPlace(other, place)).toBeUndefined();
    expect(tokens.byToken({ headers: {} }, token)).toBeUndefined();
    expect(tokens.byToken(cookieOf(cookie), token.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))).toBeUndefined();
    expect(tokens.byToken(cookieOf(cookie), '')).toBeUndefined();
  });

  it('does not stand in the address, and what stands there sends nothing', () => {
    const { ticket: { token, place }, cookie } = tokens.issue({ headers: {} });
    expect(tokens.byToken(cookieOf(cookie), place)).toBeUndefined();
    expect(tokens.byPlace(cookieOf(cookie), token)).toBeUndefined();
  });

  it('is another one for each form, under one cookie', () => {
    const { ticket, cookie } = tokens.issue({ headers: {} });
    const again = tokens.issue(cookieOf(cookie));
    expect(again.cookie).toBeUndefined();
    expect(again.ticket.token).not.toBe(ticket.token);
  });
});
