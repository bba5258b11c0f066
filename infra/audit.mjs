// `npm run audit`: licences that a public body may not be able to use, and known advisories of what is shipped. Apart from the tests, because
// the advisories come from a service that is not always there. Exits 1 when something was found, 4 when the advisories could not be had.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Permissive licences, and for tools that are not shipped also weak copyleft and free data. */
const ALLOWED = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Python-2.0', 'CC0-1.0', 'Unlicense']);
const ALLOWED_IN_TOOLS = new Set([...ALLOWED, 'MPL-2.0', 'CC-BY-4.0']);

/** An SPDX expression as our packages use them: choices of obligations, at most one pair of brackets around all. */
const fits = (expression, allowed) =>
  expression.replace(/^\((.*)\)$/, '$1').split(' OR ').some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence.trim())));

const licenceFaults = (lockFile) => {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  return Object.entries(packages).flatMap(([place, { license, dev, version }]) => {
    if (place === '' || fits(license ?? '', dev ? ALLOWED_IN_TOOLS : ALLOWED)) return [];
    return [`${place.replace(/^.*node_modules\//, '')} ${version}: ${license ?? 'no licence given'}${dev ? ' (tool)' : ''}`];
  });
};

const advisories = () => {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
  const { vulnerabilities } = JSON.parse(stdout || '{}');
  return vulnerabilities && Object.values(vulnerabilities).map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
};

const tell = (title, lines) => console.log(lines.length === 0 ? `${title}: none` : `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`);

const faults = licenceFaults('package-lock.json');
tell('licences to look at', faults);
const found = advisories();
if (found) tell('advisories of what is shipped', found);
else console.log('advisories: the service gave no answer; ask again where it can be reached');
process.exitCode = faults.length > 0 || found?.length > 0 ? 1 : found ? 0 : 4;
