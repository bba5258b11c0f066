import net from 'node:net';

/** The force's identity provider, and who we are to it. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** File of the client's secret; absent: it has none. */
  readonly secretFile?: string;
}

/** How people sign in, and what browsers see. */
export interface SignInSettings {
  /** Scheme, host and port that browsers see; absent: those where the program listens. */
  readonly publicUrl?: string;
  /** Proxies in front of the program whose words about who asks are believed. */
  readonly trustProxy: number;
  readonly oidc?: OidcSettings;
  /** Mapping of claims to roles. */
  readonly accessFile?: string;
}

type Values = Readonly<Record<string, string | undefined>>;
interface Problem {
  readonly variable: string;
  readonly rule: string;
}

const LOOPBACK = /^(localhost|::1|\[::1\]|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

const urlOf = (value: string): URL | undefined => (URL.canParse(value) ? new URL(value) : undefined);
const confidential = ({ protocol, hostname }: URL): boolean => protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));

const issuerRule = (value: string): string | undefined => {
  const url = urlOf(value);
  return url && confidential(url) && url.search === '' && url.hash === '' && url.username === '' ? undefined : 'must be the https address of an identity provider';
};

const publicUrlRule = (value: string): string | undefined => {
  const url = urlOf(value);
  const bare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && !value.includes('?') && !value.includes('#');
  return url && bare && confidential(url) ? undefined : 'must be what browsers see: https, a host and perhaps a port, and no path (http for a loopback address alone)';
};

/** Rules of one variable each. */
export const signInRules: Readonly<Record<string, (value: string) => string | undefined>> = {
  DAYBOOK_OIDC_ISSUER: issuerRule,
  DAYBOOK_PUBLIC_URL: publicUrlRule,
  DAYBOOK_TRUST_PROXY: (value) => (/^\d$/.test(value) ? undefined : 'must be the number of proxies in front of the program, from 0 to 9'),
  DAYBOOK_LISTEN: (value) => (value === 'localhost' || net.isIP(value) ? undefined : 'must be an address of this machine, such as 127.0.0.1'),
};

/** Variables of sign-in. */
export const signInVariables = ['DAYBOOK_OIDC_ISSUER', 'DAYBOOK_OIDC_CLIENT_ID', 'DAYBOOK_OIDC_SECRET_FILE', 'DAYBOOK_PUBLIC_URL', 'DAYBOOK_TRUST_PROXY', 'DAYBOOK_ACCESS_FILE'];

const withoutIssuer = ({ DAYBOOK_LISTEN: listen = '127.0.0.1', DAYBOOK_PUBLIC_URL: publicUrl, ...value }: Values): Problem[] => [
  ...['DAYBOOK_OIDC_CLIENT_ID', 'DAYBOOK_OIDC_SECRET_FILE'].filter((variable) => value[variable] !== undefined).map((variable) => ({ variable, rule: 'means nothing without DAYBOOK_OIDC_ISSUER' })),
  ...(LOOPBACK.test(listen) ? [] : [{ variable: 'DAYBOOK_LISTEN', rule: 'must be a loopback address such as 127.0.0.1 while DAYBOOK_OIDC_ISSUER is not set: invented users sign in by choice alone' }]),
  ...(publicUrl === undefined || LOOPBACK.test(urlOf(publicUrl)?.hostname ?? '') ? [] : [{ variable: 'DAYBOOK_PUBLIC_URL', rule: 'must name a loopback address while DAYBOOK_OIDC_ISSUER is not set: invented users sign in by choice alone' }]),
];

const withIssuer = ({ DAYBOOK_LISTEN: listen = '127.0.0.1', DAYBOOK_PUBLIC_URL: publicUrl, DAYBOOK_OIDC_CLIENT_ID: clientId }: Values): Problem[] => [
  ...(clientId === undefined ? [{ variable: 'DAYBOOK_OIDC_CLIENT_ID', rule: 'must be set beside DAYBOOK_OIDC_ISSUER: the name under which the identity provider knows this program' }] : []),
  ...(LOOPBACK.test(listen) || publicUrl !== undefined ? [] : [{ variable: 'DAYBOOK_PUBLIC_URL', rule: 'must be set when the program listens on more than a loopback address: browsers are sent back there' }]),
];

/** What is wrong between the variables; each for itself is as it should be. */
export const signInProblems = (value: Values): Problem[] => (value.DAYBOOK_OIDC_ISSUER === undefined ? withoutIssuer(value) : withIssuer(value));

/** The settings of sign-in. `place` makes a path of a variable absolute. */
export const signInSettings = (value: Values, place: (variable: string) => string): SignInSettings => {
  const { DAYBOOK_PUBLIC_URL: publicUrl, DAYBOOK_OIDC_ISSUER: issuer, DAYBOOK_OIDC_CLIENT_ID: clientId } = value;
  const file = (variable: string): string | undefined => (value[variable] === undefined ? undefined : place(variable));
  const [secretFile, accessFile] = [file('DAYBOOK_OIDC_SECRET_FILE'), file('DAYBOOK_ACCESS_FILE')];
  return Object.freeze({
    trustProxy: Number(value.DAYBOOK_TRUST_PROXY ?? 0),
    ...(publicUrl === undefined ? {} : { publicUrl: new URL(publicUrl).origin }),
    ...(issuer === undefined || clientId === undefined ? {} : { oidc: Object.freeze({ issuer, clientId, ...(secretFile === undefined ? {} : { secretFile }) }) }),
    ...(accessFile === undefined ? {} : { accessFile }),
  });
};
