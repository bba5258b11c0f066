import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Seeded } from '#test/seeded';
import { authorise, authorisation, request, shotAt } from './http/mutations';
import type { Shot, Template } from './http/mutations';
import { prepare, templatesOf } from './http/templates';
import { Wire } from './http/wire';
import type { Answered } from './http/wire';

const soak = process.env.DAYBOOK_FAULTS === 'soak';
const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const SHOTS = soak ? 5_000_000 : 200_000;
const SECONDS = soak ? 3_600 : 60;
const WIRES = 12;

interface Usage {
  readonly largestRss: number;
  readonly events: number;
  readonly delayMs: { readonly p99: number; readonly max: number };
}

const BLNS = path.join(__dirname, '../../../shared/data/nasty/blns/blns.json');
const ownNasty = ['', ' ', '\u202etxt.exe', 'Zoe\u0308', '\u0000', '\ufeff', '\u2028', '${7*7}', '{{7*7}}', '<script>alert(1)</script>', "' OR 1=1 --", '../../etc/passwd', '\ud83d', 'x'.repeat(100_000)];
const nasty = [...ownNasty, ...(fs.existsSync(BLNS) ? (JSON.parse(fs.readFileSync(BLNS, 'utf8')) as string[]) : [])];

const told = <T>(child: ChildProcess): Promise<T> => new Promise((resolve, reject) => {
  child.once('message', (message) => resolve(message as T));
  child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
});

describe('a server that is sent what nobody should send', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-http-'));
  let server: ChildProcess;
  let port: number;
  let templates: Template[];
  const errors: string[] = [];

  const used = (): Promise<Usage> => {
    const answer = told<Usage>(server);
    server.send('used');
    return answer;
  };

  beforeAll(async () => {
    server = fork(path.join(__dirname, '../support/http-server.mjs'), [folder], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    server.stderr!.on('data', (chunk: Buffer) => errors.push(chunk.toString('utf8')));
    const { url, token, disclosure } = await told<{ url: string; token: string; disclosure: string }>(server);
    port = Number(new URL(url).port);
    authorise({ supervisor: token, disclosure });
    const wire = new Wire(port);
    // Whoever comes for the first time has their post written down: both have come before anything is counted.
    await wire.send(request('GET', '/api/v1/retention-reviews'));
    const records = await prepare(wire);
    await wire.send(request('GET', '/api/openapi.json'));
    templates = templatesOf(JSON.parse(wire.body) as OpenAPIObject, records);
    wire.end();
  }, 60_000);

  afterAll(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.send('stop');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  const faultOf = (shot: Shot, answered: Answered): string | undefined => {
    if (answered === 'closed') return shot.broken ? undefined : 'hung up';
    if (answered >= 500) return `answered ${answered}`;
    return shot.refused && (answered < 400 || answered >= 500) ? `answered ${answered}, which is not a refusal` : undefined;
  };

  const fire = async (seeded: Seeded, until: number, statuses: Map<Answered, number>, accepted: { count: number }): Promise<string[]> => {
    const [wire, faults] = [new Wire(port), [] as string[]];
    for (let i = 0; i < SHOTS / WIRES && Date.now() < until && faults.length < 5; i++) {
      const shot = shotAt(templates, nasty, seeded);
      const answered = await wire.send(shot.bytes);
      statuses.set(answered, (statuses.get(answered) ?? 0) + 1);
      if (answered === 200 || answered === 201) accepted.count++;
      const fault = faultOf(shot, answered);
      if (fault) faults.push(`${shot.name}: ${fault}: ${Buffer.from(shot.bytes).toString('latin1').slice(0, 300)}`);
    }
    wire.end();
    return faults;
  };

  it('knows every route of the API', () => {
    expect(templates.filter(({ method }) => method === 'POST').length).toBeGreaterThan(35);
    expect(templates.filter(({ method }) => method === 'GET').length).toBeGreaterThan(7);
  });

  it('writes nothing for what it refuses', async () => {
    const [before, wire, seeded] = [await used(), new Wire(port), new Seeded(seed)];
    for (let i = 0; i < 2_000; i++) {
      const shot = shotAt(templates, nasty, seeded);
      if (shot.refused) await wire.send(shot.bytes);
    }
    wire.end();
    expect((await used()).events).toBe(before.events);
  }, 60_000);

  it('answers 4xx and not 5xx, keeps its memory and goes on serving', async () => {
    server.send('mark');
    const [statuses, accepted, until] = [new Map<Answered, number>(), { count: 0 }, Date.now() + SECONDS * 1000];
    const slow = Array.from({ length: 20 }, () => net.connect(port, '127.0.0.1', function drip(this: net.Socket) {
      this.write(`POST /api/v1/people HTTP/1.1\r\nHost: localhost\r\n${authorisation()}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"familyName":"`);
      const timer = setInterval(() => this.write('x'), 500);
      this.once('close', () => clearInterval(timer)).on('error', () => undefined).resume();
    }));
    const faults = (await Promise.all(Array.from({ length: WIRES }, (_, i) => fire(new Seeded(seed + i), until, statuses, accepted)))).flat();
    const { largestRss, delayMs } = await used();
    const slowOpen = slow.filter((socket) => !socket.destroyed).length;
    for (const socket of slow) socket.destroy();
    const shots = [...statuses.values()].reduce((sum, count) => sum + count, 0);
    console.log(`seed ${seed}: ${shots} requests (${[...statuses].sort().map(([status, count]) => `${status}: ${count}`).join(', ')}), largest RSS ${Math.round(largestRss / 2 ** 20)} MiB, `
      + `event loop late by p99 ${delayMs.p99.toFixed(0)} ms, at most ${delayMs.max.toFixed(0)} ms; slow senders still connected ${slowOpen} of 20`);
    expect(faults).toEqual([]);
    expect(shots).toBeGreaterThan(2_000);
    expect(largestRss).toBeLessThan(700 * 2 ** 20);
    expect(delayMs.p99).toBeLessThan(200);
    const wire = new Wire(port);
    expect(await wire.send(request('GET', '/health/live'))).toBe(200);
    expect(await wire.send(request('GET', '/api/v1/figures'))).toBe(200);
    wire.end();
  }, (SECONDS + 120) * 1000);

  it('turns away 17 MiB without reading it', async () => {
    server.send('mark');
    for (let i = 0; i < 5; i++) {
      const wire = new Wire(port);
      const answered = await wire.send(request('POST', '/api/v1/people', 'x'.repeat(17 * 2 ** 20)));
      expect([413, 'closed']).toContain(answered);
      wire.end();
    }
    expect((await used()).largestRss).toBeLessThan(700 * 2 ** 20);
  }, 60_000);

  it('hangs up on senders who never end', async () => {
    const began = Date.now();
    await new Promise<void>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => socket.write(`POST /api/v1/people HTTP/1.1\r\nHost: localhost\r\n${authorisation()}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`));
      socket.on('error', () => undefined).on('close', () => resolve()).resume();
    });
    expect(Date.now() - began).toBeLessThan(40_000);
  }, 60_000);

  it('has logged nothing of what it was sent', () => {
    const log = errors.join('');
    expect(log).not.toContain('"level":"error"');
    for (const text of ['alert(1)', 'passwd', 'familyName', 'Example']) expect(log).not.toContain(text);
  });
});
