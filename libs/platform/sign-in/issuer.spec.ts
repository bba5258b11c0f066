import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { loggedOut } from './issuer';
import type { Issuer } from './issuer';

const NOW = Date.UTC(2026, 10, 25, 9);
const SECONDS = NOW / 1000;
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const keys = createLocalJWKSet({ keys: [{ ...publicKey.export({ format: 'jwk' }), kty: 'EC', kid: 'now', alg: 'ES256' }] });
const issuer: Issuer = { issuer: 'https://id.example', clientId: 'daybook', keys, client: undefined as never, endSession: () => undefined };

const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const claims: JWTPayload = { iss: 'https://id.example', aud: 'daybook', iat: SECONDS, jti: '1', sub: 'x', sid: 's', events: event };
const token = (more: object = {}, key = privateKey): Promise<string> => new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: 'ES256', kid: 'now', typ: 'logout+jwt' }).sign(key);

describe('a logout token', () => {
  it('of the identity provider names whose session is over', async () => {
    expect(await loggedOut(issuer, await token(), NOW)).toEqual({ subject: 'x', issuerSession: 's', at: NOW + 999 });
    expect(await loggedOut(issuer, await token({ sub: undefined }), NOW)).toEqual({ issuerSession: 's', at: NOW + 999 });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['of somebody else', () => token({}, stranger)], ['for another program', () => token({ aud: 'other' })], ['of another provider', () => token({ iss: 'https://evil.example' })],
    ['of long ago', () => token({ iat: SECONDS - 600 })], ['that is an id token', () => token({ nonce: 'n' })], ['without its event', () => token({ events: {} })], ['without events', () => token({ events: undefined })],
    ['of nobody', () => token({ sub: undefined, sid: undefined })], ['that is none', () => 'x'],
  ])('%s ends nothing', async (_, make) => expect(await loggedOut(issuer, await make(), NOW)).toBeUndefined());
});
