import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readSettings } from '#platform/settings';
import { ATTRIBUTES, openTelemetry } from '#platform/telemetry';
import { openDaybook, serve } from '../../apps/daybook';
import type { Daybook, RunningServer } from '../../apps/daybook';

const NAME = 'Zwetschgenbaum';
const TEXT = 'seen near the quarkling orchard';
const USER = 'DS 2256';
const ADDRESS = '12 Larchwood Row';
/** What nobody may find in what the program tells of itself; also not as it would stand in an address. */
const PLANTED = [NAME, NAME.toUpperCase(), 'quarkling', 'Larchwood', USER, 'DS+2256', 'DS%202256', 'INV-', 'PER-'];

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
  readonly links?: readonly { readonly spanId: string }[];
}

/** A collector of traces on a port of its own. */
class Collector {
  readonly bodies: string[] = [];
  private constructor(private readonly server: http.Server) {}

  static async open(): Promise<Collector> {
    const server = http.createServer();
    const collector = new Collector(server);
    server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        collector.bodies.push(Buffer.concat(parts).toString('utf8'));
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/traces`;
  }

  get spans(): readonly Span[] {
    type Sent = { readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[] };
    return this.bodies.flatMap((body) => (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

jest.setTimeout(120_000);

describe('what the program tells of itself while people and free texts go through it', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-told-'));
  let collector: Collector;
  let daybook: Daybook;
  let running: RunningServer;
  let metrics: string;
  let requestId: string | undefined;
  const lines: string[] = [];

  const send = async (method: string, address: string, body?: object): Promise<{ readonly status: number; readonly body: Record<string, string> }> => {
    const token = await daybook.signIn.tokenFor(USER, 60);
    const answer = await fetch(`${running.url}${address}`, {
      method, headers: { authorization: `Bearer ${token}`, 'daybook-access-reason': 'OTHER', 'daybook-access-words': encodeURIComponent(TEXT), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json().catch(() => ({}))) as Record<string, string> };
  };

  /** Registers somebody, opens a case with a suspect who is outstanding for too long, looks, searches, and asks for what is refused and what is not there. */
  const drive = async (): Promise<void> => {
    const person = await send('POST', '/api/v1/people', { familyName: NAME, sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_KNOWN', nationality: 'NOT_KNOWN', reason: TEXT });
    const opened = await send('POST', '/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], title: TEXT, summary: ADDRESS, effectiveAt: { precision: 'day', from: '2019-03-01' } });
    const id = opened.body.id;
    const suspect = { quality: 'NAMED', nominalId: person.body.id, basis: TEXT, effectiveAt: { precision: 'day', from: '2019-03-05' } };
    const linked = await send('POST', `/api/v1/investigations/${id}/suspects`, suspect);
    const again = await send('POST', `/api/v1/investigations/${id}/suspects`, suspect);
    expect([person, opened, linked, again].map(({ status }) => status)).toEqual([201, 201, 201, 422]);
    await daybook.reads.waitFor(daybook.store.positionOfNumber(daybook.store.currentHead().number)!, 10_000);
    for (const address of [`/api/v1/investigations/${id}`, `/api/v1/people/${person.body.id}`, `/api/v1/investigations?area=${NAME}`, `/people/${NAME}?q=${encodeURIComponent(ADDRESS)}`, `/${NAME}/${encodeURIComponent(TEXT)}`]) await send('GET', address);
    const broken = jest.spyOn(daybook.vault, 'open').mockImplementation(() => { throw new Error(`${NAME} of ${ADDRESS}`); });
    requestId = (await send('GET', `/api/v1/people/${person.body.id}`)).body.instance;
    broken.mockRestore();
  };

  const jobDone = async (): Promise<void> => {
    for (let i = 0; i < 200 && !(await (await fetch(running.metricsUrl!)).text()).includes('daybook_job_duration_seconds_count'); i++) await delay(50);
  };

  beforeAll(async () => {
    collector = await Collector.open();
    const heard = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    const settings = readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_PORT: '0', DAYBOOK_METRICS_LISTEN: '127.0.0.1:0', DAYBOOK_OTLP_URL: collector.url, DAYBOOK_TRACE_SHARE: '1' });
    daybook = await openDaybook(settings, { telemetry: openTelemetry(settings.telemetry, 'daybook') });
    running = await serve(daybook);
    await drive();
    await jobDone();
    metrics = await (await fetch(running.metricsUrl!)).text();
    await running.stop();
    heard.mockRestore();
  });
  afterAll(async () => {
    await collector.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const planted = (told: string): readonly string[] => PLANTED.filter((each) => told.includes(each));

  it('names in its metrics nobody, no record and no address', () => {
    expect(planted(metrics)).toEqual([]);
    expect(metrics).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(metrics).toContain('daybook_http_requests_total{method="GET",route="/api/v1/investigations/:ref",status="200"} 1');
    expect(metrics).toContain('route="none",status="404"');
    expect(metrics).toMatch(/daybook_command_duration_seconds_count\{command="OpenInvestigation",outcome="DONE"\} 1/);
    expect(metrics).toMatch(/daybook_command_duration_seconds_count\{command="LinkSuspect",outcome="[A-Z_]+"\} 1/);
    expect(metrics).toContain('daybook_event_store_state{state="LIVE"} 1');
    expect(metrics).toMatch(/daybook_look_duration_seconds_count\{outcome="LOG"\} [1-9]/);
    expect(metrics).toMatch(/daybook_key_store_duration_seconds_count\{call="ensure",outcome="DONE"\} [1-9]/);
    expect(metrics).toMatch(/daybook_projection_batch_duration_seconds_count\{log="ledger"\} [1-9]/);
  });

  it('names in its traces nobody and no record, and says what it says by the list of attributes', () => {
    const told = collector.bodies.join('\n');
    expect(planted(told)).toEqual([]);
    expect(collector.spans.length).toBeGreaterThan(10);
    const allowed: readonly string[] = ATTRIBUTES;
    expect([...new Set(collector.spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)))].filter((key) => !allowed.includes(key))).toEqual([]);
    expect(told).not.toContain('withheld');
  });

  it('follows a request through command, append and batch, and what the batch called for by a link', () => {
    const { spans } = collector;
    const one = (name: string): Span => spans.find((span) => span.name === name)!;
    const [request, command] = [one('POST /api/v1/investigations'), one('command OpenInvestigation')];
    const append = spans.find(({ parentSpanId, name }) => name === 'append investigation' && parentSpanId === command.spanId)!;
    expect(command.parentSpanId).toBe(request.spanId);
    const batches = spans.filter(({ name }) => name === 'projection batch');
    const follows = batches.filter(({ parentSpanId, links = [] }) => [parentSpanId, ...links.map(({ spanId }) => spanId)].includes(append.spanId));
    expect(follows).toHaveLength(1);
    const job = one('job escalate-outstanding-suspects');
    expect(batches.map(({ spanId }) => spanId)).toContain(job.links![0]!.spanId);
    expect(job.traceId).not.toBe(request.traceId);
  });

  it('names in its log nobody and no record, and a request by the id of its trace', () => {
    expect(planted(lines.join(''))).toEqual([]);
    const told = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, string>);
    expect(told.find(({ message }) => message === 'request failed')).toMatchObject({ program: 'daybook', instance: requestId });
    expect(collector.spans.map(({ traceId }) => `urn:request:${traceId}`)).toContain(requestId);
  });
});
