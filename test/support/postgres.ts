import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** Where Debian keeps the programs of PostgreSQL, the newest first; what the path finds comes last. */
const places = (): string[] => {
  const versions = fs.existsSync('/usr/lib/postgresql') ? fs.readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => `/usr/lib/postgresql/${version}/bin`), ...(process.env.PATH ?? '').split(path.delimiter)];
};
const programs = (): string | undefined => places().find((place) => fs.existsSync(path.join(place, 'initdb')));

/** PostgreSQL does not run as root: its own account of Debian's package then. */
const account = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  const id = (which: string): number => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  return { uid: id('-u'), gid: id('-g') };
};

/** Why no PostgreSQL can be run here; undefined when one can. */
export const postgresMissing = (): string | undefined => {
  if (!programs()) return 'no PostgreSQL: install the package postgresql';
  try {
    account();
    return undefined;
  } catch {
    return 'PostgreSQL does not run as root, and there is no account postgres';
  }
};

/** Specs of what needs a PostgreSQL; reported as skipped, with the reason, where there is none. */
export const whenPostgres = (name: string, specs: () => void): void => {
  const missing = postgresMissing();
  (missing ? describe.skip : describe)(missing ? `${name} (${missing})` : name, specs);
};

/** A PostgreSQL of its own in a temporary folder, reached through a socket in it. */
export class PostgresServer {
  readonly folder = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'daybook-pg-'));
  private child: ChildProcess | undefined;
  private databases = 0;

  /** @param settings of the server, such as `ssl=on`; with `listen_addresses` and `port` it is reached by TCP too */
  constructor(private readonly settings: Readonly<Record<string, string>> = {}) {
    const { uid, gid } = account();
    fs.chmodSync(this.folder, 0o755);
    if (uid !== undefined) fs.chownSync(this.folder, uid, gid!);
    execFileSync(path.join(programs()!, 'initdb'), ['-D', this.data, '-U', 'daybook', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C'], { ...account(), cwd: this.folder, stdio: 'ignore' });
  }

  get data(): string {
    return path.join(this.folder, 'data');
  }

  async start(): Promise<this> {
    const given = Object.entries({ listen_addresses: '', unix_socket_directories: this.folder, shared_buffers: '16MB', max_wal_size: '64MB', ...this.settings });
    this.child = spawn(path.join(programs()!, 'postgres'), ['-D', this.data, ...given.flatMap(([name, value]) => ['-c', `${name}=${value}`])], { ...account(), cwd: this.folder, stdio: 'ignore' });
    while (!(await this.answers())) {
      if (this.child.exitCode !== null) throw new Error(`PostgreSQL did not start: exit code ${this.child.exitCode}`);
      await delay(50);
    }
    return this;
  }

  /** Makes an empty database and gives its address. */
  async newDatabase(): Promise<string> {
    const name = `d${++this.databases}`;
    await this.run('postgres', `CREATE DATABASE ${name}`);
    return this.url(name);
  }

  url(database: string): string {
    return `postgres://daybook@${encodeURIComponent(this.folder)}/${database}`;
  }

  /** Runs SQL as the server's own administrator. */
  async run<R>(database: string, text: string, values: unknown[] = []): Promise<R[]> {
    const client = new Client({ host: this.folder, port: Number(this.settings.port ?? 5432), user: 'daybook', database, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rows as R[];
    } finally {
      await client.end();
    }
  }

  /** Dies as with the power of its process: every process of it at once. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends at once, breaking off whatever runs. */
  async stop(): Promise<void> {
    await this.end('SIGINT');
  }

  async remove(): Promise<void> {
    await this.end('SIGQUIT');
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<boolean> {
    return this.run('postgres', 'SELECT 1').then(() => true, () => false);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}
