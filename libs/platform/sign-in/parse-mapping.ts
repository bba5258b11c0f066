import { SignInError } from './errors';
import type { MappedAccount, Mapped, Mapping, MappingRule } from './mapping';

type Fields = Readonly<Record<string, unknown>>;

/** Reads fields and remembers what is wrong with each, so that everything is told at once. */
class Reading {
  readonly problems: string[] = [];

  fault(field: string, rule: string): undefined {
    this.problems.push(`${field === '' ? 'the file' : field} ${rule}`);
    return undefined;
  }

  object(value: unknown, field: string, known?: readonly string[]): Fields {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.fault(field, 'must be an object') ?? {};
    for (const name of known ? Object.keys(value).filter((each) => !known.includes(each)) : []) this.fault(within(field, name), 'is not a field of the mapping; is it misspelt?');
    return value as Fields;
  }

  list(value: unknown, field: string): readonly unknown[] {
    return Array.isArray(value) ? value : (this.fault(field, 'must be a list') ?? []);
  }

  text(value: unknown, field: string): string {
    return typeof value === 'string' && value.trim() !== '' ? value : (this.fault(field, 'must be a text') ?? '');
  }

  texts(value: unknown, field: string): readonly string[] {
    if (typeof value === 'string') return [this.text(value, field)];
    return this.list(value, field).map((each, i) => this.text(each, `${field}[${i}]`));
  }

  number(value: unknown, field: string, least: number, most: number): number {
    return typeof value === 'number' && value >= least && value <= most ? value : (this.fault(field, `must be a number from ${least} to ${most}`) ?? least);
  }

  flag(value: unknown, field: string): boolean {
    return typeof value === 'boolean' ? value : (this.fault(field, 'must be true or false') ?? true);
  }
}

const within = (field: string, name: string): string => (field === '' ? name : `${field}.${name}`);

const topFields = ['claims', 'multiFactor', 'requireMultiFactor', 'rules', 'accounts', 'idleMinutes', 'absoluteHours', 'scope', 'accessTokenType', 'contact'];

const roleOf = (reading: Reading, value: unknown, field: string, roles: readonly string[]): string => {
  const role = reading.text(value, field);
  if (role !== '' && !roles.includes(role)) reading.fault(field, `must be one of ${roles.join(', ')}`);
  return role;
};

const mappedOf = (reading: Reading, value: unknown, field: string): Mapped => {
  if (typeof value !== 'object') return reading.text(value, field);
  return { claim: reading.text(reading.object(value, field, ['claim']).claim, within(field, 'claim')) };
};

const ruleOf = (reading: Reading, value: unknown, field: string, roles: readonly string[]): MappingRule => {
  const { when, role, agency, team } = reading.object(value, field, ['when', 'role', 'agency', 'team']);
  const claims = Object.entries(reading.object(when, within(field, 'when')));
  if (claims.length === 0) reading.fault(within(field, 'when'), 'must name at least one claim: a rule for everybody would let everybody in');
  return {
    when: Object.fromEntries(claims.map(([name, values]) => [name, reading.texts(values, within(field, `when.${name}`))])),
    role: typeof role === 'object' ? mappedOf(reading, role, within(field, 'role')) : roleOf(reading, role, within(field, 'role'), roles),
    agency: mappedOf(reading, agency, within(field, 'agency')),
    ...(team === undefined ? {} : { team: mappedOf(reading, team, within(field, 'team')) }),
  };
};

const accountOf = (reading: Reading, value: unknown, field: string, roles: readonly string[]): MappedAccount => {
  const { id, name, role, agency } = reading.object(value, field, ['id', 'name', 'role', 'agency']);
  return {
    id: reading.text(id, within(field, 'id')), name: reading.text(name, within(field, 'name')),
    role: roleOf(reading, role, within(field, 'role'), roles), agency: reading.text(agency, within(field, 'agency')),
  };
};

const mappingOf = (reading: Reading, value: unknown, roles: readonly string[], accountRoles: readonly string[]): Mapping => {
  const top = reading.object(value, '', topFields);
  const claims = reading.object(top.claims, 'claims', ['id', 'name']);
  const { acr = [], amr = [] } = reading.object(top.multiFactor ?? {}, 'multiFactor', ['acr', 'amr']);
  const rules = reading.list(top.rules, 'rules').map((each, i) => ruleOf(reading, each, `rules[${i}]`, roles));
  if (Array.isArray(top.rules) && rules.length === 0) reading.fault('rules', 'must hold at least one rule: nobody could sign in');
  const accounts = Object.entries(reading.object(top.accounts ?? {}, 'accounts'));
  const mapping: Mapping = {
    claims: { id: reading.text(claims.id, 'claims.id'), name: reading.text(claims.name, 'claims.name') },
    multiFactor: { acr: reading.texts(acr, 'multiFactor.acr'), amr: reading.texts(amr, 'multiFactor.amr') },
    requireMultiFactor: reading.flag(top.requireMultiFactor, 'requireMultiFactor'),
    rules,
    accounts: Object.fromEntries(accounts.map(([name, account]) => [name, accountOf(reading, account, `accounts.${name}`, accountRoles)])),
    idleMinutes: reading.number(top.idleMinutes ?? 30, 'idleMinutes', 6, 240),
    absoluteHours: reading.number(top.absoluteHours ?? 12, 'absoluteHours', 1, 24),
    scope: reading.text(top.scope ?? 'openid profile', 'scope'),
    accessTokenType: reading.text(top.accessTokenType ?? 'at+jwt', 'accessTokenType'),
    ...(top.contact === undefined ? {} : { contact: reading.text(top.contact, 'contact') }),
    roles,
  };
  if (!mapping.scope.split(' ').includes('openid')) reading.fault('scope', 'must hold openid');
  const { acr: levels, amr: methods } = mapping.multiFactor;
  if (mapping.requireMultiFactor && levels.length + methods.length === 0) reading.fault('multiFactor', 'must name values of acr or amr, because requireMultiFactor is true');
  return mapping;
};

/**
 * The mapping that a parsed JSON file holds. `roles`: those that people may have; `accountRoles`: those of accounts at the command line.
 * @throws SignInError that names every field that is wrong
 */
export const parseMapping = (value: unknown, roles: readonly string[], accountRoles = roles): Mapping => {
  const reading = new Reading();
  const mapping = mappingOf(reading, value, roles, accountRoles);
  if (reading.problems.length > 0) throw new SignInError('ACCESS_FILE_INVALID', `the file that DAYBOOK_ACCESS_FILE names cannot be used:\n${reading.problems.map((each) => `  ${each}`).join('\n')}`);
  return mapping;
};
