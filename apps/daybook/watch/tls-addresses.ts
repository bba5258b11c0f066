import type { Settings } from '#platform/settings';
import type { TlsAddress } from '#platform/telemetry';

const HTTPS = 443;
const KURRENT = 2113;
const REDIS = 6379;

const at = (of: string, url: string, scheme: string, port: number): readonly TlsAddress[] => {
  if (!URL.canParse(url)) return [];
  const { protocol, hostname, port: given } = new URL(url);
  return protocol === scheme ? [{ of, host: hostname.replace(/^\[|\]$/g, ''), port: given === '' ? port : Number(given) }] : [];
};

/** Of a cluster, the first node that the connection string names: one authority signs for all of them. */
const ofLog = (eventStore: string): readonly TlsAddress[] => {
  if (/[?&]tls=false(&|$)/i.test(eventStore)) return [];
  const [host = '', port] = eventStore.replace(/^[^:]+:\/\/([^@/]*@)?/, '').split(/[,/?]/)[0]!.split(':');
  return [{ of: 'event-store', host, port: port === undefined ? KURRENT : Number(port) }];
};

/** Where a certificate that ends would stop people or the program: what browsers see, the identity provider, the log, the place of jobs. */
export const tlsAddresses = ({ signIn: { publicUrl, oidc }, eventStore, redis }: Pick<Settings, 'signIn' | 'eventStore' | 'redis'>): readonly TlsAddress[] => [
  ...at('public', publicUrl ?? '', 'https:', HTTPS),
  ...at('identity-provider', oidc?.issuer ?? '', 'https:', HTTPS),
  ...(eventStore === undefined ? [] : ofLog(eventStore)),
  ...at('redis', redis ?? '', 'rediss:', REDIS),
];
