import { createHash } from 'node:crypto';
import type { Reader } from '#platform/access';
import { StrangerError } from './errors';

/** What an identity provider says of somebody, of an id token or an access token. */
export type Claims = Readonly<Record<string, unknown>>;

/** A value of the mapping itself, or the one that a claim holds. */
export type Mapped = string | { readonly claim: string };

/** Who gets which role. `when`: each claim named holds at least one of its values. */
export interface MappingRule {
  readonly when: Readonly<Record<string, readonly string[]>>;
  readonly role: Mapped;
  readonly agency: Mapped;
  readonly team?: Mapped;
}

/** Who a command line is run by. */
export interface MappedAccount {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly agency: string;
}

/** How what an identity provider says becomes a reader; `parseMapping` makes it from a file. */
export interface Mapping {
  readonly claims: { readonly id: string; readonly name: string };
  /** Values of `acr` and `amr` that stand for more than one factor: any of them. */
  readonly multiFactor: { readonly acr: readonly string[]; readonly amr: readonly string[] };
  readonly requireMultiFactor: boolean;
  /** The first that fits decides. */
  readonly rules: readonly MappingRule[];
  /** By name of the account in the operating system. */
  readonly accounts: Readonly<Record<string, MappedAccount>>;
  /** A session ends so many minutes after its last use. */
  readonly idleMinutes: number;
  /** A session ends so many hours after it began. */
  readonly absoluteHours: number;
  /** Asked of the identity provider. */
  readonly scope: string;
  /** `typ` of the access tokens that the JSON door takes. */
  readonly accessTokenType: string;
  /** Whom to ask, as the page of somebody without a role says it. */
  readonly contact?: string;
  /** Roles that people may have. */
  readonly roles: readonly string[];
}

/** What a door knows of a proof of identity beside the person. */
export interface Proof {
  /** ms since 1970; 0 when unknown, which is never fresh. */
  readonly provedAt: number;
  readonly session?: string;
}

const LONGEST = 200;
// Control characters and marks that turn the direction of writing have no business in an id or a name.
const odd = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const textOf = (claims: Claims, name: string): string | undefined => {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const text = typeof value === 'string' ? value.trim() : '';
  return text !== '' && text.length <= LONGEST && !odd.test(text) ? text : undefined;
};

const valuesOf = (claims: Claims, name: string): readonly unknown[] => {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return Array.isArray(value) ? value : [value];
};

const valueOf = (claims: Claims, mapped: Mapped): string | undefined => (typeof mapped === 'string' ? mapped : textOf(claims, mapped.claim));

const fits = (claims: Claims, { when }: MappingRule): boolean =>
  Object.entries(when).every(([name, wanted]) => valuesOf(claims, name).some((value) => typeof value === 'string' && wanted.includes(value)));

const hasSecondFactor = (claims: Claims, { acr, amr }: Mapping['multiFactor']): boolean =>
  valuesOf(claims, 'acr').some((value) => acr.includes(value as string)) || valuesOf(claims, 'amr').some((value) => amr.includes(value as string));

/** Whether the identity provider tells of more than one factor at all. */
const offersMore = ({ multiFactor: { acr, amr } }: Mapping): boolean => acr.length + amr.length > 0;

/** When the person proved who they are, as far as the claims say; ms since 1970. */
export const provedAt = (claims: Claims): number => (typeof claims.auth_time === 'number' && Number.isFinite(claims.auth_time) ? claims.auth_time * 1000 : 0);

/**
 * The reader that claims stand for. The first rule that fits decides; when it names a role that does not exist, or a claim that is not there, nobody is signed in.
 * @throws StrangerError
 */
export const readerOf = (mapping: Mapping, claims: Claims, proof: Proof): Reader => {
  const id = textOf(claims, mapping.claims.id);
  const rule = mapping.rules.find((each) => fits(claims, each));
  if (id === undefined || !rule) throw new StrangerError('NO_RULE');
  const [role, agency, team] = [valueOf(claims, rule.role), valueOf(claims, rule.agency), rule.team && valueOf(claims, rule.team)];
  if (role === undefined || agency === undefined || !mapping.roles.includes(role)) throw new StrangerError('NO_RULE');
  const multiFactor = hasSecondFactor(claims, mapping.multiFactor);
  if (mapping.requireMultiFactor && !multiFactor) throw new StrangerError('ONE_FACTOR');
  // Who gets in with a password alone proves nothing by it that an act of weight may rest on, where more could have been asked.
  const provedAt = multiFactor || !offersMore(mapping) ? proof.provedAt : 0;
  return {
    kind: 'user', id, name: textOf(claims, mapping.claims.name) ?? id, role, agency, ...(team === undefined ? {} : { team }), multiFactor, ...proof, provedAt,
  };
};

/** Who an account of the operating system is at the command line; undefined when the mapping does not name it. */
export const accountReader = ({ accounts }: Mapping, user: string): Reader | undefined =>
  Object.hasOwn(accounts, user) ? { kind: 'system', ...accounts[user]!, multiFactor: false, provedAt: 0 } : undefined;

/** Tells one mapping from another, and one identity provider: readers of an older one sign in again. */
export const mappingDigest = (mapping: Mapping, issuer: string): string => createHash('sha256').update(JSON.stringify([mapping, issuer])).digest('base64url');
