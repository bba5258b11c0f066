// `npm run audit`: licences that a public body may not be able to use, and known advisories of what is shipped. Apart from the tests, because
// the advisories come from a service that is not always there. Exits 1 when something was found, 4 when the advisories could not be had.
// `--offline` leaves the advisories out; `--in FOLDER` looks at the package.json and package-lock.json of another folder.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** Permissive licences, and for tools that are not shipped also weak copyleft and free data. */
const ALLOWED = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Python-2.0', 'CC0-1.0', 'Unlicense']);
const ALLOWED_IN_TOOLS = new Set([...ALLOWED, 'MPL-2.0', 'CC-BY-4.0']);

/** An SPDX expression as our packages use them: choices of obligations, at most one pair of brackets around all. */
const fits = (expression, allowed) =>
  expression.replace(/^\((.*)\)$/, '$1').split(' OR ').some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence.trim())));

const nameOf = (place) => place.replace(/^.*node_modules\//, '');

const licenceFaults = (packages) =>
  packages.flatMap(([place, { license, dev, version }]) =>
    fits(license ?? '', dev ? ALLOWED_IN_TOOLS : ALLOWED) ? [] : [`${nameOf(place)} ${version}: ${license ?? 'no licence given'}${dev ? ' (tool)' : ''}`]);

/** What an install script does nobody has looked at, until `allowScripts` says yes or no to it. */
const scriptFaults = (packages, allowScripts = {}) =>
  packages.flatMap(([place, { hasInstallScript, version }]) => (hasInstallScript && !(nameOf(place) in allowScripts) ? [`${nameOf(place)} ${version}`] : []));

/** A package from elsewhere than the registry, or without a checksum, could change behind the lock file. No origin given means the registry. */
const originFaults = (packages) =>
  packages.flatMap(([place, { resolved = 'https://registry.npmjs.org/', integrity = 'no checksum' }]) =>
    resolved.startsWith('https://registry.npmjs.org/') && integrity.startsWith('sha512-') ? [] : [`${nameOf(place)}: ${resolved} ${integrity}`]);

const advisories = () => {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
  const { vulnerabilities } = JSON.parse(stdout || '{}');
  return vulnerabilities && Object.values(vulnerabilities).map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
};

const tell = (title, lines) => console.log(lines.length === 0 ? `${title}: none` : `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`);

const { values: { offline, in: folder } } = parseArgs({ options: { offline: { type: 'boolean', default: false }, in: { type: 'string', default: '.' } } });
const read = (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
const packages = Object.entries(read('package-lock.json').packages).filter(([place]) => place !== '');

const faults = [
  ['licences to look at', licenceFaults(packages)],
  ['install scripts that nobody decided on', scriptFaults(packages, read('package.json').allowScripts)],
  ['packages whose origin is not pinned', originFaults(packages)],
];
for (const [title, lines] of faults) tell(title, lines);
const found = offline ? [] : advisories();
if (!found) console.log('advisories: the service gave no answer; ask again where it can be reached');
else if (!offline) tell('advisories of what is shipped', found);
process.exitCode = faults.some(([, lines]) => lines.length > 0) || found?.length > 0 ? 1 : found ? 0 : 4;
