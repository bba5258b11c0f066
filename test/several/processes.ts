import { spawn, execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { postgresMissing, PostgresServer } from '#test/postgres';
import { freePort, redisMissing, RedisServer } from '#test/redis-server';
import { startPeerProcess } from '../peers/eventstoredb/peer-process';
import type { PeerProcess } from '../peers/eventstoredb/peer-process';
import { Front } from './front';

const program = path.join(__dirname, '../../dist/apps/cli/main.js');
const run = promisify(execFile);

type Environment = Readonly<Record<string, string>>;

/** Specs of several processes over one ledger; reported as skipped, with the reason, where something that they share cannot be run. */
export const describeSeveral = (name: string, specs: () => void): void => {
  const missing = redisMissing ?? postgresMissing();
  (missing ? describe.skip : describe)(missing ? `${name} (${missing})` : name, specs);
};

/** One process of several, over a data folder of its own. It can be ended in every way and started again. */
export class Process {
  private child: ChildProcess | undefined;
  private said = '';
  private isEnding = false;
  /** How it ended where nobody had ended it. */
  readonly falls: string[] = [];

  constructor(readonly name: string, readonly part: 'api' | 'console' | 'worker', readonly port: number, private readonly env: Environment) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  launch(): void {
    const child = spawn(process.execPath, [program, 'start', '--as', this.part], { env: { PATH: process.env.PATH ?? '', ...this.env }, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (bytes: Buffer) => { this.said = (this.said + bytes.toString('utf8')).slice(-20_000); });
    this.isEnding = false;
    child.once('exit', (code, signal) => {
      if (!this.isEnding) this.falls.push(`${this.name} ended with ${String(code ?? signal)}: ${this.said.slice(-2_000)}`);
    });
    this.child = child;
  }

  get pid(): number | undefined {
    return this.isOver ? undefined : this.child?.pid;
  }

  /** Settles when it says that it is ready. */
  async ready(): Promise<void> {
    while (!(await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(({ ok }) => ok, () => false))) {
      if (this.isOver) throw new Error(`${this.name} ended with ${this.child?.exitCode}: ${this.said}`);
      await delay(100);
    }
  }

  /** Settles when it has said these words. */
  async hasSaid(words: string): Promise<void> {
    while (!this.said.includes(words)) {
      if (this.isOver) throw new Error(`${this.name} ended with ${this.child?.exitCode}: ${this.said}`);
      await delay(50);
    }
  }

  /** What `/health/ready` says. */
  async health(): Promise<{ readonly head: number; readonly readModels: readonly { readonly name: string; readonly number: number }[] }> {
    return (await (await fetch(`${this.url}/health/ready`)).json()) as { head: number; readModels: { name: string; number: number }[] };
  }

  /** Settles when its read models hold an event. */
  async hasRead(number: number): Promise<void> {
    while ((await this.health()).readModels.some((each) => each.name === 'investigations' && each.number < number)) await delay(50);
  }

  /** Asks it to stop, as whoever rolls out a version does. Settles with its exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Ends it as no program can prevent. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** What it counts from the events up to a number on, for a moment. */
  async figures(head: number, effectiveAt: string): Promise<{ readonly number: number }> {
    await this.hasRead(head);
    const { recordedAt: _, ...counted } = JSON.parse(await this.command('figures', '--area', 'all', '--effective-at', effectiveAt, '--json')) as { readonly recordedAt: string; readonly number: number };
    return counted;
  }

  /** The command line, run by this process. */
  async command(...args: readonly string[]): Promise<string> {
    return (await run(process.execPath, [program, ...args], { env: { PATH: process.env.PATH ?? '', ...this.env } })).stdout;
  }

  private get isOver(): boolean {
    return !this.child || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child!;
    if (this.isOver) return child.exitCode;
    const ended = once(child, 'exit');
    this.isEnding = true;
    child.kill(signal);
    await ended;
    return child.exitCode;
  }
}

/** A ledger in the server of the tests, with Redis and PostgreSQL, and processes over it behind one address. */
export class Several {
  readonly front = new Front();
  private readonly all: Process[] = [];

  private constructor(private readonly folder: string, readonly port: number, private readonly shared: Environment, public peer: PeerProcess, readonly redis: RedisServer, readonly postgres: PostgresServer) {}

  /** Makes a trial ledger, or what is said. `dist` must be built. */
  static async start({ kind = 'trial', sample }: { readonly kind?: string; readonly sample?: string } = {}): Promise<Several> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-several-'));
    const [peer, redis, postgres, port] = await Promise.all([startPeerProcess({ data: path.join(folder, 'peer') }), RedisServer.start('--maxmemory-policy', 'noeviction'), new PostgresServer().start(), freePort()]);
    const shared = {
      DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_EVENT_STORE: peer.connectionString, DAYBOOK_STATE_URL: await postgres.newDatabase(), DAYBOOK_REDIS_URL: redis.url,
      DAYBOOK_PUBLIC_URL: `http://127.0.0.1:${port}`, DAYBOOK_DRAIN: '1', DAYBOOK_RATE_LIMIT: '9999999', DAYBOOK_RATE_LIMIT_ADDRESS: '9999999', DAYBOOK_RATE_LIMIT_SIGN_IN: '9999999',
    };
    const several = new Several(folder, port, shared, peer, redis, postgres);
    const { exit, said } = await several.init('first', kind, {}, ...(sample === undefined ? [] : ['--sample', sample]));
    if (exit !== 0) throw new Error(`the ledger could not be made: ${said}`);
    await several.front.start(port);
    return several;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What processes over this ledger are told, with a data folder of that name. */
  environment(name: string, more: Environment = {}): Environment {
    return { ...this.shared, DAYBOOK_DATA: path.join(this.folder, name), ...more };
  }

  /** `daybook init`: its exit code and what it says. */
  async init(name: string, kind: string, more: Environment = {}, ...options: readonly string[]): Promise<{ readonly exit: number; readonly said: string }> {
    const env = { PATH: process.env.PATH ?? '', ...this.environment(name, more) };
    return run(process.execPath, [program, 'init', '--as', kind, ...options], { env }).then(({ stderr }) => ({ exit: 0, said: stderr }), (error: { code: number; stderr: string }) => ({ exit: error.code, said: error.stderr }));
  }

  /** A snapshot of the folder that the ledger was made from; gives its place. */
  async snapshot(): Promise<string> {
    const to = path.join(this.folder, 'snapshot');
    await run(process.execPath, [program, 'snapshot', '--to', to], { env: { PATH: process.env.PATH ?? '', ...this.environment('first') } });
    return to;
  }

  /** One more process; settles when it is ready and, where it answers people, reached through the front. */
  async process(name: string, part: Process['part'], more: Environment = {}): Promise<Process> {
    const port = await freePort();
    const made = new Process(name, part, port, this.environment(name, { DAYBOOK_PORT: String(port), ...more }));
    this.all.push(made);
    made.launch();
    await made.ready();
    if (part !== 'worker') this.front.add(part === 'api' ? 'api' : 'pages', port);
    return made;
  }

  killPeer(): Promise<void> {
    return this.peer.kill();
  }

  /** The server again, over what it had written, at the same address. */
  async startPeer(): Promise<void> {
    this.peer = await startPeerProcess({ data: path.join(this.folder, 'peer'), port: this.peer.port });
  }

  async stop(): Promise<void> {
    await this.front.stop();
    await Promise.all(this.all.map((each) => each.kill()));
    await Promise.all([this.peer.stop(), this.redis.stop(), this.postgres.remove()]);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
