/**
 * Who may do what, written from docs/adr/0009-access.md alone and apart from the policies that it is compared with.
 * Nothing here may be taken from, or handed to, the code under test.
 */

export const roles = [
  'ANALYST', 'DETECTIVE', 'SUPERVISOR', 'INTEL_UNIT', 'SOURCE_UNIT', 'DISCLOSURE_OFFICER', 'AUDITOR', 'PROFESSIONAL_STANDARDS', 'PARTNER', 'ADMIN', 'SYSTEM',
] as const;
export type Role = (typeof roles)[number];

export const sensitivities = ['STANDARD', 'RESTRICTED', 'SENSITIVE'] as const;
export type Sensitivity = (typeof sensitivities)[number];

export const relations = ['officer', 'supervisor', 'opener', 'team', 'granted', 'member'] as const;
export type Relation = (typeof relations)[number];

/** What stands between one reader and one record. */
export interface Standing {
  readonly relations: ReadonlySet<Relation>;
  /** The record has neither officer nor team; so the reader is neither. */
  readonly unowned: boolean;
}

export const recordActions = ['know', 'read', 'record', 'supervise', 'reassess', 'grant', 'breakGlass', 'reviewBreakGlass', 'seeLooks'] as const;
export type RecordAction = (typeof recordActions)[number];

/** Hidden: as if it did not exist. Forbidden: known to be there, and not for this reader. */
export type Expected = 'PERMIT' | 'FORBIDDEN' | 'HIDDEN';

const has = (...wanted: readonly Relation[]) => ({ relations: held }: Standing): boolean => wanted.some((one) => held.has(one));
const any = (): boolean => true;
const related = has('officer', 'supervisor', 'opener', 'team', 'granted', 'member');
const named = has('officer', 'supervisor', 'opener', 'granted', 'member');
const notNamed = (standing: Standing): boolean => !named(standing);
const listed = has('granted', 'member');
const allocated = has('officer', 'supervisor');
const unowned = ({ unowned: free }: Standing): boolean => free;

type Row = readonly [who: string, standing: (standing: Standing) => boolean];
const insiders = 'DETECTIVE SUPERVISOR INTEL_UNIT';
const known: readonly Row[] = [[`ANALYST ${insiders} SOURCE_UNIT DISCLOSURE_OFFICER AUDITOR PROFESSIONAL_STANDARDS`, any], ['PARTNER', listed]];
const hiddenButTo: readonly Row[] = [[`${insiders} DISCLOSURE_OFFICER AUDITOR`, named], ['PROFESSIONAL_STANDARDS', any]];
const namedInsiders: readonly Row[] = [[insiders, named]];
const namedSupervisor: readonly Row[] = [['SUPERVISOR', named]];
const reassessors: readonly Row[] = [['SUPERVISOR INTEL_UNIT', named]];
const supervisors: readonly Row[] = [['SUPERVISOR', related], ['SUPERVISOR', unowned]];
const itsOwn: Row = ['DETECTIVE SUPERVISOR', allocated];
const looks: readonly Row[] = [['AUDITOR PROFESSIONAL_STANDARDS', any], itsOwn];
const namedAuditor: readonly Row[] = [['AUDITOR', named], ['PROFESSIONAL_STANDARDS', any]];

/** The command line does what commands do: it records and reads. What a person answers for by name it may not. */
const commandLine: Row = ['SYSTEM', any];
const commands: readonly RecordAction[] = ['know', 'read', 'record', 'supervise', 'reassess', 'grant'];

/** The columns STANDARD, RESTRICTED, SENSITIVE of each action; a role that is in no row may not. */
const table: Readonly<Record<RecordAction, readonly [readonly Row[], readonly Row[], readonly Row[]]>> = {
  know: [known, known, hiddenButTo],
  read: [
    [[`ANALYST ${insiders} DISCLOSURE_OFFICER AUDITOR PROFESSIONAL_STANDARDS`, any], ['PARTNER', listed]],
    [[`${insiders} DISCLOSURE_OFFICER`, named], ['AUDITOR PROFESSIONAL_STANDARDS', any], ['PARTNER', listed]],
    hiddenButTo,
  ],
  record: [[['DETECTIVE SUPERVISOR', related], ['INTEL_UNIT', named]], namedInsiders, namedInsiders],
  supervise: [supervisors, namedSupervisor, namedSupervisor],
  reassess: [[...supervisors, ['INTEL_UNIT', named]], reassessors, reassessors],
  grant: [supervisors, namedSupervisor, namedSupervisor],
  breakGlass: [[], [[insiders, notNamed]], []],
  reviewBreakGlass: [[['AUDITOR', any], itsOwn], [['AUDITOR', any], itsOwn], namedAuditor],
  seeLooks: [looks, looks, [...namedAuditor, itsOwn]],
};

const permits = (rows: readonly Row[], role: Role, standing: Standing): boolean => rows.some(([who, holds]) => who.split(' ').includes(role) && holds(standing));

/** The verdict on one investigation. */
export const expectedOn = (action: RecordAction, role: Role, sensitivity: Sensitivity, standing: Standing): Expected => {
  const column = sensitivities.indexOf(sensitivity);
  const may = (what: RecordAction): boolean => permits([...(table[what][column] ?? []), ...(commands.includes(what) ? [commandLine] : [])], role, standing);
  if (may(action)) return 'PERMIT';
  return may('know') ? 'FORBIDDEN' : 'HIDDEN';
};

const byRole: Readonly<Record<string, string>> = {
  seeFigures: `ANALYST ${insiders} SOURCE_UNIT DISCLOSURE_OFFICER AUDITOR PROFESSIONAL_STANDARDS PARTNER SYSTEM`,
  list: `ANALYST ${insiders} SOURCE_UNIT DISCLOSURE_OFFICER AUDITOR PROFESSIONAL_STANDARDS PARTNER SYSTEM`,
  open: `${insiders} SYSTEM`,
  registerPerson: `${insiders} SYSTEM`,
  seeActivity: 'AUDITOR PROFESSIONAL_STANDARDS',
  seeBreakGlass: 'AUDITOR PROFESSIONAL_STANDARDS',
  seeCovert: 'PROFESSIONAL_STANDARDS',
  extractLog: 'AUDITOR',
  manageSessions: 'ADMIN',
  seeRetention: 'DISCLOSURE_OFFICER',
  seeWork: 'SUPERVISOR',
  manageJobs: 'ADMIN',
};
export const plainActions = Object.keys(byRole);

/** The verdict on an action that concerns no one record. */
export const expectedPlain = (action: string, role: Role): Expected => ((byRole[action] ?? '').split(' ').includes(role) ? 'PERMIT' : 'FORBIDDEN');

export const personActions = [
  'know', 'read', 'recordPerson', 'seeRights', 'restrict', 'hold', 'reviewRetention', 'requestErasure', 'extractSubject', 'authoriseErasure',
] as const;
export type PersonAction = (typeof personActions)[number];

/** One person as one reader stands to them. */
export interface Person {
  /** The investigations they are on, each as the reader stands to it. */
  readonly on: readonly { readonly sensitivity: Sensitivity; readonly standing: Standing }[];
  /** Processing is restricted (DPA 2018 ss.46 to 48). */
  readonly restricted: boolean;
  /** This reader asked for the person's erasure. */
  readonly requested: boolean;
}

const knowsPeople = `ANALYST ${insiders} DISCLOSURE_OFFICER AUDITOR PROFESSIONAL_STANDARDS`.split(' ');
const readsRestricted = 'DISCLOSURE_OFFICER AUDITOR PROFESSIONAL_STANDARDS'.split(' ');
const onOne = (action: 'know' | 'read', role: Role, { on }: Person): boolean =>
  on.some(({ sensitivity, standing }) => expectedOn(action, role, sensitivity, standing) === 'PERMIT');

const personIs = (action: 'know' | 'read', role: Role, person: Person): boolean => {
  if (action === 'read' && person.restricted && !readsRestricted.includes(role)) return false;
  if (role === 'SYSTEM') return true;
  if (role === 'PARTNER') return onOne(action, role, person);
  return knowsPeople.includes(role) && (person.on.length === 0 || onOne(action, role, person));
};

const mayWithPerson = (action: PersonAction, role: Role, person: Person): boolean => {
  if (action === 'know' || action === 'read') return personIs(action, role, person);
  if (!personIs('read', role, person)) return false;
  if (action === 'recordPerson') return !person.restricted && [...insiders.split(' '), 'SYSTEM'].includes(role);
  if (action === 'authoriseErasure') return !person.requested && ['DISCLOSURE_OFFICER', 'SUPERVISOR'].includes(role);
  if (action === 'seeRights') return ['DISCLOSURE_OFFICER', 'SUPERVISOR', 'AUDITOR', 'PROFESSIONAL_STANDARDS'].includes(role);
  return role === 'DISCLOSURE_OFFICER';
};

/** The verdict on one person. */
export const expectedOfPerson = (action: PersonAction, role: Role, person: Person): Expected => {
  if (mayWithPerson(action, role, person)) return 'PERMIT';
  return personIs('know', role, person) ? 'FORBIDDEN' : 'HIDDEN';
};

/** Acts that ask for a proof of identity of the last minutes. */
export const stepUp = ['grant', 'breakGlass', 'extractLog', 'requestErasure', 'extractSubject', 'authoriseErasure'] as const;

/** The reason that reading asks for. Whether RESTRICTED asks a related reader too is taken in the stricter sense: always. */
export const expectedReason = (sensitivity: Sensitivity, standing: Standing): 'NONE' | 'CHOSEN' | 'IN_WORDS' => {
  if (sensitivity !== 'STANDARD') return 'IN_WORDS';
  return related(standing) ? 'NONE' : 'CHOSEN';
};

/** What a verdict is over HTTP. An unknown record answers as a hidden one; who is not signed in gets 401 before anything is looked up. */
export const statusOf: Readonly<Record<Exclude<Expected, 'PERMIT'> | 'UNKNOWN' | 'NOT_SIGNED_IN', number>> = {
  FORBIDDEN: 403,
  HIDDEN: 404,
  UNKNOWN: 404,
  NOT_SIGNED_IN: 401,
};

const subsets = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.reduce<readonly (readonly T[])[]>((so, item) => [...so, ...so.map((set) => [...set, item])], [[]]);

/** Every way in which a reader can stand to a record: 64 sets of relations, and the 16 of them without officer and team over a record that has neither. */
export const standings: readonly Standing[] = subsets(relations).flatMap((set) => {
  const held = new Set(set);
  const free = !held.has('officer') && !held.has('team');
  return [{ relations: held, unowned: false }, ...(free ? [{ relations: held, unowned: true }] : [])];
});

/** One question about an investigation with its answer. */
export interface Case {
  readonly action: RecordAction;
  readonly role: Role;
  readonly sensitivity: Sensitivity;
  readonly standing: Standing;
  readonly expected: Expected;
}

/** Every question there is about an investigation: action by role by sensitivity by standing. */
export const cases = function* (): Generator<Case> {
  for (const action of recordActions)
    for (const role of roles)
      for (const sensitivity of sensitivities)
        for (const standing of standings) yield { action, role, sensitivity, standing, expected: expectedOn(action, role, sensitivity, standing) };
};
