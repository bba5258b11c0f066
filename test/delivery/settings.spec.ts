import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { fromRoot, readSettings, settingNames, SettingsError } from '#platform/settings';
import { containersOf, manifests, podsOf } from './manifests';

type Environment = Readonly<Record<string, string>>;

const NAME = /\bDAYBOOK_[A-Z]+(?:_[A-Z]+)*\b/g;
const namesIn = (file: string): string[] => [...new Set(fs.readFileSync(fromRoot(file), 'utf8').match(NAME) ?? [])];
const files = ['docker-compose.yml', 'docker-compose.processes.yml', path.join('infra', 'Dockerfile'), ...fs.readdirSync(fromRoot('infra', 'kubernetes')).map((name) => path.join('infra', 'kubernetes', name))];

/** Environments of the services of a compose file. */
const composed = (file: string): [string, Environment][] => {
  const { services } = parse(fs.readFileSync(fromRoot(file), 'utf8'), { merge: true }) as { readonly services: Readonly<Record<string, { readonly environment?: Environment }>> };
  return Object.entries(services).map(([name, { environment = {} }]) => [`${file}: ${name}`, environment]);
};

/** What stands in a secret is given here as it is described in the README. */
const SECRET: Environment = { DAYBOOK_EVENT_STORE: 'esdb://daybook:a@kurrentdb-0.example:2113,kurrentdb-1.example:2113?tls=true&tlsCAFile=/etc/daybook/ca/ca.crt', DAYBOOK_REDIS_URL: 'rediss://daybook:a@redis.example:6379' };
const deployed = (): [string, Environment][] => {
  const all = manifests();
  const mapped = new Map(all.map(({ manifest }) => [manifest.metadata.name, manifest.data ?? {}]));
  return all.flatMap((one) => podsOf(one).flatMap(containersOf).map(({ name, env = [], envFrom = [] }): [string, Environment] => [`${one.file}: ${name}`, {
    ...Object.assign({}, ...envFrom.map(({ configMapRef }) => mapped.get(configMapRef!.name))),
    ...Object.fromEntries(env.map((variable) => [variable.name, variable.value ?? SECRET[variable.name] ?? 'secret'])),
  }]));
};

const refusedOf = (env: Environment): string => {
  try {
    readSettings(env, '/srv');
    return '';
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
};

describe('the settings', () => {
  it.each(files)('that %s names exist', (file) => expect(namesIn(file).filter((name) => !settingNames.includes(name))).toEqual([]));

  it('are all in the table of docs/operations.md, and the table has no other', () => {
    const table = fs.readFileSync(fromRoot('docs', 'operations.md'), 'utf8').split('\n').filter((line) => line.startsWith('| `DAYBOOK_'));
    const documented = table.flatMap((line) => line.split('|')[1]!.match(NAME) ?? []);
    expect([...documented].sort()).toEqual([...settingNames].sort());
  });

  it.each([...composed('docker-compose.yml'), ...composed('docker-compose.processes.yml'), ...deployed()])('of %s are taken by the program', (_, environment) => expect(refusedOf(environment)).toBe(''));
});
