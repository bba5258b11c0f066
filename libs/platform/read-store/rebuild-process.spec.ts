import child_process from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fromRoot } from '#platform/settings';
import { RebuildFailedError, startRebuild } from './rebuild-process';

const order = { file: 'read.db', logFile: 'log.db', sideFile: 'read.db.rebuild', names: [] };
const { fork } = child_process;

/** Lets the next rebuild's process be started in another way. */
const startedWith = (changes: ForkOptions): void =>
  void jest.spyOn(child_process, 'fork').mockImplementation(((file: string, args: string[], options: ForkOptions) => fork(file, args, { ...options, ...changes })) as typeof fork);

/** Errors that nobody listens for would end the program some turns later. */
const settled = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

afterEach(() => jest.restoreAllMocks());

describe('a rebuild whose process cannot do its work', () => {
  const child = fromRoot('test', 'support', 'parcels.child.cjs');

  it.each<[string, ForkOptions]>([
    ['has no program to run', { execPath: '/nowhere/node' }],
    ['may not run its program', { execPath: '/etc/hostname' }],
    ['is not let into its folder', { cwd: '/nowhere' }],
    ['ends before it reads its order', { execArgv: ['--no-such-option'] }],
  ])('fails, and nothing else does, when it %s', async (_, changes) => {
    startedWith(changes);
    const { reports, kill } = startRebuild(child, order);
    await expect(reports).rejects.toBeInstanceOf(RebuildFailedError);
    await settled();
    kill();
  });

  it('fails when there are no descriptors left to talk to it', async () => {
    // As Node does it then: a child that was never connected, has nothing to send with, and says so in the next turn.
    const unconnected = Object.assign(new EventEmitter(), { connected: false, kill: () => false }) as ChildProcess;
    jest.spyOn(child_process, 'fork').mockImplementation((() => unconnected) as unknown as typeof fork);
    process.nextTick(() => unconnected.emit('error', Object.assign(new Error('too many open files'), { code: 'EMFILE' })));
    const { reports, kill } = startRebuild(child, order);
    await expect(reports).rejects.toThrow('the rebuild could not be made: EMFILE');
    kill();
  });
});
