import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

/** Why the shim cannot be built here; undefined when it can. */
export const shimMissing = (): string | undefined => {
  if (process.platform !== 'linux') return 'needs Linux: the shim is loaded with LD_PRELOAD';
  return spawnSync('cc', ['--version']).status === 0 ? undefined : 'needs a C compiler (Debian: apt-get install gcc libc6-dev)';
};

/** Compiles the shim into a folder and answers its path. */
export const buildShim = (folder: string): string => {
  const shim = path.join(folder, 'disk-shim.so');
  execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', shim, path.join(__dirname, 'disk-shim.c'), '-ldl', '-lpthread']);
  return shim;
};
