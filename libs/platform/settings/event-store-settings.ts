const ADDRESS = /^(esdb|kurrentdb)(\+discover)?:\/\/([^\s:@/]+:[^\s@/]+@)?[^\s:@/?,]+(:\d{1,5})?(,[^\s:@/?,]+(:\d{1,5})?)*\/?(\?[^\s=&?]+=[^\s&?]+(&[^\s=&?]+=[^\s&?]+)*)?$/;

/** As KurrentDB writes them; `maxAppendSize` is ours. */
const PARAMETERS = new Set(['tls', 'tlsVerifyCert', 'tlsCAFile', 'userCertFile', 'userKeyFile', 'connectionName', 'nodePreference', 'maxDiscoverAttempts', 'discoveryInterval',
  'gossipTimeout', 'keepAliveInterval', 'keepAliveTimeout', 'defaultDeadline', 'maxAppendSize'].map((name) => name.toLowerCase()));

/**
 * What is wrong with the connection string of a log in EventStoreDB or KurrentDB; undefined when nothing is. Never quotes it: it may hold a
 * password. The client would print the whole of it where a parameter is unknown to it, and reads names that are spelt otherwise.
 */
export const kurrentRule = (value: string): string | undefined => {
  if (!ADDRESS.test(value)) return 'must be embedded, or a connection string such as esdb://user:password@host:2113,host:2113?tls=true';
  const given = (value.split('?')[1]?.split('&') ?? []).map((pair) => pair.split('=') as [string, string]).map(([name, said]) => [name.toLowerCase(), said] as const);
  if (given.some(([name]) => !PARAMETERS.has(name))) return 'has a parameter that is not known: see docs/operations.md for those that are';
  if (new Set(given.map(([name]) => name)).size < given.length) return 'says a parameter twice';
  if (given.some(([name, said]) => name === 'tls' && said !== 'true' && said !== 'false')) return 'must say tls=true or tls=false, or nothing: then it is true';
  if (given.some(([name, said]) => name === 'tlsverifycert' && said !== 'true')) return 'cannot leave certificates unchecked: name their authority with tlsCAFile instead of tlsVerifyCert=false';
  return undefined;
};

/** @see kurrentRule */
export const eventStoreRule = (value: string): string | undefined => (value === 'embedded' ? undefined : kurrentRule(value));
