import { createHmac } from 'node:crypto';
import type { Reader } from '#platform/access';
import { FormTokens } from './form-token';

const tokens = new FormTokens({ digest: (text) => createHmac('sha256', 'key').update(text).digest('base64url') });
const by = (id: string, session?: string): { readonly reader: Reader } => ({
  reader: { kind: 'user', id, name: '', role: 'DETECTIVE', agency: 'Force', multiFactor: true, provedAt: 0, ...(session === undefined ? {} : { session }) },
});

describe('the token of a form', () => {
  it('is taken in the session that it was given to', () => {
    const ticket = tokens.issue(by('DC 1', 'a'));
    expect(tokens.byToken(by('DC 1', 'a'), ticket.token)).toEqual(ticket);
    expect(tokens.byPlace(by('DC 1', 'a'), ticket.place)).toEqual(ticket);
  });

  it('is refused in another session, from nobody, or changed', () => {
    const { token } = tokens.issue(by('DC 1', 'a'));
    expect(tokens.byToken(by('DC 1', 'b'), token)).toBeUndefined();
    expect(tokens.byToken(by('DC 1'), token)).toBeUndefined();
    expect(tokens.byToken({}, token)).toBeUndefined();
    expect(tokens.byToken(by('DC 1', 'a'), token.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))).toBeUndefined();
    expect(tokens.byToken(by('DC 1', 'a'), '')).toBeUndefined();
  });

  it('is good for nobody when it was issued to nobody', () => {
    const { token, place } = tokens.issue({});
    expect(tokens.byToken({}, token)).toBeUndefined();
    expect(tokens.byPlace({}, place)).toBeUndefined();
    expect(tokens.byToken(by('nobody'), token)).toBeUndefined();
  });

  it('leads the same person back to the form in their next session, and nobody else', () => {
    const { key, place, token } = tokens.issue(by('DC 1', 'a'));
    const again = tokens.byPlace(by('DC 1', 'b'), place);
    expect(again).toMatchObject({ key, place });
    expect(again!.token).not.toBe(token);
    expect(tokens.byToken(by('DC 1', 'b'), again!.token)).toEqual(again);
    expect(tokens.byPlace(by('DC 2', 'a'), place)).toBeUndefined();
  });

  it('does not stand in the address, and what stands there sends nothing', () => {
    const { token, place } = tokens.issue(by('DC 1', 'a'));
    expect(tokens.byToken(by('DC 1', 'a'), place)).toBeUndefined();
    expect(tokens.byPlace(by('DC 1', 'a'), token)).toBeUndefined();
  });

  it('is another one for each form', () => {
    expect(tokens.issue(by('DC 1', 'a')).token).not.toBe(tokens.issue(by('DC 1', 'a')).token);
  });
});
