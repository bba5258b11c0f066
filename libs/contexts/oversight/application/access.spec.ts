import type { InvestigationId } from '#kernel';
import type { AccessFacts, Sensitivity } from '#contexts/investigations';
import { ledgerActions } from '../domain/actions';
import type { InvestigationAction, PersonAction } from '../domain/actions';
import { userRoles } from '../domain/codes';
import type { UserRole } from '../domain/codes';
import { accessTo, facts, reader, somebody, theCase } from './access.fixtures';
import type { Scene } from './access.fixtures';

/** How a reader `DC 1` of the team `CID` comes to have to do with the case. */
const relations = {
  stranger: {}, officer: { officer: 'DC 1' }, supervisor: { supervisor: 'DC 1' }, opener: { openedBy: 'DC 1' }, team: { team: 'CID' },
  granted: {}, member: {}, unallocated: { officer: null, supervisor: null, team: null },
} as const satisfies Record<string, Partial<AccessFacts>>;
type RelationName = keyof typeof relations;

const named: readonly RelationName[] = ['officer', 'supervisor', 'opener', 'granted', 'member'];
const related: readonly RelationName[] = [...named, 'team'];
const every = Object.keys(relations) as readonly RelationName[];
const inCharge: readonly RelationName[] = ['officer', 'supervisor'];
const shared: readonly RelationName[] = ['granted', 'member'];

const scene = (relation: RelationName, sensitivity: Sensitivity): Scene => ({
  records: { [theCase]: facts({ sensitivity, ...relations[relation] }) },
  granted: relation === 'granted' ? [theCase] : [], operations: relation === 'member' ? ['CLOVER'] : [],
});

const mayHow = async (action: InvestigationAction, sensitivity: Sensitivity, role: UserRole): Promise<RelationName[]> => {
  const permitted: RelationName[] = [];
  for (const relation of every)
    if ((await accessTo(scene(relation, sensitivity)).onInvestigation(reader(role), action, theCase)).verdict === 'PERMIT') permitted.push(relation);
  return permitted;
};

type Line = Partial<Record<UserRole, readonly RelationName[]>>;
const everybody = (...roles: UserRole[]): Line => Object.fromEntries(roles.map((role) => [role, every]));
const those = (which: readonly RelationName[], ...roles: UserRole[]): Line => Object.fromEntries(roles.map((role) => [role, which]));

// SYSTEM, the command line's account in sample and trial folders, does what commands do.
const command = everybody('SYSTEM');
const police = ['DETECTIVE', 'SUPERVISOR', 'INTEL_UNIT'] as const;
const knownTo: Line = { ...everybody('ANALYST', ...police, 'SOURCE_UNIT', 'DISCLOSURE_OFFICER', 'AUDITOR', 'PROFESSIONAL_STANDARDS'), PARTNER: shared, ...command };
const sensitiveTo: Line = { ...those(named, ...police, 'DISCLOSURE_OFFICER', 'AUDITOR'), ...everybody('PROFESSIONAL_STANDARDS'), ...command };
const reviewers: Line = { ...everybody('AUDITOR'), ...those(inCharge, 'DETECTIVE', 'SUPERVISOR') };
const lookers: Line = { ...reviewers, ...everybody('PROFESSIONAL_STANDARDS') };
const directs: Line = { SUPERVISOR: [...related, 'unallocated'], ...command };
const strangers: readonly RelationName[] = ['stranger', 'team', 'unallocated'];

const table: Record<InvestigationAction, Record<Sensitivity, Line>> = {
  know: { STANDARD: knownTo, RESTRICTED: knownTo, SENSITIVE: sensitiveTo },
  read: {
    STANDARD: { ...everybody('ANALYST', ...police, 'DISCLOSURE_OFFICER', 'AUDITOR', 'PROFESSIONAL_STANDARDS'), PARTNER: shared, ...command },
    RESTRICTED: { ...those(named, ...police, 'DISCLOSURE_OFFICER'), ...everybody('AUDITOR', 'PROFESSIONAL_STANDARDS'), PARTNER: shared, ...command },
    SENSITIVE: sensitiveTo,
  },
  record: {
    STANDARD: { ...those(related, 'DETECTIVE', 'SUPERVISOR'), INTEL_UNIT: named, ...command },
    RESTRICTED: { ...those(named, ...police), ...command }, SENSITIVE: { ...those(named, ...police), ...command },
  },
  supervise: { STANDARD: directs, RESTRICTED: { SUPERVISOR: named, ...command }, SENSITIVE: { SUPERVISOR: named, ...command } },
  reassess: {
    STANDARD: { ...directs, INTEL_UNIT: named },
    RESTRICTED: { ...those(named, 'SUPERVISOR', 'INTEL_UNIT'), ...command }, SENSITIVE: { ...those(named, 'SUPERVISOR', 'INTEL_UNIT'), ...command },
  },
  grant: { STANDARD: directs, RESTRICTED: { SUPERVISOR: named, ...command }, SENSITIVE: { SUPERVISOR: named, ...command } },
  breakGlass: { STANDARD: {}, RESTRICTED: those(strangers, ...police), SENSITIVE: {} },
  reviewBreakGlass: { STANDARD: reviewers, RESTRICTED: reviewers, SENSITIVE: { AUDITOR: named, ...everybody('PROFESSIONAL_STANDARDS') } },
  seeLooks: { STANDARD: lookers, RESTRICTED: lookers, SENSITIVE: { ...lookers, AUDITOR: named } },
};

const lines = Object.entries(table).flatMap(([action, by]) => Object.entries(by).map(([sensitivity, line]) => [action, sensitivity, line] as [InvestigationAction, Sensitivity, Line]));

describe('an investigation', () => {
  it.each(lines)('may be asked to %s when it is %s by those who are to', async (action, sensitivity, line) => {
    for (const role of userRoles) expect([role, await mayHow(action, sensitivity, role)]).toEqual([role, every.filter((relation) => line[role]?.includes(relation))]);
  });

  it('is the same to somebody who may not know it as one that is not there', async () => {
    const looked: string[] = [];
    const access = accessTo(scene('stranger', 'SENSITIVE'), looked);
    const hidden = await access.onInvestigation(reader('DETECTIVE'), 'read', theCase);
    const missing = await access.onInvestigation(reader('DETECTIVE'), 'read', 'nowhere' as InvestigationId);
    expect(hidden).toEqual(missing);
    expect(hidden).toEqual({ verdict: 'HIDDEN', known: false, related: false, sensitivity: null });
    // Either way one record that is not there was looked for.
    expect(looked).toHaveLength(2);
    expect(looked).not.toContain(theCase);
  });

  it('that is RESTRICTED is known to others, and forbidden', async () =>
    expect(await accessTo(scene('stranger', 'RESTRICTED')).onInvestigation(reader('DETECTIVE'), 'read', theCase))
      .toEqual({ verdict: 'FORBIDDEN', known: true, related: false, sensitivity: 'RESTRICTED' }));

  it('that was opened a moment ago is its opener\'s at once', async () => {
    const latest = { [theCase]: facts({ sensitivity: 'SENSITIVE', openedBy: 'dc  1' }) };
    expect((await accessTo({ records: {}, latest }).onInvestigation(reader('DETECTIVE'), 'record', theCase)).verdict).toBe('PERMIT');
    expect((await accessTo({ records: {}, latest }).onInvestigation(reader('DETECTIVE', { id: 'DC 2' }), 'record', theCase)).verdict).toBe('HIDDEN');
  });

  it('that was allocated a moment ago is its new officer\'s at once', async () => {
    const access = accessTo({ records: { [theCase]: facts() }, latest: { [theCase]: facts({ officer: 'DC 1' }) } });
    expect((await access.onInvestigation(reader('DETECTIVE'), 'record', theCase)).verdict).toBe('PERMIT');
  });

  it('that became SENSITIVE a moment ago is hidden at once', async () => {
    const scene: Scene = { records: { [theCase]: facts() }, latest: { [theCase]: facts({ sensitivity: 'SENSITIVE' }) }, ahead: true };
    expect((await accessTo(scene).onInvestigation(reader('ANALYST'), 'read', theCase)).verdict).toBe('HIDDEN');
    expect((await accessTo(scene).onInvestigation(reader('DETECTIVE', { id: 'DC 7' }), 'read', theCase)).verdict).toBe('PERMIT');
  });

  it('knows one officer by every way to write their number', async () => {
    const access = accessTo({ records: { [theCase]: facts({ sensitivity: 'RESTRICTED', officer: ' dc   1' }) } });
    expect((await access.onInvestigation(reader('DETECTIVE'), 'read', theCase)).verdict).toBe('PERMIT');
  });

  it('is hidden from a role that nobody knows', async () => {
    const stranger = { ...reader('DETECTIVE'), role: 'CHIEF' };
    expect((await accessTo(scene('officer', 'STANDARD')).onInvestigation(stranger, 'know', theCase)).verdict).toBe('HIDDEN');
    expect(accessTo({}).may(stranger, 'list')).toBe(false);
  });

  it('asks a reader for the team that works on it, not for two people without a team', async () => {
    const access = accessTo({ records: { [theCase]: facts({ team: null }) } });
    expect((await access.onInvestigation(reader('DETECTIVE', { team: undefined }), 'record', theCase)).related).toBe(false);
  });
});

describe('a reason for reading', () => {
  it.each([
    ['stranger', 'STANDARD', 'CODED'], ['team', 'STANDARD', 'NONE'], ['officer', 'STANDARD', 'NONE'], ['member', 'STANDARD', 'NONE'],
    ['officer', 'RESTRICTED', 'WORDS'], ['granted', 'SENSITIVE', 'WORDS'], ['stranger', 'SENSITIVE', 'NONE'],
  ] as const)('of a %s of a %s one: %s', async (relation, sensitivity, needed) =>
    expect(await accessTo(scene(relation, sensitivity)).reasonNeeded(reader('DETECTIVE'), theCase)).toBe(needed));

  it('of the program\'s own account: NONE; of an account that is somebody\'s: as of them', async () => {
    const access = accessTo(scene('officer', 'RESTRICTED'));
    expect(await access.reasonNeeded(reader('SYSTEM'), theCase)).toBe('NONE');
    expect(await access.reasonNeeded(reader('DETECTIVE', { kind: 'system' }), theCase)).toBe('WORDS');
    expect([await access.reasonNeededFor(reader('SYSTEM'), somebody), await access.reasonNeededFor(reader('AUDITOR', { kind: 'system' }), somebody)]).toEqual(['NONE', 'CODED']);
  });
});

describe('without a record', () => {
  const noAdmin = userRoles.filter((role) => role !== 'ADMIN');
  const by: Record<(typeof ledgerActions)[number], readonly UserRole[]> = {
    seeFigures: noAdmin, list: noAdmin, open: [...police, 'SYSTEM'], registerPerson: [...police, 'SYSTEM'],
    seeActivity: ['AUDITOR', 'PROFESSIONAL_STANDARDS'], seeBreakGlass: ['AUDITOR', 'PROFESSIONAL_STANDARDS'], seeCovert: ['PROFESSIONAL_STANDARDS'],
    extractLog: ['AUDITOR'], manageSessions: ['ADMIN'], seeRetention: ['DISCLOSURE_OFFICER'], seeWork: ['SUPERVISOR'], manageJobs: ['ADMIN'],
  };
  it.each(ledgerActions)('%s', (action) => expect(userRoles.filter((role) => accessTo({}).may(reader(role), action))).toEqual(userRoles.filter((role) => by[action].includes(role))));
});

describe('a person', () => {
  const on = (sensitivity: Sensitivity, more: Scene = {}): Scene => ({ records: { [theCase]: facts({ sensitivity }) }, cases: [theCase], ...more });
  const rolesThatMay = async (action: PersonAction, scene: Scene): Promise<UserRole[]> => {
    const may: UserRole[] = [];
    for (const role of userRoles) if ((await accessTo(scene).onPerson(reader(role), action, somebody)).verdict === 'PERMIT') may.push(role);
    return may;
  };
  const people = ['ANALYST', ...police, 'DISCLOSURE_OFFICER', 'AUDITOR', 'PROFESSIONAL_STANDARDS'] as const;
  const inOrder = (roles: readonly UserRole[]): UserRole[] => userRoles.filter((role) => roles.includes(role));

  it.each([
    ['on no investigation', {}, [...people, 'SYSTEM'], [...people, 'SYSTEM']],
    ['on a STANDARD one', on('STANDARD'), [...people, 'SYSTEM'], [...people, 'SYSTEM']],
    ['on a RESTRICTED one', on('RESTRICTED'), [...people, 'SYSTEM'], ['AUDITOR', 'PROFESSIONAL_STANDARDS', 'SYSTEM']],
    ['on a SENSITIVE one', on('SENSITIVE'), ['PROFESSIONAL_STANDARDS', 'SYSTEM'], ['PROFESSIONAL_STANDARDS', 'SYSTEM']],
    ['on a STANDARD one that is shared', on('STANDARD', { granted: [theCase] }), [...people, 'PARTNER', 'SYSTEM'], [...people, 'PARTNER', 'SYSTEM']],
    ['on a SENSITIVE and a STANDARD one', { records: { [theCase]: facts({ sensitivity: 'SENSITIVE' }), other: facts() }, cases: [theCase, 'other'] }, [...people, 'SYSTEM'], [...people, 'SYSTEM']],
  ] as const)('%s is known and read by those who are to', async (_, scene, known, read) => {
    expect(await rolesThatMay('knowPerson', scene)).toEqual(inOrder(known));
    expect(await rolesThatMay('readPerson', scene)).toEqual(inOrder(read));
  });

  it('is recorded by those who record and may read them', async () => {
    expect(await rolesThatMay('recordPerson', {})).toEqual(inOrder([...police, 'SYSTEM']));
    expect(await rolesThatMay('recordPerson', on('RESTRICTED'))).toEqual(['SYSTEM']);
    expect(await rolesThatMay('recordPerson', on('RESTRICTED', { granted: [theCase] }))).toEqual(inOrder([...police, 'SYSTEM']));
  });

  it.each(['restrict', 'hold', 'reviewRetention', 'requestErasure', 'extractSubject'] as const)('has %s from the disclosure officer who may read them', async (action) => {
    expect(await rolesThatMay(action, {})).toEqual(['DISCLOSURE_OFFICER']);
    expect(await rolesThatMay(action, on('RESTRICTED'))).toEqual([]);
  });

  it('has what was decided shown to those who decide, and to those who check', async () => {
    expect(await rolesThatMay('seeRights', {})).toEqual(inOrder(['SUPERVISOR', 'DISCLOSURE_OFFICER', 'AUDITOR', 'PROFESSIONAL_STANDARDS']));
    expect(await rolesThatMay('seeRights', on('RESTRICTED'))).toEqual(inOrder(['AUDITOR', 'PROFESSIONAL_STANDARDS']));
  });

  it('is erased by a second person', async () => {
    expect(await rolesThatMay('authoriseErasure', { mark: { restricted: false, erasureRequestedBy: 'DC 2' } })).toEqual(inOrder(['DISCLOSURE_OFFICER', 'SUPERVISOR']));
    expect(await rolesThatMay('authoriseErasure', { mark: { restricted: false, erasureRequestedBy: 'dc 1' } })).toEqual([]);
    expect(await rolesThatMay('authoriseErasure', on('SENSITIVE', { mark: { restricted: false, erasureRequestedBy: 'DC 2' } }))).toEqual([]);
  });

  it('whose processing is restricted is read by few, and nobody records', async () => {
    const scene = on('STANDARD', { mark: { restricted: true } });
    expect(await rolesThatMay('knowPerson', scene)).toEqual(inOrder([...people, 'SYSTEM']));
    expect(await rolesThatMay('readPerson', scene)).toEqual(inOrder(['DISCLOSURE_OFFICER', 'AUDITOR', 'PROFESSIONAL_STANDARDS']));
    expect(await rolesThatMay('recordPerson', scene)).toEqual([]);
    expect(await rolesThatMay('restrict', scene)).toEqual(['DISCLOSURE_OFFICER']);
  });

  it('is as hidden as the case that came to be hidden a moment ago, and as open as one that was opened then', async () => {
    const ahead = (now: Parameters<typeof facts>[0], then?: Parameters<typeof facts>[0]): Scene =>
      ({ cases: [theCase], records: then === undefined ? {} : { [theCase]: facts(then) }, latest: { [theCase]: facts(now) }, ahead: true });
    const hidden = ahead({ sensitivity: 'SENSITIVE' }, {});
    for (const action of ['knowPerson', 'readPerson', 'recordPerson', 'seeRights', 'requestErasure', 'authoriseErasure', 'extractSubject'] as const)
      expect((await rolesThatMay(action, hidden)).filter((role) => !['PROFESSIONAL_STANDARDS', 'SYSTEM'].includes(role))).toEqual([]);
    const seen = accessTo(hidden).seenBy(reader('DETECTIVE'));
    expect([await seen.readsPerson(somebody), seen.surelyReadsPerson(somebody), await seen.casesNaming(somebody)]).toEqual([false, false, []]);
    const own = accessTo(ahead({ officer: 'DC 1', sensitivity: 'SENSITIVE' })).seenBy(reader('DETECTIVE'));
    expect([await own.readsPerson(somebody), own.surelyReadsPerson(somebody), await own.casesNaming(somebody)]).toEqual([true, false, [theCase]]);
    expect(await accessTo(ahead({ sensitivity: 'RESTRICTED' }, {})).reasonNeededFor(reader('DETECTIVE'), somebody)).toBe('CODED');
    expect(await accessTo(ahead({ sensitivity: 'RESTRICTED', officer: 'DC 1' }, {})).reasonNeededFor(reader('DETECTIVE'), somebody)).toBe('WORDS');
  });

  it('costs no look into the ledger where nothing was decided anew', async () => {
    const looked: string[] = [];
    const access = accessTo(on('STANDARD'), looked);
    await access.onPerson(reader('DETECTIVE'), 'readPerson', somebody);
    await access.seenBy(reader('DETECTIVE')).casesNaming(somebody);
    expect(looked).toEqual([]);
  });

  it('who is not known is the same as one who is not there', async () =>
    expect(await accessTo(on('SENSITIVE')).onPerson(reader('DETECTIVE'), 'recordPerson', somebody)).toEqual({ verdict: 'HIDDEN', known: false, restricted: false }));
});

describe('a break-glass', () => {
  const restricted = facts({ sensitivity: 'RESTRICTED' });
  const may = async (brokenInto: readonly string[], role: 'SUPERVISOR' | 'DETECTIVE') => {
    const access = accessTo({ records: { case: restricted }, granted: ['case'], brokenInto });
    const verdicts = await Promise.all((['read', 'record', 'supervise', 'reassess', 'grant', 'seeLooks'] as const).map((action) => access.onInvestigation(reader(role), action, theCase)));
    return verdicts.map(({ verdict }) => verdict === 'PERMIT');
  };

  it('lets its user read and record, and direct nothing: they could take the case over and answer for themselves', async () => {
    expect(await may(['case'], 'SUPERVISOR')).toEqual([true, true, false, false, false, false]);
    expect(await may(['case'], 'DETECTIVE')).toEqual([true, true, false, false, false, false]);
  });

  it('adds nothing to and takes nothing from a grant by somebody else', async () => expect(await may([], 'SUPERVISOR')).toEqual([true, true, true, true, true, false]));
});

describe('the reason for reading a person', () => {
  const needed = (sensitivity: 'STANDARD' | 'RESTRICTED', officer: string) =>
    accessTo({ records: { case: facts({ sensitivity, officer }) }, cases: ['case'] }).reasonNeededFor(reader('DETECTIVE'), somebody);

  it('is none on a case of the reader\'s, a code on another, and words where the page shows a restricted one', async () => {
    expect([await needed('STANDARD', 'DC 1'), await needed('STANDARD', 'DC 7'), await needed('RESTRICTED', 'DC 1')]).toEqual(['NONE', 'CODED', 'WORDS']);
  });

  it('is a code where a restricted case stays out of sight', async () => expect(await needed('RESTRICTED', 'DC 7')).toBe('CODED'));
});
