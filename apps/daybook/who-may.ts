import type { Clock } from '#kernel';
import type { EmbeddedEventStore, Ledger } from '#platform/event-store';
import type { SessionNotes } from '#platform/sign-in';
import type { Vault } from '#platform/vault';
import type { ReadStore } from '#platform/read-store';
import { CaseAccess } from '#contexts/investigations';
import type { EscalationReader, InvestigationReader, PersonCases } from '#contexts/investigations';
import type { NominalReader } from '#contexts/nominals';
import { Access, AccessLists, loadPolicies, Posts, WhoCouldSee, WorkLists } from '#contexts/oversight';
import type { AccessParts, DataSubjects, LookQueries, Looks, OnRecord } from '#contexts/oversight';
import type { AuditParts } from '../console';
import { OperationLists, ReasonsGiven, Targets } from '../guard';
import { AccessAhead } from './access-ahead';
import { auditParts } from './audit-parts';
import { GrantedLists } from './granted-lists';

/** Who may do what, and what those who oversee may see of it. */
export interface WhoMay {
  readonly access: Access;
  /** The same decisions over facts of records that somebody else looks up. */
  readonly accessOver: (facts: OnRecord['facts']) => Access;
  readonly accessLists: AccessLists;
  /** Those of operations, as they are for who asks. */
  readonly operationLists: OperationLists;
  readonly caseAccess: CaseAccess;
  readonly whoCouldSee: WhoCouldSee;
  readonly posts: Posts;
  /** What was escalated and waits, for each of those who may act on it. */
  readonly workLists: WorkLists;
  /** Reasons for access that were given in sessions that run. */
  readonly reasons: ReasonsGiven;
  readonly oversight: AuditParts;
}

interface Sources {
  readonly ledger: Ledger;
  readonly store: EmbeddedEventStore;
  readonly vault: Vault;
  /** What was said in sessions that run. */
  readonly notes: SessionNotes;
  readonly reads: Pick<ReadStore, 'db' | 'ready' | 'numberRecordedBy' | 'checkpoint'>;
  readonly queries: InvestigationReader;
  readonly escalations: EscalationReader;
  readonly people: NominalReader;
  readonly personCases: PersonCases;
  readonly dataSubjects: DataSubjects;
  readonly lookQueries: LookQueries;
  readonly looks: Looks;
  readonly clock: Clock;
}

/** @throws PolicyError naming the policy that does not fit the schema */
export const whoMay = ({ ledger, store, vault, notes, reads, queries, escalations, people, personCases, dataSubjects, lookQueries, looks, clock }: Sources): WhoMay => {
  const accessLists = new AccessLists(reads);
  const caseAccess = new CaseAccess(ledger, reads);
  const [policies, posts] = [loadPolicies(), new Posts(reads)];
  const ahead = new AccessAhead(ledger, reads);
  const accessParts: AccessParts = {
    policies, records: caseAccess, investigations: queries, granted: new GrantedLists(accessLists, () => reads.checkpoint().number), cases: { naming: (id) => ahead.alsoNaming(id, personCases.naming(id)) }, marks: dataSubjects, clock,
    isAhead: (id) => ahead.of(id),
  };
  const access = new Access(accessParts);
  return {
    access, accessLists, operationLists: new OperationLists(caseAccess, accessLists), caseAccess, accessOver: (facts) => new Access({ ...accessParts, records: { facts, latest: async (id) => facts(id) } }), whoCouldSee: new WhoCouldSee({ policies, lists: accessLists, posts, records: caseAccess }),
    reasons: new ReasonsGiven(notes, vault), posts, workLists: new WorkLists({ access, escalations, posts }),
    oversight: auditParts({
      lookQueries, looks, people, accessLists,
      targets: new Targets({ people, store }), vault, seenBy: (reader) => access.seenBy(reader),
      queriesFor: (reader) => access.seenBy(reader).queries, knowsPerson: (reader, id) => access.seenBy(reader).surelyReadsPerson(id),
      mayReview: async (reader, id) => (await access.onInvestigation(reader, 'reviewBreakGlass', id)).verdict === 'PERMIT',
    }),
  };
};
