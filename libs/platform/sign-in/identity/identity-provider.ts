import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, importJWK, SignJWT } from 'jose';
import type { JWK, JWTVerifyGetKey } from 'jose';
import type { Configuration, Provider } from 'oidc-provider';
import type { StateDatabase } from '../state-database';
import { SignInError } from '../errors';
import { IdentityAdapter } from './identity-adapter';
import { identityKeys } from './identity-keys';
import type { IdentityKeys } from './identity-keys';
import { claimsOfUser, PROOF } from './identity-users';
import type { InventedUser } from './identity-users';

/** Where the identity provider of invented users stands. */
export const IDENTITY_PATH = '/identity';
/** Where its users are chosen: a page of the console. */
const CHOICE_PATH = '/choose-user';

export const IDENTITY_CLIENT = 'daybook';

export interface IdentityOptions {
  readonly state: StateDatabase;
  /** Folder of its keys. */
  readonly keysFolder: string;
  readonly users: readonly InventedUser[];
  /** What browsers see of the program, for example `http://127.0.0.1:3000`. */
  readonly publicUrl: () => string;
  /** Where the client takes users back. */
  readonly callbackPath: string;
  readonly now: () => number;
}

// It warns at every start of a Node.js older than its own: those that we support are tested with it.
const quietly = async <T>(load: () => Promise<T>): Promise<T> => {
  const { warn, info } = console;
  Object.assign(console, { warn: () => undefined, info: () => undefined });
  try {
    return await load();
  } finally {
    Object.assign(console, { warn, info });
  }
};

const publicPart = ({ d: _, ...jwk }: JWK): JWK => jwk;

const MINUTE = 60;

const SESSION = 'daybook-identity';

/** Every sign-in begins without a session of the provider: users are chosen anew, and one chosen before would first have to be signed out there. */
const withoutSession = (cookie: string | undefined): string | undefined =>
  cookie?.split(';').filter((each) => !each.trimStart().startsWith(SESSION)).join(';');

/** An OpenID Connect provider whose users do not exist: for sample and trial folders, on loopback. */
export class IdentityProvider {
  /** Keys that prove its tokens. */
  readonly publicKeys: JWTVerifyGetKey;
  private readonly keys: IdentityKeys;
  private provider: Promise<Provider> | undefined;

  constructor(private readonly options: IdentityOptions) {
    this.keys = identityKeys(options.keysFolder);
    this.publicKeys = createLocalJWKSet({ keys: [publicPart(this.keys.signing)] });
  }

  get users(): readonly InventedUser[] {
    return this.options.users;
  }

  get issuer(): string {
    return `${this.options.publicUrl()}${IDENTITY_PATH}`;
  }

  /** Answers a request under its path. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('X-Frame-Options', 'DENY');
    request.headers.cookie = withoutSession(request.headers.cookie);
    const answer = (await this.started()).callback();
    await answer(request, response);
  }

  /** Whether this browser is at the choice of a user that this address names. */
  async isChoosing(request: IncomingMessage, response: ServerResponse, choice: string): Promise<boolean> {
    const provider = await this.started();
    return provider.interactionDetails(request, response).then(({ uid, prompt }) => uid === choice && prompt.name === 'login', () => false);
  }

  /** Takes the choice of a user and gives the address where the browser goes on; undefined for a user whom it does not know. */
  async choose(request: IncomingMessage, response: ServerResponse, id: string): Promise<string | undefined> {
    if (!this.users.some((user) => user.id === id)) return undefined;
    const provider = await this.started();
    return provider.interactionResult(request, response, { login: { accountId: id, ...PROOF, amr: [...PROOF.amr], remember: false } });
  }

  /**
   * An access token for a user, good for so many minutes.
   * @throws SignInError when there is no such user
   */
  async accessToken(id: string, audience: string, minutes: number): Promise<string> {
    const user = this.users.find((each) => each.id === id);
    if (!user) throw new SignInError('USER_UNKNOWN', `there is no invented user of that id; there are ${this.users.map((each) => each.id).join(', ')}`);
    const { signing } = this.keys;
    const now = Math.floor(this.options.now() / 1000);
    return new SignJWT({ ...claimsOfUser(user), ...PROOF, auth_time: now, client_id: IDENTITY_CLIENT })
      .setProtectedHeader({ alg: 'ES256', kid: signing.kid, typ: 'at+jwt' })
      .setIssuer(this.issuer).setAudience(audience).setIssuedAt(now).setExpirationTime(now + minutes * MINUTE).setJti(randomUUID())
      .sign(await importJWK(signing, 'ES256'));
  }

  private started(): Promise<Provider> {
    return (this.provider ??= quietly(async () => {
      const { Provider: OidcProvider } = await import('oidc-provider');
      const provider = new OidcProvider(this.issuer, this.configuration());
      provider.proxy = this.issuer.startsWith('https:');
      return provider;
    }));
  }

  private configuration(): Configuration {
    const { state, users, publicUrl, callbackPath, now } = this.options;
    return {
      adapter: (model: string) => new IdentityAdapter(state.db, model, now),
      clients: [{
        client_id: IDENTITY_CLIENT, token_endpoint_auth_method: 'none', response_types: ['code'], grant_types: ['authorization_code'],
        redirect_uris: [`${publicUrl()}${callbackPath}`], id_token_signed_response_alg: 'ES256', require_auth_time: true,
      }],
      jwks: { keys: [{ ...this.keys.signing }] } as Configuration['jwks'],
      cookies: { keys: [...this.keys.cookies], names: { session: SESSION, interaction: 'daybook-choosing', resume: 'daybook-chosen' } },
      claims: { openid: ['sub', 'acr', 'amr'], profile: ['name', 'role', 'agency', 'team'] },
      conformIdTokenClaims: false,
      features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false }, userinfo: { enabled: false } },
      pkce: { required: () => true },
      acrValues: [PROOF.acr],
      interactions: { url: (_ctx, { uid }) => `${CHOICE_PATH}/${uid}` },
      ttl: { AccessToken: MINUTE, AuthorizationCode: MINUTE, IdToken: 5 * MINUTE, Interaction: 10 * MINUTE, Session: 10 * MINUTE, Grant: 10 * MINUTE },
      renderError: (ctx) => {
        ctx.type = 'text/plain; charset=utf-8';
        ctx.body = 'This sign-in cannot go on. Go back to Daybook and sign in again.\n';
      },
      findAccount: (_ctx, id) => {
        const user = users.find((each) => each.id === id);
        return user && { accountId: id, claims: () => claimsOfUser(user) };
      },
      // Who chose a user has agreed already that we learn who that is.
      loadExistingGrant: async ({ oidc }) => {
        const { client, session, provider } = oidc;
        const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId });
        grant.addOIDCScope('openid profile');
        await grant.save();
        return grant;
      },
    };
  }
}
