import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SignInError, StrangerError } from './errors';
import { accountReader, mappingDigest, readerOf } from './mapping';
import type { Claims, Mapping } from './mapping';
import { parseMapping } from './parse-mapping';
import { openSignIn } from './sign-in';

const roles = ['ANALYST', 'DETECTIVE', 'ADMIN', 'SYSTEM'];

const file = (more: object = {}): object => ({
  claims: { id: 'collar', name: 'name' },
  multiFactor: { acr: ['gold'], amr: ['mfa', 'hwk'] },
  requireMultiFactor: true,
  rules: [
    { when: { groups: ['cse-detectives', 'cid-detectives'], site: 'Rotherham' }, role: 'DETECTIVE', agency: 'South Yorkshire Police', team: { claim: 'team' } },
    { when: { groups: 'analysts' }, role: 'ANALYST', agency: { claim: 'force' } },
    { when: { groups: 'by-claim' }, role: { claim: 'role' }, agency: 'South Yorkshire Police' },
  ],
  accounts: { importer: { id: 'svc-import', name: 'Nightly import', role: 'SYSTEM', agency: 'South Yorkshire Police' } },
  ...more,
});

const detective = { sub: 'x', collar: 'DC 1', name: 'Somebody Invented', groups: ['staff', 'cid-detectives'], site: 'Rotherham', team: 'Rotherham CID', amr: ['pwd', 'mfa'] };
const signedIn = (claims: Claims, mapping: Mapping = parseMapping(file(), roles)) => readerOf(mapping, claims, { provedAt: 7, session: 's' });
const refused = (claims: Claims, mapping?: Mapping): string => {
  try {
    signedIn(claims, mapping);
  } catch (error) {
    if (error instanceof StrangerError) return error.code;
    throw error;
  }
  return 'let in';
};

describe('what an identity provider says of somebody', () => {
  it('makes them a reader by the first rule that fits', () => {
    expect(signedIn(detective)).toEqual({
      kind: 'user', id: 'DC 1', name: 'Somebody Invented', role: 'DETECTIVE', agency: 'South Yorkshire Police', team: 'Rotherham CID', multiFactor: true, provedAt: 7, session: 's',
    });
    expect(signedIn({ ...detective, groups: ['analysts', 'cid-detectives'] }).role).toBe('DETECTIVE');
    expect(signedIn({ ...detective, groups: ['analysts'], force: 'Derbyshire' })).toMatchObject({ role: 'ANALYST', agency: 'Derbyshire' });
  });

  it('needs every claim that a rule names', () => expect(refused({ ...detective, site: 'Luton' })).toBe('NO_RULE'));

  it('leaves out a team, and calls a person without a name by their number', () => {
    const { name: _, team: __, ...bare } = detective;
    expect(signedIn(bare)).toMatchObject({ name: 'DC 1' });
    expect(signedIn(bare)).not.toHaveProperty('team');
  });

  it.each<[string, Claims]>([
    ['no rule fits', { ...detective, groups: ['staff'] }],
    ['there are no groups', { ...detective, groups: undefined }],
    ['a group is no text', { ...detective, groups: [{ toString: () => 'cid-detectives' }] }],
    ['only part of a group’s name is the same', { ...detective, groups: ['cid-detectives-leavers'] }],
    ['the case of a group differs', { ...detective, groups: ['CID-Detectives'] }],
    ['there is no id', { ...detective, collar: undefined }],
    ['the id is empty', { ...detective, collar: '  ' }],
    ['the id is a list', { ...detective, collar: ['DC 1'] }],
    ['the id is longer than any', { ...detective, collar: 'x'.repeat(201) }],
    ['the id turns the direction of writing', { ...detective, collar: 'DC \u202e1' }],
    ['a claim that gives the agency is not there', { ...detective, groups: ['analysts'] }],
    ['a claim names a role that does not exist', { ...detective, groups: ['by-claim'], role: 'CHIEF' }],
    ['a claim names what every object has', { ...detective, groups: ['by-claim'], role: 'constructor' }],
    ['claims are inherited', Object.create(detective) as Claims],
  ])('lets nobody in when %s', (_, claims) => expect(refused(claims)).toBe('NO_RULE'));

  it('takes a role from a claim when there is such a role', () => expect(signedIn({ ...detective, groups: ['by-claim'], role: 'ADMIN' }).role).toBe('ADMIN'));

  it.each<[string, Claims, string]>([
    ['no word of a second factor', { ...detective, amr: undefined }, 'ONE_FACTOR'],
    ['one factor', { ...detective, amr: ['pwd'] }, 'ONE_FACTOR'],
    ['another level', { ...detective, amr: undefined, acr: 'silver' }, 'ONE_FACTOR'],
    ['the level asked for', { ...detective, amr: undefined, acr: 'gold' }, 'let in'],
    ['a key of hardware', { ...detective, amr: ['hwk'] }, 'let in'],
  ])('with %s', (_, claims, answer) => expect(refused(claims)).toBe(answer));

  it('lets in with one factor where a force decides so, and says so of the reader', () => {
    const lenient = parseMapping(file({ requireMultiFactor: false }), roles);
    expect(signedIn({ ...detective, amr: ['pwd'] }, lenient).multiFactor).toBe(false);
  });

  it('does not call a proof by one factor a fresh one where more could have been asked', () => {
    const [offers, offersNone] = [{}, { multiFactor: {} }].map((more) => parseMapping(file({ requireMultiFactor: false, ...more }), roles));
    const proved = (amr: string[], mapping: Mapping): number => signedIn({ ...detective, amr }, mapping).provedAt;
    expect([proved(['mfa'], offers!), proved(['pwd'], offers!), proved(['pwd'], offersNone!)]).toEqual([7, 0, 7]);
  });

  it('makes nobody the program itself, which an account at the command line alone is', () => {
    const people = roles.filter((role) => role !== 'SYSTEM');
    const mapping = parseMapping(file(), people, roles);
    expect(refused({ ...detective, groups: ['by-claim'], role: 'SYSTEM' }, mapping)).toBe('NO_RULE');
    expect(accountReader(mapping, 'importer')?.role).toBe('SYSTEM');
    expect(() => parseMapping(file({ rules: [{ when: { groups: 'x' }, role: 'SYSTEM', agency: 'A' }] }), people, roles)).toThrow('rules[0].role must be one of ANALYST, DETECTIVE, ADMIN');
  });

  it('has nothing to do with the command line: accounts are named one by one', () => {
    const mapping = parseMapping(file(), roles);
    expect(accountReader(mapping, 'importer')).toEqual({ kind: 'system', id: 'svc-import', name: 'Nightly import', role: 'SYSTEM', agency: 'South Yorkshire Police', multiFactor: false, provedAt: 0 });
    for (const other of ['root', 'toString', '__proto__']) expect(accountReader(mapping, other)).toBeUndefined();
  });

  it('is another mapping when anything of the file changes', () => {
    const digest = (more: object = {}, issuer = 'https://id.example'): string => mappingDigest(parseMapping(file(more), roles), issuer);
    expect(digest()).toBe(digest());
    expect(digest({ idleMinutes: 29 })).not.toBe(digest());
    expect(digest({}, 'https://other.example')).not.toBe(digest());
  });
});

describe('a mapping file', () => {
  it('that anybody may write is refused: who writes it gives out roles', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-mapping-'));
    const accessFile = path.join(folder, 'access.json');
    fs.writeFileSync(accessFile, JSON.stringify(file()));
    const opened = () => openSignIn({ keysFolder: folder, roles, accessFile, listen: '127.0.0.1', port: 0 });
    fs.chmodSync(accessFile, 0o666);
    expect(opened).toThrow(expect.objectContaining({ code: 'ACCESS_FILE_OPEN_TO_OTHERS' }));
    fs.chmodSync(accessFile, 0o664);
    opened().close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const problems = (value: unknown): string => {
    try {
      parseMapping(value, roles);
    } catch (error) {
      expect(error).toBeInstanceOf(SignInError);
      return (error as Error).message;
    }
    return '';
  };
  const rule = (more: object): object => file({ rules: [{ when: { groups: 'x' }, role: 'ANALYST', agency: 'A', ...more }] });

  it('has its times and scope unless it says others', () =>
    expect(parseMapping(file(), roles)).toMatchObject({ idleMinutes: 30, absoluteHours: 12, scope: 'openid profile', accessTokenType: 'at+jwt' }));

  it.each<[string, unknown, string]>([
    ['is a list', [], 'the file must be an object'],
    ['is nothing', null, 'the file must be an object'],
    ['names no id', file({ claims: { name: 'name' } }), 'claims.id must be a text'],
    ['does not say whether one factor is enough', file({ requireMultiFactor: undefined }), 'requireMultiFactor must be true or false'],
    ['wants two factors and says not how they are told', file({ multiFactor: {} }), 'multiFactor must name values'],
    ['has no rule', file({ rules: [] }), 'rules must hold at least one rule'],
    ['has rules that are none', file({ rules: {} }), 'rules must be a list'],
    ['has a rule for everybody', rule({ when: {} }), 'rules[0].when must name at least one claim'],
    ['has a rule for an empty value', rule({ when: { groups: [''] } }), 'rules[0].when.groups[0] must be a text'],
    ['gives a role that does not exist', rule({ role: 'DETECTIV' }), 'rules[0].role must be one of ANALYST, DETECTIVE, ADMIN, SYSTEM'],
    ['takes a role from nowhere', rule({ role: { from: 'role' } }), 'rules[0].role.from is not a field'],
    ['gives no agency', rule({ agency: undefined }), 'rules[0].agency must be a text'],
    ['misspells a field', file({ rule: [] }), 'rule is not a field of the mapping'],
    ['misspells a field of a rule', rule({ teem: 'x' }), 'rules[0].teem is not a field'],
    ['gives an account a role that does not exist', file({ accounts: { me: { id: 'a', name: 'b', role: 'ROOT', agency: 'c' } } }), 'accounts.me.role must be one of'],
    ['lets sessions idle for days', file({ idleMinutes: 3_000 }), 'idleMinutes must be a number from 6 to 240'],
    ['lets sessions last for days', file({ absoluteHours: 48 }), 'absoluteHours must be a number from 1 to 24'],
    ['does not ask for OpenID Connect', file({ scope: 'profile' }), 'scope must hold openid'],
  ])('that %s is refused, and the field named', (_, value, sentence) => expect(problems(value)).toContain(sentence));

  it('names everything that is wrong at once', () => {
    const said = problems(file({ rules: [{}, { when: { a: 1 } }], idleMinutes: 'x' }));
    for (const part of ['rules[0].when', 'rules[0].role', 'rules[1].when.a', 'rules[1].agency', 'idleMinutes']) expect(said).toContain(part);
  });
});
