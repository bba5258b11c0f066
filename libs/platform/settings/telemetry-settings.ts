/** Where those who watch over the program get what it measures and how it spends its time. */
export interface TelemetrySettings {
  /** Where Prometheus asks; absent: nothing is measured. */
  readonly metrics?: { readonly host: string; readonly port: number };
  /** Where traces go, by OTLP over HTTP; absent: there are none. `share` of the requests and jobs, from 0 to 1. */
  readonly traces?: { readonly url: string; readonly share: number };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Of a request a second, few enough to be kept; a force that looks for something sets more for a while. */
const USUAL_SHARE = 0.05;

const PLACE = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):(\d{1,5})$/i;

const metricsRule = (value: string): string | undefined => {
  const [, , , port] = PLACE.exec(value) ?? [];
  return port !== undefined && Number(port) <= 65_535 ? undefined : 'must be an address and a port such as 127.0.0.1:9464';
};

const otlpRule = (value: string): string | undefined => {
  const fault = 'must be the address that takes traces, such as http://127.0.0.1:4318/v1/traces: http or https, without a password, query or fragment';
  if (!URL.canParse(value)) return fault;
  const { protocol, pathname, username, password, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && pathname !== '/' && username + password + search + hash === '' ? undefined : fault;
};

const shareRule = (value: string): string | undefined =>
  /^(0|1|0?\.\d{1,6}|1\.0{1,6})$/.test(value) ? undefined : 'must be a share from 0 to 1, such as 0.05';

export const telemetryRules: Readonly<Record<string, (value: string) => string | undefined>> = {
  DAYBOOK_METRICS_LISTEN: metricsRule, DAYBOOK_OTLP_URL: otlpRule, DAYBOOK_TRACE_SHARE: shareRule,
};

/** What the settings demand of each other. */
export const telemetryProblems = (value: Environment): { readonly variable: string; readonly rule: string }[] =>
  (value.DAYBOOK_TRACE_SHARE && !value.DAYBOOK_OTLP_URL ? [{ variable: 'DAYBOOK_TRACE_SHARE', rule: 'needs DAYBOOK_OTLP_URL' }] : []);

export const telemetrySettings = ({ DAYBOOK_METRICS_LISTEN: listen, DAYBOOK_OTLP_URL: url, DAYBOOK_TRACE_SHARE: share }: Environment): TelemetrySettings => {
  const [, v6, name, port] = PLACE.exec(listen ?? '') ?? [];
  return Object.freeze({
    ...(listen === undefined ? {} : { metrics: { host: (v6 ?? name)!, port: Number(port) } }),
    ...(url === undefined ? {} : { traces: { url, share: share === undefined ? USUAL_SHARE : Number(share) } }),
  });
};
