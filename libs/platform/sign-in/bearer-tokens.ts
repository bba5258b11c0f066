import { hash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { StoreUnavailableError } from '#kernel';
import type { Reader } from '#platform/access';
import { provedAt, readerOf } from './mapping';
import type { Claims, Mapping } from './mapping';

/** A token that was sent is not one of ours. Says nothing of why. */
export class TokenRefusedError extends Error {
  override readonly name = 'TokenRefusedError';
  readonly code = 'TOKEN_REFUSED';
}

/** What a token must say, and who signs it. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly mapping: Mapping;
  /** When everything of a person was last ended, ms since 1970. */
  revokedAt(user: string): Promise<number | undefined>;
  /** ms since 1970. */
  now(): number;
}

/** Signatures that only the issuer can make: a shared secret, or none, proves nothing. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

/** Seconds by which two clocks may differ. */
const LEEWAY = 5;
/** A token that was good is asked about again after so long, ms: a key that the issuer has withdrawn must not go on for the life of a token. */
const REMEMBERED = 60_000;
const MOST_REMEMBERED = 5_000;
const LONGEST = 8_192;
/** Codes of an issuer that could not be asked; of all others the token is at fault. */
const away = ['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID'];

interface Remembered {
  readonly reader: Reader;
  readonly issuedAt: number;
  readonly until: number;
}

/** Tells who sends an access token. Good ones are remembered by their hash for a minute, so that a busy system costs one proof and not thousands. */
export class BearerTokens {
  private readonly good = new Map<string, Remembered>();

  constructor(private readonly rules: () => Promise<TokenRules>) {}

  /**
   * The reader of a token.
   * @throws TokenRefusedError; @throws StrangerError when the token is good and no rule knows its holder
   */
  async reader(token: string): Promise<Reader> {
    const rules = await this.rules();
    const digest = hash('sha256', token, 'base64url');
    const known = this.good.get(digest);
    const { reader, issuedAt } = known && rules.now() < known.until ? known : await this.proved(token, digest, rules);
    if (issuedAt <= ((await rules.revokedAt(reader.id)) ?? -Infinity)) throw new TokenRefusedError();
    return reader;
  }

  private async proved(token: string, digest: string, rules: TokenRules): Promise<Remembered> {
    const claims = await verify(token, rules);
    const reader = readerOf(rules.mapping, claims, { provedAt: provedAt(claims) });
    const proved = { reader, issuedAt: (claims.iat as number) * 1000, until: Math.min((claims.exp as number) * 1000, rules.now() + REMEMBERED) };
    if (this.good.size >= MOST_REMEMBERED) this.good.delete(this.good.keys().next().value!);
    this.good.set(digest, proved);
    return proved;
  }
}

const verify = async (token: string, { issuer, audience, keys, mapping, now }: TokenRules): Promise<Claims> => {
  if (token.length > LONGEST) throw new TokenRefusedError();
  try {
    const named: JWTVerifyGetKey = (header, jws) => {
      // Without the name of its key any key of the issuer would be tried, also one that signs something else.
      if (typeof header.kid !== 'string') throw new TokenRefusedError();
      return keys(header, jws);
    };
    const { payload } = await jwtVerify(token, named, {
      issuer, audience, algorithms, typ: mapping.accessTokenType, clockTolerance: LEEWAY, currentDate: new Date(now()), requiredClaims: ['exp', 'iat', 'sub'],
    });
    if ('nonce' in payload || 'at_hash' in payload) throw new TokenRefusedError(); // the marks of an id token
    return payload;
  } catch (error) {
    if (error instanceof TokenRefusedError || (error instanceof errors.JOSEError && !away.includes(error.code))) throw new TokenRefusedError();
    throw new StoreUnavailableError('the keys of the identity provider cannot be had', 'no', { cause: error });
  }
};
