import { readSettings } from './settings';

const telemetry = (env: Record<string, string>) => readSettings(env, '/srv').telemetry;
const problems = (env: Record<string, string>): readonly string[] => {
  try {
    telemetry(env);
    return [];
  } catch (error) {
    return (error as { readonly problems: readonly { readonly variable: string }[] }).problems.map(({ variable }) => variable);
  }
};

describe('settings of metrics and traces', () => {
  it('ask for nothing when nothing is set', () => expect(telemetry({})).toEqual({}));

  it('give an address to the metrics, and traces a place and a share', () => {
    expect(telemetry({ DAYBOOK_METRICS_LISTEN: '[::1]:9464', DAYBOOK_OTLP_URL: 'http://collector:4318/v1/traces', DAYBOOK_TRACE_SHARE: '0.25' })).toEqual({
      metrics: { host: '::1', port: 9464 }, traces: { url: 'http://collector:4318/v1/traces', share: 0.25 },
    });
    expect(telemetry({ DAYBOOK_OTLP_URL: 'https://collector/v1/traces' }).traces).toEqual({ url: 'https://collector/v1/traces', share: 0.05 });
  });

  it.each(['9464', ':9464', 'host', 'host:70000', 'host:9464/metrics', 'http://host:9464', '::1:9464'])('take no %j for an address of metrics', (value) => {
    expect(problems({ DAYBOOK_METRICS_LISTEN: value })).toEqual(['DAYBOOK_METRICS_LISTEN']);
  });

  it.each(['collector:4318', 'grpc://collector:4317/', 'http://collector:4318', 'http://user:secret@collector/v1/traces', 'http://collector/v1/traces?key=secret'])('send no traces to %j', (value) => {
    expect(problems({ DAYBOOK_OTLP_URL: value })).toEqual(['DAYBOOK_OTLP_URL']);
  });

  it.each(['2', '-0.1', '1.5', '5 %', '1e-3'])('take no share of %j', (value) => {
    expect(problems({ DAYBOOK_OTLP_URL: 'http://collector/v1/traces', DAYBOOK_TRACE_SHARE: value })).toEqual(['DAYBOOK_TRACE_SHARE']);
  });

  it('name a share that is of nothing, with everything else that is wrong', () => {
    expect([...problems({ DAYBOOK_TRACE_SHARE: '0.5', DAYBOOK_METRICS_LISTEN: 'nowhere', DAYBOOK_PORT: 'x' })].sort()).toEqual(['DAYBOOK_METRICS_LISTEN', 'DAYBOOK_PORT', 'DAYBOOK_TRACE_SHARE']);
  });
});
