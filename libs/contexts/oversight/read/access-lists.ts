import { dayNumber, officerKey, startOfLondonDay } from '#kernel';
import type { InvestigationId, LocalDate, OfficerId } from '#kernel';
import type { Reader } from '#platform/access';
import type { Cell, ReadStore } from '#platform/read-store';
import { operationKey } from '#contexts/investigations';
import type { AccessFacts } from '#contexts/investigations';
import { LATEST } from './access-grant.table';
import type { AccessGrantRow } from './access-grant.table';
import { breakGlassOf, entryOf } from './access-list.items';
import type { AccessEntry, BreakGlassItem } from './access-list.items';
import { pageOfBreakGlass, unreviewedBreakGlass } from './break-glass.query';
import type { BreakGlassAsked, BreakGlassPage } from './break-glass.query';

/** What somebody stands on the access list of. */
export interface Granted {
  readonly investigations: ReadonlySet<InvestigationId>;
  /** Those of them that only a break-glass opens. */
  readonly brokenInto: ReadonlySet<InvestigationId>;
  /** By the keys of operations, the investigations that what they stand on reaches. */
  readonly operations: ReadonlyMap<string, ReadonlySet<InvestigationId>>;
  /** When this changes by itself (ms), because a grant begins or ends; Infinity when none does. What is recorded can change it before. */
  readonly until: number;
}

/** A grant or break-glass that gave access by the ledger as it stood from event `recFrom` up to, not including, event `recTo`. */
export type GrantInForce = Pick<AccessGrantRow, 'subjectKind' | 'subject' | 'granteeKind' | 'grantee' | 'recFrom' | 'recTo'>;

type Standing = Pick<AccessGrantRow, 'entry' | 'kind' | 'subjectKind' | 'subject' | 'fromAt' | 'untilAt'>;

const STANDS = `SELECT entry, kind, subjectKind, subject, fromAt, untilAt FROM access_grant WHERE granteeKind = ? AND grantee = ? AND untilAt > ? AND recTo = ${LATEST}`;
const OF_SUBJECT = 'SELECT * FROM access_grant WHERE subjectKind = ? AND subject = ? AND recFrom <= ? ORDER BY recFrom';
const USED = 'SELECT * FROM access_grant WHERE entry = ? AND kind = \'BREAK_GLASS\'';
const IN_FORCE = 'SELECT * FROM access_grant WHERE subjectKind = ? AND subject = ? AND recFrom <= ? AND recTo > ? AND fromAt < ? AND untilAt > ?';
const REACHED = 'SELECT investigation FROM access_reach WHERE entry = ? AND since <= ? ORDER BY investigation';
const REACHES = 'SELECT since FROM access_reach WHERE entry = ? AND investigation = ? AND since <= ?';

/** Answers who stands on which access list, and what became of each break-glass. */
export class AccessLists {
  constructor(private readonly reads: Pick<ReadStore, 'db' | 'numberRecordedBy'>) {}

  /** What the reader stands on the list of at this moment (ms): by name, by agency, or by a break-glass that runs. */
  granted({ id, agency }: Pick<Reader, 'id' | 'agency'>, at: number): Granted {
    const found = [['USER', id], ['AGENCY', agency]].flatMap(([kind, name]) => this.reads.db.all<Standing>(STANDS, kind!, officerKey(name!), at));
    const now = found.filter(({ fromAt }) => fromAt <= at);
    const of = (rows: readonly Standing[], kind: AccessGrantRow['subjectKind']): Set<string> => new Set(rows.filter(({ subjectKind }) => subjectKind === kind).map(({ subject }) => subject));
    const [opened, given] = [of(now, 'INVESTIGATION'), of(now.filter(({ kind }) => kind === 'GRANT'), 'INVESTIGATION')] as [Set<InvestigationId>, Set<InvestigationId>];
    const turns = found.map(({ fromAt, untilAt }) => (fromAt > at ? fromAt : untilAt));
    return { investigations: opened, brokenInto: new Set([...opened].filter((id) => !given.has(id))), operations: this.throughOperations(now), until: Math.min(Infinity, ...turns) };
  }

  /** Every entry that the list has had, oldest first. @param recorded the list as it was recorded at this moment (ms); now without it */
  onInvestigation(id: InvestigationId, recorded?: number): readonly AccessEntry[] {
    return this.entries('INVESTIGATION', id, recorded);
  }

  /** The same of an operation, by its code in any way of writing it. */
  onOperation(code: string, recorded?: number): readonly AccessEntry[] {
    return this.entries('OPERATION', operationKey(code), recorded);
  }

  /** One use of the break-glass, by its id; undefined when there is none. */
  used(breakGlassId: string): BreakGlassItem | undefined {
    const row = this.reads.db.get<AccessGrantRow>(USED, breakGlassId);
    return row && breakGlassOf(row);
  }

  /** One page of every use of the break-glass, for those who answer for it. @throws MalformedError on `cursor` or `limit` */
  breakGlass(asked: BreakGlassAsked): BreakGlassPage {
    return pageOfBreakGlass(this.reads.db, asked);
  }

  /**
   * Uses of the break-glass on the investigations of an officer or supervisor that nobody has answered for, newest first; their own left out.
   * @param factsOf looks up whose investigation it is
   */
  toAnswer(officer: OfficerId, factsOf: (id: InvestigationId) => Pick<AccessFacts, 'officer' | 'supervisor'> | undefined): readonly BreakGlassItem[] {
    const me = officerKey(officer);
    return unreviewedBreakGlass(this.reads.db).filter(({ investigationId, reader }) => {
      if (officerKey(reader) === me) return false;
      const facts = factsOf(investigationId);
      return [facts?.officer, facts?.supervisor].some((holder) => typeof holder === 'string' && officerKey(holder) === me);
    });
  }

  /**
   * Grants and break-glass that gave access to an investigation at one time or another of a London day, by what was recorded between two events, both
   * included: on its own list, or on those of operations by their keys.
   */
  inForceOn(date: LocalDate, { id, operations }: { readonly id: InvestigationId; readonly operations: Iterable<string> }, first: number, last: number): readonly GrantInForce[] {
    const day = dayNumber(date);
    const on = (kind: AccessGrantRow['subjectKind'], subject: string): AccessGrantRow[] =>
      this.reads.db.all<AccessGrantRow>(IN_FORCE, ...([kind, subject, last, first, startOfLondonDay(day + 1), startOfLondonDay(day)] satisfies Cell[]));
    const inside = [...operations].flatMap((operation) => on('OPERATION', operation)).flatMap((row) => {
      const reached = this.reads.db.get<{ since: number }>(REACHES, row.entry, id, last);
      return reached ? [{ ...row, recFrom: reached.since }] : [];
    });
    return [...on('INVESTIGATION', id), ...inside];
  }

  private throughOperations(standing: readonly Standing[]): ReadonlyMap<string, ReadonlySet<InvestigationId>> {
    const found = new Map<string, Set<InvestigationId>>();
    for (const { subjectKind, subject, entry } of standing) {
      if (subjectKind !== 'OPERATION') continue;
      const reached = found.get(subject) ?? new Set();
      for (const id of this.reached(entry)) reached.add(id);
      found.set(subject, reached);
    }
    return found;
  }

  private reached(entry: string, number = LATEST): readonly InvestigationId[] {
    return this.reads.db.all<{ investigation: InvestigationId }>(REACHED, entry, number).map(({ investigation }) => investigation);
  }

  private entries(kind: AccessGrantRow['subjectKind'], subject: string, recorded?: number): readonly AccessEntry[] {
    const number = recorded === undefined ? LATEST : this.reads.numberRecordedBy(recorded);
    return this.reads.db.all<AccessGrantRow>(OF_SUBJECT, kind, subject, number).map((row) => entryOf(row, number, kind === 'OPERATION' ? this.reached(row.entry, number) : []));
  }
}
