const RULE = 'must be file:/absolute/path, syslog+tls://host:port or syslog+tcp://host:port';

/** Where the security monitoring of the force gets what happens. */
export type SiemSettings =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'tcp' | 'tls'; readonly host: string; readonly port: number };

/** Undefined when it names no place. */
export const siemTarget = (value: string): SiemSettings | undefined => {
  const file = /^file:(?:\/\/)?(\/[^\0]+)$/.exec(value)?.[1];
  if (file !== undefined) return { kind: 'file', path: file };
  const [, kind, host, port] = /^syslog\+(tls|tcp):\/\/(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(\d{1,5})\/?$/.exec(value) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
  return { kind: kind as 'tcp' | 'tls', host: host.replaceAll(/[[\]]/g, ''), port: Number(port) };
};

export const siemRule = (value: string): string | undefined => (siemTarget(value) ? undefined : RULE);
