import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openSignIn } from './sign-in';

const now = Date.UTC(2026, 10, 25, 9);
let mockClaims: object;

jest.mock('openid-client', () => ({
  randomState: () => 'state', randomNonce: () => 'nonce', randomPKCECodeVerifier: () => 'verifier', calculatePKCECodeChallenge: async () => 'challenge',
  buildAuthorizationUrl: () => new URL('http://localhost/authorise'), allowInsecureRequests: undefined, None: () => undefined,
  discovery: async () => ({ serverMetadata: () => ({ issuer: 'http://localhost/identity', jwks_uri: 'http://localhost/keys' }) }),
  authorizationCodeGrant: async () => ({ claims: () => mockClaims }),
}));

/** An identity provider may sign somebody in by a session of its own: that is a new token and no new proof of who sits there. */
describe('a sign-in', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-proof-'));
  const signIn = openSignIn({
    keysFolder: folder, roles: ['DETECTIVE'], users: [{ id: 'DC 1', name: 'A. Reader', role: 'DETECTIVE', agency: 'SYP' }], listen: 'localhost', port: 3000, now: () => now,
  });
  afterAll(() => {
    signIn.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const provedAt = async (claims: object, fresh = false): Promise<number> => {
    mockClaims = { sub: 'DC 1', name: 'A. Reader', role: 'DETECTIVE', agency: 'SYP', iat: now / 1000, amr: ['mfa'], ...claims };
    const browser = signIn.pending.newBrowser();
    await signIn.begin(browser, '/', fresh);
    const { id } = await signIn.complete(browser, '/sign-in/callback?state=state&code=code');
    return (await signIn.sessions.find(id, false))!.reader.provedAt;
  };
  const asked = (claims: object): Promise<unknown> => provedAt(claims, true).catch((error: { code: string }) => error.code);

  it('is as fresh as the proof of which its provider tells', async () => expect(await provedAt({ auth_time: now / 1000 - 3600 })).toBe(now - 3_600_000));
  it('is never fresh where its provider tells of none', async () => expect(await provedAt({})).toBe(0));

  it.each<[string, object, unknown]>([
    ['of now', { auth_time: now / 1000 }, now],
    ['of five minutes ago', { auth_time: now / 1000 - 300 }, now - 300_000],
    ['of longer ago', { auth_time: now / 1000 - 301 }, 'NOT_FRESH'],
    ['of which nothing is said', {}, 'NOT_FRESH'],
    ['of a clock that is a minute before ours', { auth_time: now / 1000 + 60 }, now + 60_000],
    ['of a time that has not come, as of a provider that counts milliseconds', { auth_time: now }, 'NOT_FRESH'],
  ])('that was to be a fresh one, with a proof %s', async (_, claims, answer) => expect(await asked(claims)).toBe(answer));
});
