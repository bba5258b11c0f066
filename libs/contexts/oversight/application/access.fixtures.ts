import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { AccessFacts, InvestigationQueries } from '#contexts/investigations';
import type { UserRole } from '../domain/codes';
import { Access } from './access';
import { loadPolicies } from './load-policies';
import type { AccessParts, PersonMark } from './ports';

export const policies = loadPolicies();

/** A reader of this role: `DC 1` of the team `CID`, agency `SYP`. */
export const reader = (role: UserRole, more: Partial<Reader> = {}): Reader => ({
  kind: role === 'SYSTEM' ? 'system' : 'user', id: 'DC 1', name: 'A. Reader', role, agency: 'SYP', team: 'CID', multiFactor: true, provedAt: 0, ...more,
});

export const facts = (more: Partial<AccessFacts> = {}): AccessFacts =>
  ({ sensitivity: 'STANDARD', officer: 'DC 7', supervisor: 'DS 7', openedBy: 'DC 8', team: 'Other', operations: ['CLOVER'], ...more });

export const theCase = 'case' as InvestigationId;
export const somebody = 'somebody' as NominalId;

export interface Scene {
  readonly records?: Readonly<Record<string, AccessFacts>>;
  /** In the ledger and not yet in the read model. */
  readonly latest?: Readonly<Record<string, AccessFacts>>;
  /** The ledger holds what the read model does not yet. */
  readonly ahead?: true;
  readonly granted?: readonly string[];
  /** On the lists of these operations, which reach every record, or those `reached`. */
  readonly operations?: readonly string[];
  readonly reached?: readonly string[];
  /** Of the granted, those that only a break-glass opens. */
  readonly brokenInto?: readonly string[];
  readonly cases?: readonly string[];
  readonly mark?: PersonMark;
}

/** Access over facts in memory; `looked` is given every id that was looked up in the ledger. */
export const accessTo = ({ records = {}, latest = records, granted = [], operations = [], brokenInto = [], cases = [], mark, ahead, reached }: Scene, looked: string[] = []): Access =>
  new Access({
    policies,
    records: { facts: (id) => records[id], latest: async (id) => { looked.push(id); return latest[id]; } },
    investigations: { seenBy: () => ({}) as InvestigationQueries },
    granted: { granted: () => ({ investigations: new Set(granted), operations: new Map(operations.map((key) => [key, new Set(reached ?? Object.keys({ ...records, ...latest }))])), brokenInto: new Set(brokenInto) }) },
    cases: { naming: () => cases as readonly InvestigationId[] },
    marks: { of: () => mark ?? { restricted: false } },
    isAhead: () => ahead === true,
    clock: () => 0,
  } satisfies AccessParts);
