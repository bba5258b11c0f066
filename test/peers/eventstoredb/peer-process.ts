import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Calls, Fault } from './faults';
import type { Order } from './main';
import type { Door, Peer } from './peer';
import type { Endpoint } from './refusals';

export interface PeerProcessOptions {
  readonly port?: number;
  readonly data: string;
  readonly hasBatches?: boolean;
  readonly maxAppendBytes?: number;
}

/** The server in a process of its own, which can die. */
export interface PeerProcess extends Peer {
  /** As no program can prevent (SIGKILL); settles when it is dead. */
  kill(): Promise<void>;
  /** Stops it in the middle of whatever it does, its connections open, until `wakeUp`. */
  faint(): void;
  wakeUp(): void;
}

interface Answer {
  readonly ok?: boolean;
  readonly answer?: unknown;
  readonly error?: string;
  readonly port?: number;
  readonly listening?: string;
}

/** The next line that a child says; they come in the order of what was asked. */
const listen = (child: ChildProcessWithoutNullStreams): (() => Promise<Answer>) => {
  const [said, waiting] = [[] as Answer[], [] as { resolve: (answer: Answer) => void; reject: (error: Error) => void }[]];
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => { complaint += bytes.toString('utf8'); });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    const next = waiting.shift();
    if (next) next.resolve(answer);
    else said.push(answer);
  });
  child.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the server has ended: ${complaint}`));
  });
  return () => new Promise((resolve, reject) => {
    const next = said.shift();
    if (next) resolve(next);
    else if (child.exitCode !== null || child.signalCode !== null) reject(new Error(`the server has ended: ${complaint}`));
    else waiting.push({ resolve, reject });
  });
};

/** Starts the server as a child; `dist` must be built. */
export const startPeerProcess = async ({ port = 0, data, hasBatches = true, maxAppendBytes }: PeerProcessOptions): Promise<PeerProcess> => {
  const args = ['--child', '--port', String(port), '--data', data, ...(hasBatches ? [] : ['--without-batches']),
    ...(maxAppendBytes === undefined ? [] : ['--max-append-bytes', String(maxAppendBytes)])];
  const child = spawn(process.execPath, ['--enable-source-maps', path.join(__dirname, 'run.cjs'), ...args]);
  const next = listen(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const started = await next();
  const ask = async (order: Order): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
    const { ok, answer, error } = await next();
    if (!ok) throw new Error(error);
    return answer;
  };
  return {
    port: started.port!, connectionString: started.listening!, door: doorOf(ask),
    kill: () => end(child, ended, 'SIGKILL'),
    stop: () => end(child, ended, 'SIGTERM'),
    faint: () => void child.kill('SIGSTOP'),
    wakeUp: () => void child.kill('SIGCONT'),
  };
};

const end = async (child: ChildProcessWithoutNullStreams, ended: Promise<void>, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  child.kill(signal);
  await ended;
};

const doorOf = (ask: (order: Order) => Promise<unknown>): Door => ({
  fault: async (fault: Fault) => void (await ask({ order: 'fault', with: fault })),
  clear: async () => void (await ask({ order: 'clear' })),
  follow: async (leader: Endpoint) => void (await ask({ order: 'follow', with: leader })),
  reset: async () => void (await ask({ order: 'reset' })),
  freeze: async () => void (await ask({ order: 'freeze' })),
  thaw: async () => void (await ask({ order: 'thaw' })),
  calls: async () => (await ask({ order: 'calls' })) as Calls,
});
