import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Why nothing can be mounted here; undefined when it can. */
export const mountMissing = (): string | undefined => {
  if (process.platform !== 'linux') return 'needs Linux: it mounts a small disk in memory';
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'daybook', place]);
  if (status === 0) execFileSync('umount', [place]);
  fs.rmdirSync(place);
  return status === 0 ? undefined : 'needs the right to mount (root, and a container that allows it)';
};

/** A place that something is mounted on. */
export interface Mounted {
  readonly place: string;
  unmount(): Promise<void>;
}

// Unmounts when its standard input ends: at the end of the test, and also when the test is killed.
const GUARD = 'trap "" INT TERM HUP; read -r line; umount "$0" 2>/dev/null || umount -l "$0"; rmdir "$0"';

const mount = (args: readonly string[]): Mounted => {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-mount-'));
  execFileSync('mount', [...args, place]);
  const guard = spawn('sh', ['-c', GUARD, place], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  const gone = new Promise<void>((resolve) => guard.on('close', () => resolve()));
  return {
    place,
    unmount: () => {
      guard.stdin.end();
      return gone;
    },
  };
};

/** A disk in memory, with the limits of tmpfs: `size=16m`, `nr_inodes=20`. */
export const mountSmallDisk = (limits: string): Mounted => mount(['-t', 'tmpfs', '-o', limits, 'daybook']);

/** The same folder a second time, where nothing can be written. */
export const mountReadOnly = (folder: string): Mounted => {
  const mounted = mount(['--bind', folder]);
  execFileSync('mount', ['-o', 'remount,ro,bind', mounted.place]);
  return mounted;
};
