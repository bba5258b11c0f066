import { DomainError } from '#kernel';
import { Metrics } from './metrics';
import { serveMetrics } from './metrics-server';
import type { MetricsServer } from './metrics-server';

const valueOf = async (metrics: Metrics, line: string): Promise<number | undefined> => {
  const found = (await metrics.text()).split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length));
};

describe('the metrics', () => {
  let metrics: Metrics;
  beforeEach(() => { metrics = new Metrics(); });

  it('count work by its name and how it ended, and never by what an error says', async () => {
    await metrics.timed('commandSeconds', 'OpenInvestigation', () => Promise.resolve());
    await expect(metrics.timed('commandSeconds', 'LinkSuspect', () => Promise.reject(new DomainError('PERSON_ALREADY_LINKED')))).rejects.toThrow();
    await expect(metrics.timed('commandSeconds', 'LinkSuspect', () => Promise.reject(Object.assign(new Error('x'), { code: 'Jamie Example' })))).rejects.toThrow();
    expect(await valueOf(metrics, 'daybook_command_duration_seconds_count{command="OpenInvestigation",outcome="DONE"}')).toBe(1);
    expect(await valueOf(metrics, 'daybook_command_duration_seconds_count{command="LinkSuspect",outcome="PERSON_ALREADY_LINKED"}')).toBe(1);
    expect(await valueOf(metrics, 'daybook_command_duration_seconds_count{command="LinkSuspect",outcome="FAULT"}')).toBe(1);
    expect(await metrics.text()).not.toContain('Jamie');
  });

  it('time no answer that is a stream, and count it all the same', async () => {
    metrics.answered('GET', '/live', 200, undefined);
    metrics.answered('GET', '/', 200, 3);
    expect(await valueOf(metrics, 'daybook_http_requests_total{method="GET",route="/live",status="200"}')).toBe(1);
    expect(await valueOf(metrics, 'daybook_http_request_duration_seconds_count{method="GET",route="/live"}') ?? 0).toBe(0);
    expect(await valueOf(metrics, 'daybook_http_request_duration_seconds_sum{method="GET",route="/"}')).toBe(0.003);
  });

  it('are told also when a part of the program cannot be looked at, and say which', async () => {
    metrics.onAsked('jobs', () => Promise.reject(new Error('away')));
    metrics.onAsked('pages', () => metrics.families.liveStreams.set(7));
    expect(await valueOf(metrics, 'daybook_live_streams')).toBe(7);
    expect(await valueOf(metrics, 'daybook_scrape_failures_total{part="jobs"}')).toBe(2);
  });

  it('have what Node.js tells of its event loop, its memory and its garbage', () => {
    expect(metrics.names).toEqual(expect.arrayContaining(['nodejs_eventloop_lag_p99_seconds', 'nodejs_gc_duration_seconds', 'process_resident_memory_bytes', 'process_cpu_seconds_total']));
  });

  it('count nothing together with those of another program in the same process', async () => {
    new Metrics().answered('GET', '/', 200, 1);
    expect(await valueOf(metrics, 'daybook_http_requests_total{method="GET",route="/",status="200"}')).toBeUndefined();
  });
});

describe('the address of the metrics', () => {
  let server: MetricsServer;
  beforeEach(async () => { server = await serveMetrics(new Metrics(), { host: '127.0.0.1', port: 0 }); });
  afterEach(() => server.close());

  it('answers Prometheus, and nothing else', async () => {
    const { origin } = new URL(server.url);
    const [own, post, other] = await Promise.all([fetch(server.url), fetch(server.url, { method: 'POST' }), fetch(`${origin}/`)]);
    expect([own.status, post.status, other.status]).toEqual([200, 404, 404]);
    expect(own.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await own.text()).toContain('# TYPE daybook_http_requests_total counter');
  });

  it('says which setting asked for it where it cannot be had', async () => {
    const { port } = new URL(server.url);
    await expect(serveMetrics(new Metrics(), { host: '127.0.0.1', port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE', setting: 'DAYBOOK_METRICS_LISTEN' });
  });
});
