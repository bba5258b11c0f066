import type { Clock, InvestigationId, NominalId } from '#kernel';
import type { Policies, Reader } from '#platform/access';
import type { AccessFacts, Asker, InvestigationQueries, Sight } from '#contexts/investigations';

/** The access lists that a reader stands on, themselves or by their agency. */
export interface GrantedTo {
  /** `brokenInto`: those of the investigations that only a break-glass opens. @param at ms since 1970: grants with dates and break-glass that runs are those of this moment; `operations`: by key, the investigations that what they stand on reaches */
  granted(reader: Reader, at: number): { readonly investigations: ReadonlySet<string>; readonly operations: Asker['operations']; readonly brokenInto?: ReadonlySet<string> };
}

/** Where the facts of an investigation are looked up. */
export interface OnRecord {
  /** From the read model, as it stands; undefined when it holds no such investigation. */
  facts(id: InvestigationId): AccessFacts | undefined;
  /** From the ledger itself, which is ahead of the read model for a moment; undefined when there is no such investigation. */
  latest(id: InvestigationId): Promise<AccessFacts | undefined>;
}

export interface PersonsCases {
  /** Every investigation whose record ever named the person, also where the ledger says so and the read model not yet. */
  naming(id: NominalId): readonly InvestigationId[];
}

export interface PersonMarks {
  /** Whether processing is restricted (DPA 2018 ss.46 to 48), who asked for the erasure that is not decided yet, and whether one was begun or done. */
  of(id: NominalId): Promise<PersonMark> | PersonMark;
}

export interface PersonMark {
  readonly restricted: boolean;
  readonly erasureRequestedBy?: string;
  readonly erased?: true;
}

/** Who gives the questions about investigations to somebody with these rights: `InvestigationReader`. */
export interface SeenThrough {
  seenBy(sight: Sight): InvestigationQueries;
}

export interface AccessParts {
  readonly policies: Policies;
  readonly records: OnRecord;
  readonly investigations: SeenThrough;
  readonly granted: GrantedTo;
  readonly cases: PersonsCases;
  readonly marks: PersonMarks;
  /** Whether the access to it was decided anew in the ledger and not yet in the read model: then no permit rests on that alone. Left out: it never is. */
  isAhead?(id: InvestigationId): boolean;
  readonly clock: Clock;
}
