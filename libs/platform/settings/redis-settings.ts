const RULE = 'must be redis://host:port or rediss://host:port (TLS), with user:password@ before the host and /number of a database after the port where there are such';

/** Undefined when jobs can be kept there. Nothing else may stand in it: what follows a `?` would be options of the client. */
export const redisRule = (value: string): string | undefined => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isOurs = url && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '' && /^(\/\d{0,3})?$/.test(url.pathname) && !/[?#\s]/.test(value);
  return isOurs ? undefined : RULE;
};
