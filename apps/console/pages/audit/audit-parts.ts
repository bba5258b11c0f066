import type { Reader } from '#platform/access';
import type { LookItem, LookQueries, Looks, ShownKind } from '#contexts/oversight';

/** A use of the break-glass that nobody has answered for. */
export interface BreakGlassNotice {
  readonly reference: string;
  /** Where it is reviewed, for whoever may; else the record. */
  readonly href: string;
  readonly user: string;
  /** Ms. */
  readonly at: number;
}

/** A record that the reader may know of. */
export interface RecordNamed {
  readonly kind: 'investigation' | 'person' | 'event';
  readonly reference: string;
}

/** What the pages of oversight are built over. */
export interface AuditParts {
  readonly lookQueries: LookQueries;
  readonly looks: Pick<Looks, 'record'>;
  /** Whether the reader is told of looks of professional standards. */
  seesCovert(reader: Reader): boolean;
  /** The reference of a record; undefined where there is none or the reader may not know of it. */
  referenceOf(reader: Reader, kind: ShownKind, id: string): string | undefined;
  /** The id of a record that a reference names, where the reader may see who viewed it. */
  recordNamed(reader: Reader, kind: 'investigation' | 'person', reference: string): string | undefined;
  /** What was asked for in looks that are denials, by their number, where the reader may know of it. */
  askedIn(reader: Reader, looks: readonly LookItem[]): Promise<ReadonlyMap<number, RecordNamed>>;
  /** Uses of the break-glass that nobody has answered for and that the reader may know of, newest first. */
  breakGlass(reader: Reader): Promise<readonly BreakGlassNotice[]>;
}
