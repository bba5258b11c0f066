import { cases, expectedOfPerson, expectedOn, expectedPlain, expectedReason, recordActions, standings } from './oracle';
import type { Relation, Standing } from './oracle';

// Sentences of the decision, said again as cases: a slip of the pen in the table would otherwise pass for the law.

const as = (...held: readonly Relation[]): Standing => ({ relations: new Set(held), unowned: false });
const stranger = as();

describe('the table of who may do what', () => {
  it('asks every question once: nine actions, eleven roles, three sensitivities, eighty standings', () => {
    const keys = [...cases()].map(({ action, role, sensitivity, standing }) => [action, role, sensitivity, standing.unowned, ...standing.relations].join(' '));
    expect([keys.length, new Set(keys).size]).toEqual([9 * 11 * 3 * 80, 9 * 11 * 3 * 80]);
    expect(standings).toHaveLength(80);
  });

  it('permits nothing on a record that may not be known, and no recording to whom it is closed', () => {
    for (const { role, sensitivity, standing } of cases()) {
      const permitted = recordActions.filter((action) => expectedOn(action, role, sensitivity, standing) === 'PERMIT');
      if (permitted.length > 0) expect(permitted).toContain('know');
      if (permitted.some((action) => ['record', 'supervise', 'reassess', 'grant'].includes(action))) expect(permitted).toContain('read');
    }
  });

  it('shows an administrator no record at all', () => {
    expect([...cases()].filter(({ role, expected }) => role === 'ADMIN' && expected !== 'HIDDEN')).toEqual([]);
  });

  it('hides a sensitive record from everybody who is not named, but not from professional standards and the command line', () => {
    const knowing = [...cases()].filter(({ action, sensitivity, standing, expected }) =>
      action === 'know' && sensitivity === 'SENSITIVE' && expected === 'PERMIT' && [...standing.relations].every((one) => one === 'team'));
    expect([...new Set(knowing.map(({ role }) => role))]).toEqual(['PROFESSIONAL_STANDARDS', 'SYSTEM']);
  });

  it('lets a team colleague record on a standard record and break the glass of a restricted one', () => {
    expect(expectedOn('record', 'DETECTIVE', 'STANDARD', as('team'))).toBe('PERMIT');
    expect(expectedOn('record', 'INTEL_UNIT', 'STANDARD', as('team'))).toBe('FORBIDDEN');
    expect(expectedOn('read', 'DETECTIVE', 'RESTRICTED', as('team'))).toBe('FORBIDDEN');
    expect(expectedOn('breakGlass', 'DETECTIVE', 'RESTRICTED', as('team'))).toBe('PERMIT');
    expect(expectedOn('breakGlass', 'DETECTIVE', 'RESTRICTED', as('granted'))).toBe('FORBIDDEN');
    expect(expectedOn('breakGlass', 'DETECTIVE', 'SENSITIVE', stranger)).toBe('HIDDEN');
  });

  it('lets any supervisor take up a record that nobody has', () => {
    expect(expectedOn('supervise', 'SUPERVISOR', 'STANDARD', stranger)).toBe('FORBIDDEN');
    expect(expectedOn('supervise', 'SUPERVISOR', 'STANDARD', { relations: new Set(), unowned: true })).toBe('PERMIT');
    expect(expectedOn('supervise', 'SUPERVISOR', 'RESTRICTED', { relations: new Set(), unowned: true })).toBe('FORBIDDEN');
  });

  it('shows a partner what they are listed for, short of the sensitive', () => {
    expect(expectedOn('read', 'PARTNER', 'STANDARD', stranger)).toBe('HIDDEN');
    expect(expectedOn('read', 'PARTNER', 'RESTRICTED', as('granted'))).toBe('PERMIT');
    expect(expectedOn('know', 'PARTNER', 'SENSITIVE', as('granted', 'member'))).toBe('HIDDEN');
    expect(expectedOn('record', 'PARTNER', 'STANDARD', as('granted'))).toBe('FORBIDDEN');
  });

  it('knows a person by the investigations they are on', () => {
    const on = (sensitivity: 'STANDARD' | 'SENSITIVE', standing = stranger) => ({ on: [{ sensitivity, standing }], restricted: false, requested: false });
    const free = { on: [], restricted: false, requested: false };
    expect(expectedOfPerson('read', 'DETECTIVE', free)).toBe('PERMIT');
    expect(expectedOfPerson('read', 'PARTNER', free)).toBe('HIDDEN');
    expect(expectedOfPerson('read', 'DETECTIVE', on('SENSITIVE'))).toBe('HIDDEN');
    expect(expectedOfPerson('recordPerson', 'DETECTIVE', on('STANDARD'))).toBe('PERMIT');
    expect(expectedOfPerson('recordPerson', 'ANALYST', on('STANDARD'))).toBe('FORBIDDEN');
    expect(expectedOfPerson('read', 'SOURCE_UNIT', on('STANDARD'))).toBe('HIDDEN');
  });

  it('leaves a restricted person to disclosure, audit and professional standards, and lets nobody record', () => {
    const person = { on: [], restricted: true, requested: false };
    expect(expectedOfPerson('read', 'DETECTIVE', person)).toBe('FORBIDDEN');
    expect(expectedOfPerson('read', 'AUDITOR', person)).toBe('PERMIT');
    expect(expectedOfPerson('recordPerson', 'SUPERVISOR', person)).toBe('FORBIDDEN');
    expect(expectedOfPerson('restrict', 'DISCLOSURE_OFFICER', person)).toBe('PERMIT');
  });

  it('wants a second person to authorise an erasure', () => {
    const person = { on: [], restricted: false, requested: true };
    expect(expectedOfPerson('authoriseErasure', 'DISCLOSURE_OFFICER', person)).toBe('FORBIDDEN');
    expect(expectedOfPerson('authoriseErasure', 'SUPERVISOR', { ...person, requested: false })).toBe('PERMIT');
    expect(expectedOfPerson('authoriseErasure', 'SUPERVISOR', { ...person, requested: false, restricted: true })).toBe('FORBIDDEN');
  });

  it('keeps figures from administrators, and covert subjects for professional standards', () => {
    expect([expectedPlain('seeFigures', 'ADMIN'), expectedPlain('seeFigures', 'PARTNER')]).toEqual(['FORBIDDEN', 'PERMIT']);
    expect([expectedPlain('seeCovert', 'AUDITOR'), expectedPlain('seeCovert', 'PROFESSIONAL_STANDARDS')]).toEqual(['FORBIDDEN', 'PERMIT']);
    expect(expectedPlain('manageSessions', 'SUPERVISOR')).toBe('FORBIDDEN');
  });

  it('lets the command line record and read, and do nothing that a person answers for', () => {
    expect([...cases()].filter(({ role, action, expected }) => role === 'SYSTEM' && (expected === 'PERMIT') !== ['know', 'read', 'record', 'supervise', 'reassess', 'grant'].includes(action))).toEqual([]);
    expect(expectedOfPerson('requestErasure', 'SYSTEM', { on: [], restricted: false, requested: false })).toBe('FORBIDDEN');
    expect([expectedPlain('open', 'SYSTEM'), expectedPlain('seeActivity', 'SYSTEM')]).toEqual(['PERMIT', 'FORBIDDEN']);
  });

  it('asks a reason of who is not related, and always in words where the record is not standard', () => {
    expect([expectedReason('STANDARD', as('team')), expectedReason('STANDARD', stranger), expectedReason('RESTRICTED', as('officer'))]).toEqual(['NONE', 'CHOSEN', 'IN_WORDS']);
  });
});
