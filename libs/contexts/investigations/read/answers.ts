import type { InvestigationId, LinkId, LocalDate, NominalId } from '#kernel';
import type { ExploitationType, InvestigationKind, SuspectQuality } from '../domain/codes';

/**
 * The pair of moments a question is asked at, milliseconds since 1970. `effective`: what had happened by then; `recorded`: what the ledger
 * held by then. Both equal: as recorded then. `recorded` now: as true then, as known now.
 */
export interface AsAt {
  readonly effective: number;
  readonly recorded: number | 'now';
}

export interface Scope {
  /** District name, or `all`. */
  readonly area: string;
  readonly theme?: ExploitationType;
  readonly team?: string;
}

export interface Band {
  /** Days outstanding, both included; `to` is null in the open last band. */
  readonly from: number;
  readonly to: number | null;
  readonly investigations: number;
  readonly suspectLinks: number;
}

/** The pair of moments that an answer holds at, as UTC instants, and the number of the last event counted; -1 when there is none. */
export interface Answered {
  readonly effectiveAt: string;
  readonly recordedAt: string;
  readonly number: number;
}

/** What an answer was asked of. */
export interface Ground {
  readonly area: { readonly code: string | null; readonly name: string };
  readonly theme: string | null;
  readonly team: string | null;
}

/** The headline figures, in the shape that other programs rely on. Every count is of what is named before it. */
export interface Figures extends Ground, Answered {
  readonly definition: { readonly name: 'headline'; readonly version: number; readonly thresholdDays: 84 };
  readonly scope: string;
  readonly position: string;
  /** Records left out because they could not be read. */
  readonly incomplete: number;
  readonly investigations: {
    readonly active: number;
    readonly noSuspectIdentified: number;
    readonly suspectOutstanding: number;
    readonly suspectOutstandingOverThreshold: number;
  };
  readonly suspectLinks: { readonly outstanding: number; readonly overThreshold: number };
  readonly people: { readonly outstanding: number };
  readonly bands: readonly Band[];
}

/** ACTIVE, AWAITING_FINALISATION and REOPENED count as active. */
export type InvestigationStatus = 'ACTIVE' | 'AWAITING_FINALISATION' | 'REOPENED' | 'FINALISED' | 'TRANSFERRED' | 'CANCELLED';

export interface InvestigationFilter extends Scope {
  /** Default `active`. */
  readonly status?: 'active' | 'finalised' | 'transferred' | 'cancelled' | 'all';
  /** `none`: active with no suspect identified; `outstanding`: with an outstanding suspect. */
  readonly suspect?: 'none' | 'outstanding';
  /** Band of the longest-waiting suspect. */
  readonly wait?: '0-28' | '29-56' | '57-84' | '85+';
  readonly kind?: InvestigationKind;
  readonly sort?: 'opened' | 'reference' | 'wait';
  readonly direction?: 'asc' | 'desc';
}

/** Of one unmoving list: a page that follows holds at the moments of the first. */
export interface Page<T> extends Answered {
  readonly items: readonly T[];
  /** All items of the list, not of the page; equals the figure that links to it. */
  readonly total: number;
  readonly next?: string;
  readonly previous?: string;
}

export interface InvestigationItem {
  readonly investigationId: InvestigationId;
  /** `INV-` and the number of the event that opened it. */
  readonly reference: string;
  readonly kind: InvestigationKind;
  readonly status: InvestigationStatus;
  readonly area: string;
  readonly themes: readonly ExploitationType[];
  readonly team: string | null;
  readonly officer: string | null;
  readonly openedOn: LocalDate;
  readonly openedPrecision: string;
  readonly crimes: number;
  readonly liveSuspects: number;
  readonly namedSuspects: number;
  readonly outstandingSuspects: number;
  readonly oldestOpenEpisodeOn: LocalDate | null;
  readonly waitDays: number | null;
}

export interface OutstandingSuspectItem {
  readonly investigationId: InvestigationId;
  readonly reference: string;
  readonly linkId: LinkId;
  readonly nominalId: NominalId | null;
  readonly area: string;
  readonly team: string | null;
  readonly officer: string | null;
  readonly quality: SuspectQuality;
  readonly episodeStartedOn: LocalDate;
  /** Where reopening began this episode: when the one before it had begun. */
  readonly earlierStartOn: LocalDate | null;
  readonly startedBy: string;
  readonly circulated: boolean;
  readonly waitDays: number;
}

export interface TrendMonth {
  /** `2019-10`. */
  readonly month: string;
  readonly opened: number;
  readonly closed: number;
  /** Still active at the month's end, or so far. */
  readonly active: number;
  readonly soFar: boolean;
}

/** Months up to the moment's own, oldest first. */
export interface Trend extends Ground, Answered {
  readonly months: readonly TrendMonth[];
}

/** How areas and teams are written, so that one place or team is not counted as several. */
export interface WrittenNames {
  /** The name of a district, by its name in any case or one of its codes, or of an area in use; undefined when it is neither. */
  areaNamed(asked: string): string | undefined;
  /** The team as it stands on investigations, whatever the case it is asked in; as asked when it stands on none. */
  teamNamed(asked: string): string;
}

/** Everything that pages, API and command line ask of investigations. All answers of one call come from one state of the tables. */
export interface InvestigationQueries extends WrittenNames {
  figures(scope: Scope, asAt?: AsAt): Figures;
  list(filter: InvestigationFilter, page: { readonly cursor?: string; readonly limit: number }, asAt?: AsAt): Page<InvestigationItem>;
  outstandingSuspects(filter: Scope & { readonly wait?: InvestigationFilter['wait'] }, page: { readonly cursor?: string; readonly limit: number }, asAt?: AsAt): Page<OutstandingSuspectItem>;
  trend(scope: Scope, months: number, asAt?: AsAt): Trend;
  /** One row, as at the pair of moments; undefined when there was no such investigation then. */
  one(investigationId: InvestigationId, asAt?: AsAt): InvestigationItem | undefined;
  /** The outstanding suspects of one investigation, the longest-waiting first. */
  outstandingOn(investigationId: InvestigationId, asAt?: AsAt): readonly OutstandingSuspectItem[];
  /** By `INV-` reference, id, crime reference or source id. */
  resolve(reference: string): InvestigationId | undefined;
  /** `INV-` references of all that it names: two forces may give one crime reference, and one crime may stand on two investigations. */
  named(reference: string): readonly string[];
  areas(): readonly { readonly code: string | null; readonly name: string }[];
  teams(area: string): readonly string[];
}
