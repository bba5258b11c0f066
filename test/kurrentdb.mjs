// The suites of the log in KurrentDB against a real server: `npm run test:kurrentdb -- esdb://admin:changeit@host:2113`. It is written to, and nothing is taken away.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [url] = process.argv.slice(2);
if (!/^(esdb|kurrentdb)(\+discover)?:\/\/./.test(url ?? '')) {
  console.error('Name the server: npm run test:kurrentdb -- esdb://admin:changeit@localhost:2113?tls=false');
  process.exit(2);
}
process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, DAYBOOK_TEST_KURRENTDB: url.replace(/^kurrentdb/, 'esdb') } }).status ?? 1;
const suites = ['contract', 'unknown-outcome', 'hand-over'].map((name) => `test/kurrentdb/${name}.spec.ts`);
process.exitCode = run('infra/build.mjs') || run('--no-warnings', 'node_modules/jest/bin/jest.js', ...suites, '--runInBand', '--forceExit');
