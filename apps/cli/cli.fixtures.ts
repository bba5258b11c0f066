import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compiled } from '#platform/settings';

export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

const main = compiled(path.join(__dirname, 'main.ts'));

/** A place of its own for one data folder, and the compiled program to run on it. */
export class Desk {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-cli-'));
  readonly data = path.join(this.folder, 'data');
  readonly keys = path.join(this.folder, 'keys');
  private readonly children = new Set<ChildProcess>();

  env(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return { ...process.env, DAYBOOK_DATA: this.data, DAYBOOK_KEYS: this.keys, DAYBOOK_PORT: '0', ...more };
  }

  run(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ended> {
    const child = spawn(process.execPath, [main, ...args], { cwd: this.folder, env: this.env(more), stdio: ['ignore', 'pipe', 'pipe'] });
    this.children.add(child);
    let [out, err] = ['', ''];
    child.stdout.on('data', (bytes: Buffer) => { out += bytes.toString(); });
    child.stderr.on('data', (bytes: Buffer) => { err += bytes.toString(); });
    return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, out, err })));
  }

  /** Starts the all-in-one program; settles with its address when it says that it serves, or what `words` catch. `said` collects every word it says. */
  start(args: readonly string[] = [], words = /serves (http:\/\/\S+?)\. /): Promise<{ readonly url: string; readonly said: () => string; stop(): Promise<number | null> }> {
    const child = spawn(process.execPath, [main, 'start', ...args], { cwd: this.folder, env: this.env(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.children.add(child);
    let said = '';
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return new Promise((resolve, reject) => {
      const hear = (bytes: Buffer): void => {
        said += bytes.toString();
        const url = words.exec(said)?.[1];
        if (url) resolve({ url, said: () => said, stop: () => { child.kill('SIGTERM'); return ended; } });
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      void ended.then(() => reject(new Error(`the program ended: ${said}`)));
    });
  }

  /** Headers of an invented user, for the program that runs on the folder. */
  async credentials(user = 'DS 2256'): Promise<{ readonly authorization: string }> {
    const { exit, out, err } = await this.run(['token', '--as', user]);
    if (exit !== 0) throw new Error(`no token: ${err}`);
    return { authorization: `Bearer ${out.trim()}` };
  }

  clear(): void {
    for (const child of this.children) child.kill('SIGKILL');
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
