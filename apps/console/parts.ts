import type { Clock } from '#kernel';
import type { CaseAccess, CaseHistory, PersonCases } from '#contexts/investigations';
import type { PersonHistory } from '#contexts/nominals';
import type { Drafts } from '#platform/drafts';
import type { EventCodec, Ledger, StoredEvent } from '#platform/event-store';
import type { Jobs, ReconcilerLag, UnderWay } from '#platform/jobs';
import type { LiveNotices } from '#platform/live-notice';
import type { ReadStore } from '#platform/read-store';
import type { SignIn } from '#platform/sign-in';
import type { Vault } from '#platform/vault';
import type { AuditParts } from './pages/audit/audit-parts';
import type { Access, AccessLists, OnRecord, RightsParts, WhoCouldSee, WorkLists } from '#contexts/oversight';
import type { AccessReason, Admission, NamedRecord, OperationLists, ReasonsGiven } from '../guard';
import type { FolderKind } from './rendering/shell';

/** What the console is built over; the command bus comes from the module around it. */
export interface ConsoleParts {
  readonly history: CaseHistory;
  readonly personHistory: PersonHistory;
  readonly personCases: PersonCases;
  readonly ledger: Pick<Ledger, 'history'>;
  readonly store: { eventByNumber(number: number): StoredEvent | undefined };
  readonly codec: EventCodec;
  readonly reads: Pick<ReadStore, 'waitFor' | 'status' | 'checkpoint' | 'ready'>;
  readonly vault: Pick<Vault, 'open' | 'digest'>;
  readonly clock: Clock;
  readonly access: Access;
  /** The same decisions over facts of records that are looked up otherwise. */
  readonly accessOver: (facts: OnRecord['facts']) => Access;
  readonly accessLists: Pick<AccessLists, 'onInvestigation' | 'toAnswer' | 'used'>;
  readonly operationLists: OperationLists;
  readonly whoCouldSee: Pick<WhoCouldSee, 'on'>;
  readonly workLists: Pick<WorkLists, 'of'>;
  readonly caseAccess: Pick<CaseAccess, 'facts'>;
  /** For those who oversee: who looked at what. */
  readonly oversight: AuditParts;
  /** Rights of people, and how long their records are kept. */
  readonly rights: RightsParts;
  readonly drafts: Pick<Drafts, 'of' | 'keep'>;
  /** What the program does by itself, and what long work is under way in it. */
  readonly dueWork: {
    readonly jobs: Pick<Jobs, 'health' | 'running' | 'deadLetters' | 'runAgain'>;
    readonly reconciler: { lags(): readonly ReconcilerLag[] };
    readonly underWay: Pick<UnderWay, 'all'>;
  };
  /** Word of what was recorded, for pages that are open. */
  readonly notices: LiveNotices;
  /** Reasons for access that were given in sessions that run. */
  readonly reasons: Pick<ReasonsGiven, 'of'>;
  /** Keeps a reason for access for the rest of the session; does nothing where the reader may not know of the record. */
  giveReason(admission: Admission, named: NamedRecord, reason: AccessReason): Promise<void>;
  /** District name, or `all`: the area when none is given. */
  readonly homeArea: string;
  readonly folder: { readonly kind: FolderKind };
  readonly signIn: SignIn;
}

/** The parts under a name that Nest can hand out. */
export const CONSOLE_PARTS = Symbol('console parts');
