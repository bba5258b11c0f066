/** The PostgreSQL in which keys and what is remembered of people stand. */
export interface StateSettings {
  /** Name or address of its machine, or the absolute path of the folder of its socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  /** File of the password, read at each start; only its owner may read it. */
  readonly passwordFile?: string;
  /** Whether the connection is encrypted and the server's certificate and name are checked. */
  readonly tls: boolean;
  /** File of the certificate authority that the server's certificate comes from; absent: those that the system trusts. */
  readonly caFile?: string;
}

type Given = Readonly<Record<string, string | undefined>>;

const LOOPBACK = /^(localhost|::1|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\/.*)$/;

const parsed = (value: string): URL | undefined => {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  return ['postgres:', 'postgresql:'].includes(url.protocol) && url.hostname !== '' && url.hash === '' ? url : undefined;
};

const hostOf = ({ hostname }: URL): string => decodeURIComponent(hostname).replace(/^\[|\]$/g, '');
const isPlain = (url: URL): boolean => url.searchParams.get('sslmode') === 'disable' || (!url.searchParams.has('sslmode') && LOOPBACK.test(hostOf(url)));

/** What is wrong with the address of a PostgreSQL; undefined when nothing is. Never quotes it: it may hold a password. */
export const stateRule = (value: string): string | undefined => {
  const url = parsed(value);
  if (!url || url.username === '' || !/^\/[^/]+$/.test(url.pathname))
    return 'must be postgres://USER@HOST:PORT/DATABASE; for a socket, HOST is the path of its folder with %2F for /';
  const modes = url.searchParams.getAll('sslmode');
  if (modes.length > 1 || modes.some((mode) => !['verify-full', 'disable'].includes(mode))) return 'may have sslmode=verify-full, which is what it does over a network, or sslmode=disable, which sends keys and sessions in clear';
  const unknown = [...url.searchParams.keys()].find((name) => !['sslmode', 'sslrootcert'].includes(name));
  if (unknown !== undefined) return 'may have the parameters sslmode and sslrootcert alone';
  if (url.searchParams.has('sslrootcert') && isPlain(url)) return 'has sslrootcert and no TLS: set sslmode=verify-full, or leave it out';
  return undefined;
};

/** What the settings of the state demand of each other. */
export const stateProblems = (value: Given): { readonly variable: string; readonly rule: string }[] => [
  ...(value.DAYBOOK_STATE_PASSWORD_FILE && !value.DAYBOOK_STATE_URL ? [{ variable: 'DAYBOOK_STATE_PASSWORD_FILE', rule: 'needs DAYBOOK_STATE_URL' }] : []),
  ...(value.DAYBOOK_STATE_PASSWORD_FILE && value.DAYBOOK_STATE_URL && parsed(value.DAYBOOK_STATE_URL)?.password
    ? [{ variable: 'DAYBOOK_STATE_PASSWORD_FILE', rule: 'and the password in DAYBOOK_STATE_URL: give one of them' }] : []),
];

/** @param place makes a path absolute */
export const stateTarget = (value: string, passwordFile: string | undefined, place: (file: string) => string): StateSettings => {
  const url = new URL(value);
  const ca = url.searchParams.get('sslrootcert');
  return Object.freeze({
    host: hostOf(url),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(passwordFile === undefined ? {} : { passwordFile: place(passwordFile) }),
    tls: !isPlain(url),
    ...(ca === null ? {} : { caFile: place(ca) }),
  });
};
