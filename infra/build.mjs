// Compiles everything into dist, takes away what no longer has a source, builds the console's assets and puts the command where npx finds it.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

const takeAwayOrphans = () => {
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist, { recursive: true })) {
    const source = /^(apps|libs)[\\/].*(?=\.js(\.map)?$)/.exec(name)?.[0].replace(/\.js$/, '');
    if (source && !name.includes('public') && !existsSync(path.join(root, `${source}.ts`))) rmSync(path.join(dist, name));
  }
};

takeAwayOrphans();
run('node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.build.json');
run('apps/console/assets/build.mjs');

const command = path.join(dist, 'apps/cli/main.js');
const bin = path.join(root, 'node_modules/.bin');
chmodSync(command, 0o755);
mkdirSync(bin, { recursive: true });
rmSync(path.join(bin, 'daybook'), { force: true });
symlinkSync(path.relative(bin, command), path.join(bin, 'daybook'));
