// Every check and every test that needs no other machine, in one run. The last line is `N passed, N failed, N skipped`.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const results = path.join(root, 'test-results');
mkdirSync(results, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const shares = [];

const timed = (name, work) => {
  const began = performance.now();
  const counts = work();
  const seconds = (performance.now() - began) / 1000;
  shares.push({ name, seconds, ...counts });
  for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`-- ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds.toFixed(1)} s\n`);
};

const bin = (name) => path.join('node_modules', '.bin', name);

const check = (name, command, args) =>
  timed(name, () => {
    console.log(`-- ${name}`);
    const { status } = spawnSync(command, args, { stdio: 'inherit' });
    return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  });

const suite = (name, paths, ...options) => {
  timed(name, () => {
    console.log(`-- ${name}`);
    const missing = paths.filter((place) => !existsSync(place));
    if (missing.length > 0) {
      console.log(`-- there is no ${missing.join(', no ')}: what is not there cannot pass`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
    const report = path.join(results, `${name.replaceAll(' ', '-')}.json`);
    rmSync(report, { force: true });
    const { status } = spawnSync(process.execPath, ['--no-warnings', 'node_modules/jest/bin/jest.js', ...paths, '--json', `--outputFile=${report}`, '--ci', ...options], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = Math.max(numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites);
    return { passed: numPassedTests, failed: failed || (status === 0 ? 0 : 1), skipped: numPendingTests + numTodoTests };
  });
};

/** The same journeys over two JSON doors, a console and two workers instead of one process. */
const overSeveral = (work) => {
  process.env.DAYBOOK_JOURNEYS = 'several';
  work();
  delete process.env.DAYBOOK_JOURNEYS;
};

const which = (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
const browser = () => [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => file && existsSync(file));

/** The journeys need a browser, the power-cut test a C compiler, ends of certificates openssl, jobs in Redis a Redis, keys and sessions in PostgreSQL a PostgreSQL: installed where that is allowed, else those tests say why they are skipped. */
const installMissing = () => {
  const wanted = [...(browser() ? [] : ['chromium']), ...(which('cc') ? [] : ['gcc', 'libc6-dev']), ...(which('openssl') ? [] : ['openssl']), ...(which('redis-server') ? [] : ['redis-server']), ...(existsSync('/usr/lib/postgresql') || which('initdb') ? [] : ['postgresql'])];
  if (wanted.length === 0) return;
  if (process.getuid?.() !== 0 || !which('apt-get')) {
    console.log(`-- not installed, and only root may install it on Debian: ${wanted.join(', ')}. Install it to run the tests that need it; they are reported as skipped.`);
    return;
  }
  console.log(`-- installing ${wanted.join(', ')}`);
  const apt = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  try {
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', ...wanted);
  } catch {
    console.log('-- could not be installed; the tests that need it are reported as skipped');
  }
};

const only = process.argv.slice(2);
const groups = ['checks', 'unit', 'system', 'simulation', 'faults', 'peers', 'several', 'journeys'];
const unknown = only.filter((name) => !groups.includes(name));
if (unknown.length > 0) {
  console.error(`There is no group of tests called ${unknown.join(', ')}; there are ${groups.join(', ')}.\n0 passed, 1 failed, 0 skipped`);
  process.exit(2);
}
const run = Object.fromEntries(groups.map((name) => [name, only.length === 0 || only.includes(name)]));

installMissing();
check('build', process.execPath, ['infra/build.mjs']);
if (run.checks) {
  check('typecheck', process.execPath, ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.json', '--noEmit']);
  check('lint', bin('eslint'), ['.']);
  check('doors', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'test']);
  check('knip', bin('knip'), []);
}
if (run.unit) suite('rules and rooms', ['libs', 'apps'], '--maxWorkers=2');
if (run.system) suite('frozen events, sample, import, access, delivery', ['test/frozen-events', 'test/sample', 'test/import', 'test/access', 'test/packages', 'test/infra', 'test/delivery'], '--maxWorkers=2');
if (run.simulation) suite('simulation', ['test/simulation'], '--runInBand');
if (run.faults) suite('faults', ['test/faults'], '--runInBand', '--forceExit');
if (run.peers) suite('peers', ['test/peers', 'test/kurrentdb'], '--maxWorkers=2', '--forceExit');
if (run.several) suite('several', ['test/several'], '--runInBand', '--forceExit');
if (run.several) overSeveral(() => suite('journeys over several processes', ['sign-in', 'people', 'rights'].map((name) => `test/journeys/${name}.spec.ts`), '--runInBand', '--forceExit'));
if (run.journeys) suite('journeys', ['test/journeys'], '--runInBand', '--forceExit');

console.log('Share of each suite:');
for (const { name, seconds, passed, failed, skipped } of shares)
  console.log(`  ${name.padEnd(30)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed, ${skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
