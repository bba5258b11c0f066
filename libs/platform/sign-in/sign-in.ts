import fs from 'node:fs';
import path from 'node:path';
import type { JWTVerifyGetKey } from 'jose';
import { isFresh, STEP_UP } from '#platform/access';
import type { Reader } from '#platform/access';
import type { OidcSettings } from '#platform/settings';
import { BearerTokens } from './bearer-tokens';
import type { TokenRules } from './bearer-tokens';
import { SignInError, StrangerError } from './errors';
import { IDENTITY_CLIENT, IdentityProvider } from './identity/identity-provider';
import { inventedMapping } from './identity/identity-users';
import type { InventedUser } from './identity/identity-users';
import { clientSecret, discoverIssuer, loggedOut, openidClient } from './issuer';
import type { Issuer } from './issuer';
import { accountReader, mappingDigest, provedAt, readerOf } from './mapping';
import type { Claims, Mapping } from './mapping';
import { parseMapping } from './parse-mapping';
import { PendingSignIns } from './pending-sign-ins';
import type { PendingStore } from './pending-sign-ins';
import type { SessionNotes, SessionStore } from './session-store';
import { Sessions } from './sessions';
import { SqliteSessions } from './sqlite-sessions';
import { StateDatabase, stateFile } from './state-database';

/** Where the identity provider sends browsers back. */
const CALLBACK_PATH = '/sign-in/callback';

/** Reach of a fresh proof that is asked for, seconds. */
const FRESH = STEP_UP / 1000;

export interface SignInOptions {
  /** Folder of sessions and keys. */
  readonly keysFolder: string;
  /** Where sessions stand; default: a file in that folder, for one process. */
  readonly sessions?: SessionStore;
  /** Where sign-ins wait that are under way; default: in memory. */
  readonly pending?: PendingStore;
  /** Roles that a mapping may give to people. */
  readonly roles: readonly string[];
  /** Roles that it may give to accounts at the command line; default: the same. */
  readonly accountRoles?: readonly string[];
  /** Invented users, for a folder whose identity provider they may be; absent for any other. */
  readonly users?: readonly InventedUser[];
  readonly oidc?: OidcSettings;
  readonly accessFile?: string;
  /** What browsers see, when it is not where the program listens. */
  readonly publicUrl?: string;
  /** Where the program is to listen. */
  readonly listen: string;
  readonly port: number;
  /** ms since 1970: real time, because who is signed in does not wait for the clock of a sample. */
  readonly now?: () => number;
}

/** A browser that came back and is signed in. */
export interface SignedIn {
  /** For the cookie. */
  readonly id: string;
  readonly returnTo: string;
}

/** Everything about who is signed in. See `openSignIn`. */
export class SignIn {
  readonly pending: PendingSignIns;
  readonly sessions: Sessions;
  /** What was said in sessions that run. */
  readonly notes: SessionNotes;
  readonly tokens: BearerTokens;
  /** The identity provider of invented users, where that is the one. */
  readonly identity?: IdentityProvider;
  private readonly state: StateDatabase | undefined;
  private readonly mapping?: Mapping;
  private readonly now: () => number;
  private readonly stopSweeping: () => void;
  private listensOn: string | undefined;
  private issuer: Promise<Issuer> | undefined;

  constructor(private readonly options: SignInOptions) {
    const { keysFolder, users, oidc, now = Date.now } = options;
    this.now = now;
    this.mapping = mappingFor(options);
    const invented = users && !oidc ? users : undefined;
    const state = options.sessions && !invented ? undefined : new StateDatabase(stateFile(keysFolder));
    this.state = state;
    const { idleMinutes = 30, absoluteHours = 12 } = this.mapping ?? {};
    const store = options.sessions ?? new SqliteSessions(state!);
    this.sessions = new Sessions(store, { idle: idleMinutes * 60_000, absolute: absoluteHours * 3_600_000, mapping: this.mapping ? mappingDigest(this.mapping, oidc?.issuer ?? '') : '' }, now);
    this.notes = store.notes;
    this.stopSweeping = this.sessions.sweepHourly();
    this.pending = new PendingSignIns(now, options.pending);
    this.tokens = new BearerTokens(() => this.tokenRules());
    if (invented) this.identity = new IdentityProvider({ state: state!, keysFolder, users: invented, publicUrl: () => this.publicUrl, callbackPath: CALLBACK_PATH, now });
  }

  /** What browsers see of the program, without a slash at the end. */
  get publicUrl(): string {
    const { publicUrl, listen, port } = this.options;
    return publicUrl ?? this.listensOn ?? `http://${listen.includes(':') ? `[${listen}]` : listen}:${port}`;
  }

  /** Whether browsers come over TLS. */
  get secure(): boolean {
    return this.publicUrl.startsWith('https:');
  }

  /** What access tokens for the JSON door must be issued for. */
  get audience(): string {
    return `${this.publicUrl}/api`;
  }

  /** Whom to ask for a role, as the mapping says it. */
  get contact(): string | undefined {
    return this.mapping?.contact;
  }

  /** The address where the program came to listen. */
  listening(url: string): void {
    this.listensOn = url;
  }

  /** @throws SignInError when nobody could sign in */
  checkServing(): void {
    const { oidc } = this.options;
    if (!this.identity && !oidc) throw new SignInError('ISSUER_REQUIRED', 'a live folder does not start without an identity provider: set DAYBOOK_OIDC_ISSUER and DAYBOOK_OIDC_CLIENT_ID');
    if (!this.mapping || (oidc && this.options.accessFile === undefined))
      throw new SignInError('ACCESS_FILE_REQUIRED', 'nobody could sign in without a mapping from claims to roles: set DAYBOOK_ACCESS_FILE to one (docs/operations.md shows it)');
    if (oidc) clientSecret(oidc);
  }

  /** Who this account of the operating system is at the command line; undefined when nobody. */
  account(user: string): Reader | undefined {
    return this.mapping && accountReader(this.mapping, user);
  }

  /**
   * Where a browser goes to sign in. `fresh`: the person has to prove again who they are.
   * @throws StoreUnavailableError when the identity provider does not answer
   */
  async begin(browser: string, returnTo: string, fresh: boolean): Promise<string> {
    const { randomState, randomNonce, randomPKCECodeVerifier, calculatePKCECodeChallenge, buildAuthorizationUrl } = await openidClient();
    const { client } = await this.known();
    const sent = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), returnTo, fresh };
    await this.pending.keep(browser, sent);
    const { scope, multiFactor } = this.mapping!;
    return buildAuthorizationUrl(client, {
      redirect_uri: `${this.publicUrl}${CALLBACK_PATH}`, scope, state: sent.state, nonce: sent.nonce,
      code_challenge: await calculatePKCECodeChallenge(sent.verifier), code_challenge_method: 'S256',
      ...(multiFactor.acr.length > 0 && { acr_values: multiFactor.acr.join(' ') }),
      // Invented users are always chosen anew: nobody could change roles otherwise.
      ...((fresh || this.identity) && { prompt: 'login' }), ...(fresh && { max_age: String(FRESH) }),
    }).href;
  }

  /**
   * Takes back a browser that the identity provider sent. `url`: the address it came to, path and query; `previous`: the id of the session that it holds.
   * @throws StrangerError; @throws StoreUnavailableError when the identity provider does not answer
   */
  async complete(browser: string, url: string, previous?: string): Promise<SignedIn> {
    const back = new URL(url, this.publicUrl);
    const sent = await this.pending.take(browser, back.searchParams.get('state') ?? '');
    if (!sent) throw new StrangerError('NOT_OURS');
    const { authorizationCodeGrant } = await openidClient();
    const { client } = await this.known();
    const checks = { expectedState: sent.state, expectedNonce: sent.nonce, pkceCodeVerifier: sent.verifier, idTokenExpected: true, ...(sent.fresh && { maxAge: FRESH }) };
    const claims = await authorizationCodeGrant(client, back, checks).then((tokens) => tokens.claims(), () => undefined);
    if (!claims) throw new StrangerError('NOT_OURS');
    const reader = this.letIn(claims, sent.fresh);
    const to = { subject: claims.sub, ...(typeof claims.sid === 'string' && { issuerSession: claims.sid }) };
    return { id: await this.sessions.open(reader, to, previous), returnTo: sent.returnTo };
  }

  /** Where a browser that has signed out here goes so that the identity provider's session ends too; undefined when there is no such place. */
  async endSession(): Promise<string | undefined> {
    if (this.identity) return undefined;
    return this.known().then((issuer) => issuer.endSession(`${this.publicUrl}/signed-out`), () => undefined);
  }

  /** Ends what the identity provider says is over; false when it is not the provider who says it. */
  async backChannel(logoutToken: string): Promise<boolean> {
    const ended = await loggedOut(await this.known(), logoutToken, this.now());
    if (ended) await this.sessions.endIssued(ended, ended.at);
    return ended !== undefined;
  }

  /**
   * An access token of an invented user.
   * @throws SignInError when there are none, or not this one
   */
  async tokenFor(user: string, minutes: number): Promise<string> {
    if (!this.identity) throw new SignInError('NO_IDENTITIES', 'tokens are made for invented users of sample and trial folders alone; this folder’s people get theirs from their identity provider');
    return this.identity.accessToken(user, this.audience, minutes);
  }

  close(): void {
    this.stopSweeping();
    this.state?.close();
  }

  private letIn(claims: Claims & { readonly sub: string }, fresh: boolean): Reader {
    try {
      const reader = readerOf(this.mapping!, claims, { provedAt: provedAt(claims) });
      if (fresh && !isFresh(reader, this.now())) throw new StrangerError(reader.provedAt === provedAt(claims) ? 'NOT_FRESH' : 'ONE_FACTOR');
      return reader;
    } catch (error) {
      throw error instanceof StrangerError ? new StrangerError(error.code, claims.sub) : error;
    }
  }

  private async tokenRules(): Promise<TokenRules> {
    if (!this.mapping) throw new StrangerError('NO_RULE');
    const [issuer, keys]: [string, JWTVerifyGetKey] = this.identity ? [this.identity.issuer, this.identity.publicKeys] : await this.known().then((known) => [known.issuer, known.keys]);
    return { issuer, audience: this.audience, keys, mapping: this.mapping, revokedAt: (user) => this.sessions.revokedAt(user), now: this.now };
  }

  // Asked when it is first needed: an identity provider that is away must not keep the program from starting. A failure is asked about again.
  private known(): Promise<Issuer> {
    this.issuer ??= this.discover().catch((error: unknown) => {
      this.issuer = undefined;
      throw error;
    });
    return this.issuer;
  }

  private async discover(): Promise<Issuer> {
    const { oidc } = this.options;
    if (this.identity) return discoverIssuer({ issuer: this.identity.issuer, clientId: IDENTITY_CLIENT }, undefined);
    if (!oidc) throw new SignInError('ISSUER_REQUIRED', 'there is no identity provider: set DAYBOOK_OIDC_ISSUER');
    return discoverIssuer(oidc, clientSecret(oidc));
  }
}

const mappingFor = ({ accessFile, users, roles, accountRoles }: SignInOptions): Mapping | undefined => {
  if (accessFile !== undefined) return parseMapping(readJson(accessFile), roles, accountRoles);
  return users && parseMapping(inventedMapping(users), roles);
};

const readJson = (file: string): unknown => {
  try {
    // Who may write it gives out roles.
    if ((fs.statSync(file).mode & 0o002) !== 0) throw new SignInError('ACCESS_FILE_OPEN_TO_OTHERS', `the file that DAYBOOK_ACCESS_FILE names may be written by anybody (${path.basename(file)}): let its owner alone write it (chmod o-w)`);
    return JSON.parse(fs.readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    if (error instanceof SignInError) throw error;
    throw new SignInError('ACCESS_FILE_UNREADABLE', `the file that DAYBOOK_ACCESS_FILE names cannot be read as JSON: ${path.resolve(file)}`);
  }
};

/**
 * Opens the sessions of a folder and gets ready to sign people in. Nothing is asked of the identity provider yet.
 * @throws SignInError when the mapping cannot be used; @throws StoreUnavailableError when the sessions cannot
 */
export const openSignIn = (options: SignInOptions): SignIn => new SignIn(options);
