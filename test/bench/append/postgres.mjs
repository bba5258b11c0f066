// A PostgreSQL cluster for the length of a benchmark, owned by somebody who is not root, durable as it comes.
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const binaries = () => {
  const home = '/usr/lib/postgresql';
  const newest = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a))[0] : undefined;
  return newest && existsSync(path.join(home, newest, 'bin', 'initdb')) ? path.join(home, newest, 'bin') : undefined;
};

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** `{ url, stop }`, or `{ reason }` when there can be none. */
export const startPostgres = async () => {
  const bin = binaries();
  if (!bin) return { reason: 'PostgreSQL is not installed' };
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout.trim() : '';
  if (isRoot && !owner) return { reason: 'PostgreSQL does not run as root and there is no user for it' };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-postgres-'));
  if (isRoot) chownSync(folder, Number(owner), Number(owner));
  const as = (program, ...args) => {
    const options = { stdio: 'ignore', cwd: folder, ...(isRoot ? { uid: Number(owner), gid: Number(owner) } : {}) };
    return execFileSync(path.join(bin, program), args, options);
  };
  const port = await freePort();
  as('initdb', '-D', path.join(folder, 'data'), '-U', 'daybook', '--auth=trust', '-E', 'UTF8');
  as('pg_ctl', '-D', path.join(folder, 'data'), '-w', '-o', `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder} -c max_connections=200`, '-l', path.join(folder, 'log'), 'start');
  return {
    url: `postgresql://daybook@127.0.0.1:${port}/postgres`,
    stop: () => {
      as('pg_ctl', '-D', path.join(folder, 'data'), '-m', 'fast', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
