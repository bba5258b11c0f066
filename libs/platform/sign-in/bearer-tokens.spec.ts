import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createLocalJWKSet, SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { StoreUnavailableError } from '#kernel';
import { Seeded } from '#test/seeded';
import { BearerTokens, TokenRefusedError } from './bearer-tokens';
import type { TokenRules } from './bearer-tokens';
import { StrangerError } from './errors';
import { parseMapping } from './parse-mapping';

const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const FORGED = 10_000;

const NOW = Date.UTC(2026, 10, 25, 9);
const SECONDS = NOW / 1000;
const ISSUER = 'https://id.example';
const AUDIENCE = 'https://daybook.example/api';

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const issuer = pair();
const stranger = pair();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...issuer.publicKey.export({ format: 'jwk' }), kty: 'EC', kid: 'now', alg: 'ES256', use: 'sig' };
const keys = createLocalJWKSet({ keys: [jwk] });

const mapping = parseMapping({
  claims: { id: 'sub', name: 'name' }, requireMultiFactor: false, rules: [{ when: { groups: 'detectives' }, role: 'DETECTIVE', agency: 'Force' }],
}, ['DETECTIVE']);

const claims: JWTPayload = { iss: ISSUER, aud: AUDIENCE, sub: 'DC 1', groups: ['detectives'], iat: SECONDS - 60, exp: SECONDS + 600, auth_time: SECONDS - 120 };
const header = { alg: 'ES256', kid: 'now', typ: 'at+jwt' };

const signed = (payload: JWTPayload = claims, head: object = header, key: KeyObject = issuer.privateKey): Promise<string> => new SignJWT(payload).setProtectedHeader({ ...header, ...head }).sign(key);

const part = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const unsigned = (head: object, payload: unknown, signature = ''): string => `${part(head)}.${part(payload)}.${signature}`;
const withSecret = (secret: string | Buffer, head: object): string => {
  const text = `${part(head)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};
const publicPem = issuer.publicKey.export({ type: 'spki', format: 'pem' });

const doorOf = (more: Partial<TokenRules> = {}): BearerTokens =>
  new BearerTokens(async () => ({ issuer: ISSUER, audience: AUDIENCE, keys, mapping, revokedAt: async () => undefined, now: () => NOW, ...more }));

describe('an access token', () => {
  it('that is good tells who sends it', async () => {
    expect(await doorOf().reader(await signed())).toEqual({ kind: 'user', id: 'DC 1', name: 'DC 1', role: 'DETECTIVE', agency: 'Force', multiFactor: false, provedAt: (SECONDS - 120) * 1000 });
    expect(await doorOf().reader(await signed({ ...claims, aud: ['other', AUDIENCE] }))).toMatchObject({ id: 'DC 1' });
  });

  it('without the time of a proof is never a fresh one', async () => {
    const { auth_time: _, ...rest } = claims;
    expect((await doorOf().reader(await signed(rest))).provedAt).toBe(0);
  });

  const { exp: _, ...endless } = claims;
  const { sub: __, ...nobodys } = claims;
  it.each<[string, () => string | Promise<string>]>([
    ['nothing', () => ''],
    ['no token', () => 'abc'],
    ['one without a signature', () => unsigned({ alg: 'none' }, claims)],
    ['one without a signature that names the key', () => unsigned({ ...header, alg: 'none' }, claims)],
    ['one whose algorithm is written NONE', () => unsigned({ ...header, alg: 'NONE' }, claims)],
    ['one whose signature was cut off', async () => `${(await signed()).split('.').slice(0, 2).join('.')}.`],
    ['one signed with the public key as a secret', () => withSecret(publicPem, { ...header, alg: 'HS256' })],
    ['one signed with the published key as a secret', () => withSecret(JSON.stringify(jwk), { ...header, alg: 'HS256' })],
    ['one signed with an empty secret', () => withSecret('', { ...header, alg: 'HS256' })],
    ['one of another key', () => signed(claims, {}, stranger.privateKey)],
    ['one of another kind of key', () => signed(claims, { alg: 'RS256' }, rsa.privateKey)],
    ['one that brings its own key', () => signed(claims, { jwk: stranger.publicKey.export({ format: 'jwk' }) }, stranger.privateKey)],
    ['one that says where its key is', () => signed(claims, { jku: 'https://evil.example/keys', kid: 'other' }, stranger.privateKey)],
    ['one that does not name its key', () => signed(claims, { kid: undefined })],
    ['one that names another key', () => signed(claims, { kid: 'later' })],
    ['one of another issuer', () => signed({ ...claims, iss: 'https://id.example.evil' })],
    ['one of no issuer', () => signed({ ...claims, iss: undefined })],
    ['one for another program', () => signed({ ...claims, aud: 'https://other.example/api' })],
    ['one for part of our name', () => signed({ ...claims, aud: 'https://daybook.example' })],
    ['one for nobody', () => signed({ ...claims, aud: undefined })],
    ['one that has expired', () => signed({ ...claims, exp: SECONDS - 6 })],
    ['one that never expires', () => signed(endless)],
    ['one that expires in words', () => signed({ ...claims, exp: 'never' as unknown as number })],
    ['one that is not good yet', () => signed({ ...claims, nbf: SECONDS + 60 })],
    ['one of nobody', () => signed(nobodys)],
    ['one that is of another type', () => signed(claims, { typ: 'JWT' })],
    ['one that is of no type', () => signed(claims, { typ: undefined })],
    ['a logout token', () => signed(claims, { typ: 'logout+jwt' })],
    ['an id token', () => signed({ ...claims, nonce: 'n' }, { typ: 'JWT' })],
    ['an id token that calls itself an access token', () => signed({ ...claims, nonce: 'n' })],
    ['one that demands what we do not know', () => unsigned({ ...header, crit: ['x'], x: 1 }, claims, 'AAAA')],
    ['one that is too long', async () => signed({ ...claims, padding: 'x'.repeat(9_000) })],
  ])('that is %s is refused', async (_name, make) => {
    const token = await make();
    await expect(doorOf().reader(token)).rejects.toBeInstanceOf(TokenRefusedError);
  });

  it('may come from a clock that is some seconds ahead', async () => {
    expect(await doorOf().reader(await signed({ ...claims, nbf: SECONDS + 4, iat: SECONDS + 4 }))).toMatchObject({ id: 'DC 1' });
  });

  it('of somebody whom no rule knows is no bad token', async () => {
    await expect(doorOf().reader(await signed({ ...claims, groups: ['cleaners'] }))).rejects.toBeInstanceOf(StrangerError);
  });

  it('is refused from the moment at which its holder was signed out everywhere, also when it was good a moment ago', async () => {
    let revoked: number | undefined;
    const door = doorOf({ revokedAt: async () => revoked });
    const token = await signed();
    expect(await door.reader(token)).toMatchObject({ id: 'DC 1' });
    revoked = NOW;
    await expect(door.reader(token)).rejects.toBeInstanceOf(TokenRefusedError);
    revoked = NOW - 61_000;
    expect(await door.reader(token)).toMatchObject({ id: 'DC 1' });
  });

  it('that was good is asked about again after a minute, and when it has ended', async () => {
    let [now, asked] = [NOW, 0];
    const door = doorOf({ now: () => now, keys: (head, jws) => { asked++; return keys(head, jws); } });
    const token = await signed();
    for (const [second, times] of [[0, 1], [30, 1], [59, 1], [60, 2], [61, 2]] as const) {
      now = NOW + second * 1000;
      await door.reader(token);
      expect(asked).toBe(times);
    }
    now = NOW + 606_000;
    await expect(door.reader(token)).rejects.toBeInstanceOf(TokenRefusedError);
  });

  it('cannot be judged while the keys cannot be had: that is nobody’s fault but ours', async () => {
    const door = doorOf({ keys: () => Promise.reject(new TypeError('fetch failed')) });
    await expect(door.reader(await signed())).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  it(`is refused in ${FORGED} forged forms, seed ${seed}`, async () => {
    const seeded = new Seeded(seed);
    const good = await signed();
    const others = await Promise.all([signed(claims, {}, stranger.privateKey), signed({ ...claims, aud: 'x' }), signed(claims, { alg: 'RS256' }, rsa.privateKey), signed({ ...claims, exp: SECONDS - 9 })]);
    const door = doorOf();
    const lets: string[] = [];
    for (let i = 0; i < FORGED; i++) {
      const token = forged(seeded, good, others);
      if (token === good) continue;
      const outcome = await door.reader(token).then(() => 'let in', (error: unknown) => (error instanceof TokenRefusedError ? 'refused' : String(error)));
      if (outcome !== 'refused') lets.push(`${outcome}: ${token}`);
    }
    expect(lets).toEqual([]);
    expect(await door.reader(good)).toMatchObject({ id: 'DC 1' });
  });
});

const CLAIMS: readonly [string, readonly unknown[]][] = [
  ['sub', ['DC 2', '', null, ['DC 1']]], ['groups', [['admins'], 'detectives', null]], ['iss', ['https://evil.example', '', null, [ISSUER]]], ['aud', ['x', [], null, ['x', 'y']]],
  ['exp', [SECONDS + 1e9, 0, null, '9999999999', -1, 1e308]], ['nbf', [0, SECONDS + 999, 'x']], ['iat', [0, SECONDS + 1e6, null]], ['jti', [randomUUID()]], ['nonce', ['n']],
];
const HEADS: readonly [string, readonly unknown[]][] = [
  ['alg', ['none', 'None', 'HS256', 'HS512', 'RS256', 'ES384', 'ES256K', 'EdDSA', '', null]], ['kid', ['later', '', null, ['now'], '../now', "now' OR 1=1"]], ['typ', ['JWT', 'id+jwt', 'logout+jwt', '', null]],
  ['crit', [['exp'], []]], ['jwk', [jwk]], ['jku', ['https://evil.example/jwks']], ['x5u', ['https://evil.example/c']], ['b64', [false]], ['zip', ['DEF']],
];

/** A good token with something about it that is not so; most ways are only caught by the signature. */
const forged = (seeded: Seeded, good: string, others: readonly string[]): string => {
  const [head = '', payload = '', signature = ''] = good.split('.');
  const json = (text: string): Record<string, unknown> => JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
  const changed = (text: string, ways: readonly [string, readonly unknown[]][]): string => {
    const [name, values] = seeded.pick(ways);
    return part({ ...json(text), [name]: seeded.pick(values) });
  };
  switch (seeded.below(9)) {
    case 0: return `${head}.${changed(payload, CLAIMS)}.${signature}`;
    case 1: return `${changed(head, HEADS)}.${payload}.${signature}`;
    case 2: return `${changed(head, HEADS)}.${changed(payload, CLAIMS)}.${signature}`;
    case 3: return flipped(seeded, good);
    case 4: return good.slice(0, seeded.below(good.length));
    case 5: return [head, payload, signature].sort(() => seeded.below(2) - 0.5).concat(seeded.pick(['', head, payload])).join('.');
    case 6: return withSecret(seeded.pick([publicPem.toString(), JSON.stringify(jwk), '', 'secret', signature]), { ...json(head), alg: 'HS256', kid: seeded.pick(['now', 'x']) });
    case 7: return seeded.pick(others);
    default: return unsigned({ ...json(head), alg: seeded.pick(['none', 'nOnE', 'ES256']) }, { ...json(payload), sub: 'DC 2' }, seeded.pick(['', signature, 'AAAA', part('x'.repeat(64))]));
  }
};

// The last letter of a base64url text may carry bits that mean nothing: changing those alone would be the same token.
const flipped = (seeded: Seeded, token: string): string => {
  const at = seeded.below(token.length - 1);
  const other = seeded.pick([...'ABCDEFGHijklmnop0123456789-_.']);
  const changed = token.slice(0, at) + other + token.slice(at + 1);
  const sameBytes = (a: string, b: string): boolean => a.split('.').length === b.split('.').length && a.split('.').every((text, i) => Buffer.from(text, 'base64url').equals(Buffer.from(b.split('.')[i]!, 'base64url')));
  return sameBytes(changed, token) ? token : changed;
};
