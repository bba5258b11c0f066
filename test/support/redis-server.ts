import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Why there is no Redis to test with; undefined when there is one. */
export const redisMissing = spawnSync('redis-server', ['--version']).status === 0 ? undefined : 'there is no redis-server on this machine';

export const freePort = async (): Promise<number> => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** A real Redis of the machine's own, on a free port and in a folder that goes with it. */
export class RedisServer {
  private process: ChildProcess | undefined;

  private constructor(private readonly folder: string, readonly port: number, private readonly options: readonly string[]) {}

  /** @param options of redis-server's command line */
  static async start(...options: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-redis-')), await freePort(), options);
    await server.launch();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it again over what it kept. */
  async launch(): Promise<void> {
    const child = spawn('redis-server', ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', '', ...this.options], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (part: Buffer) => {
        said += part.toString();
        if (said.includes('Ready to accept connections')) resolve();
      });
      child.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.process!.kill(signal);
  }

  async kill(): Promise<void> {
    const child = this.process!;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Ends it and takes its folder away. */
  async stop(): Promise<void> {
    await this.kill();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
