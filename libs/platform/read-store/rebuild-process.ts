import { fork } from 'node:child_process';
import os from 'node:os';
import type { FromRebuildChild, RebuildOrder, Rebuilt } from './rebuild-child';

/** A rebuild that could not be made. The live tables are as they were. */
export class RebuildFailedError extends Error {
  override readonly name = 'RebuildFailedError';
  readonly code = 'REBUILD_FAILED';
  constructor(reason: string) {
    super(`the rebuild could not be made: ${reason}`);
  }
}

export interface RebuildProcess {
  readonly reports: Promise<readonly Rebuilt[]>;
  kill(): void;
}

/** Below every process that answers people. */
const PRIORITY = 10;

const failed = (error: NodeJS.ErrnoException): RebuildFailedError => new RebuildFailedError(error.code ?? error.name);

/** Rebuilds in a process of its own. `childFile`: compiled entry that calls `runRebuildChild`. */
export const startRebuild = (childFile: string, order: RebuildOrder): RebuildProcess => {
  const child = fork(childFile, [], { execArgv: ['--max-old-space-size=256'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const reports = new Promise<readonly Rebuilt[]>((resolve, reject) => {
    child.once('message', (message) => {
      const answer = message as FromRebuildChild;
      if (answer.kind === 'rebuilt') resolve(answer.reports);
      else reject(new RebuildFailedError(answer.error));
    });
    // One that cannot be started says so more than once, and each would end the program if nobody listened.
    child.on('error', (error) => reject(failed(error)));
    child.once('exit', (code, signal) => reject(new RebuildFailedError(`its process ended with ${signal ?? code}`)));
    if (child.connected) child.send(order, (error) => error && reject(failed(error)));
  });
  // Not fatal where the system does not let a process be polite.
  child.once('spawn', () => { try { os.setPriority(child.pid!, PRIORITY); } catch { /* keeps its priority */ } });
  return { reports, kill: () => void child.kill('SIGKILL') };
};
