import fs from 'node:fs';
import path from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import type { Configuration } from 'openid-client';
import { StoreUnavailableError } from '#kernel';
import type { OidcSettings } from '#platform/settings';
import { SignInError } from './errors';
import type { Claims } from './mapping';

/** An identity provider, as its client uses it. */
export interface Issuer {
  readonly issuer: string;
  readonly clientId: string;
  /** Keys that sign its tokens. */
  readonly keys: JWTVerifyGetKey;
  readonly client: Configuration;
  /** Where a browser is sent so that the provider's own session ends too; undefined where it offers none. */
  endSession(returnTo: string): string | undefined;
}

/** `openid-client` is loaded when somebody signs in, not by every command. */
export const openidClient = (): Promise<typeof import('openid-client')> => import('openid-client');

const secretOf = (file: string): string => {
  try {
    if ((fs.statSync(file).mode & 0o077) !== 0) throw new SignInError('SECRET_FILE_OPEN_TO_OTHERS', `the file that DAYBOOK_OIDC_SECRET_FILE names may be read by others (${path.basename(file)}): make it readable by its owner alone (0600)`);
    return fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof SignInError) throw error;
    throw new SignInError('SECRET_FILE_UNREADABLE', 'the file that DAYBOOK_OIDC_SECRET_FILE names cannot be read');
  }
};

/** The secret of the client, where it has one. @throws SignInError when its file cannot be used */
export const clientSecret = ({ secretFile }: OidcSettings): string | undefined => (secretFile === undefined ? undefined : secretOf(secretFile));

/**
 * Asks an identity provider what it offers.
 * @throws StoreUnavailableError when it does not answer, or not as one
 */
export const discoverIssuer = async ({ issuer, clientId }: Pick<OidcSettings, 'issuer' | 'clientId'>, secret: string | undefined): Promise<Issuer> => {
  const { discovery, allowInsecureRequests, buildEndSessionUrl, None } = await openidClient();
  const address = new URL(issuer);
  let client: Configuration;
  try {
    client = await discovery(address, clientId, secret, secret === undefined ? None() : undefined, address.protocol === 'http:' ? { execute: [allowInsecureRequests] } : undefined);
  } catch (error) {
    throw new StoreUnavailableError('the identity provider does not answer', 'no', { cause: error });
  }
  const { issuer: name, jwks_uri: keys, end_session_endpoint: ending } = client.serverMetadata();
  if (keys === undefined) throw new StoreUnavailableError('the identity provider names no keys', 'no');
  return {
    issuer: name, clientId, client, keys: createRemoteJWKSet(new URL(keys)),
    endSession: (returnTo) => (ending === undefined ? undefined : buildEndSessionUrl(client, { post_logout_redirect_uri: returnTo }).href),
  };
};

const LOGGED_OUT = 'http://schemas.openid.net/event/backchannel-logout';

/** Whose session is over, as a logout token says it; undefined for anything that is not a logout token of this issuer for this client. */
export const loggedOut = async ({ issuer, clientId, keys }: Issuer, token: string, now: number): Promise<{ readonly subject?: string; readonly issuerSession?: string; readonly at: number } | undefined> => {
  const claims: Claims | undefined = await jwtVerify(token, keys, { issuer, audience: clientId, algorithms: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'], maxTokenAge: '5 min', clockTolerance: 5, currentDate: new Date(now) })
    .then(({ payload }) => payload, () => undefined);
  if (!claims || 'nonce' in claims || typeof claims.events !== 'object' || claims.events === null || !(LOGGED_OUT in claims.events)) return undefined;
  const { sub, sid, iat } = claims;
  if (typeof sub !== 'string' && typeof sid !== 'string') return undefined;
  return { ...(typeof sub === 'string' ? { subject: sub } : {}), ...(typeof sid === 'string' ? { issuerSession: sid } : {}), at: (iat as number) * 1000 + 999 };
};
