// On disk for ever: never rename or reshape a case. Add a new one and an upcaster.
import type { InvestigationId, Message, NominalId, Private } from '#kernel';
import type {
  ActionCode, DisseminationRoute, IntelligenceAction, IntelligenceConfidence, IntelligenceOrigin, PersonRole, ReportSensitivity, RetentionGroup, SanitisationCode, SourceType,
} from './codes';
import type { Grade, HandlingConditions } from './grade';

/** One numbered piece of information. Where it comes from is said apart from what it says, so that neither gives the other away. */
export interface Item {
  readonly itemId: string;
  readonly text: Private;
  readonly provenance?: Private;
  /** As the submitter graded it; the unit grades what comes from partners and the public. */
  readonly grade?: Grade;
}

/** What a report says. */
export interface Report {
  readonly title: Private;
  readonly items: readonly Item[];
}

export interface Submission extends Report {
  readonly reportId: string;
  readonly origin: IntelligenceOrigin;
  /** Of the submitter, where it is not the force. */
  readonly agency?: string;
  readonly sourceType: SourceType;
  /** Number in the register of sources. Never a name: who a source is does not stand in this ledger (RIPA 2000 Part II, CHIS Code). */
  readonly sourceReference?: Private;
  readonly area?: string;
  /** Codes of kinds of exploitation. */
  readonly themes: readonly string[];
}

/** What a report is about. */
export type LinkTarget =
  | { readonly kind: 'INVESTIGATION'; readonly investigationId: InvestigationId }
  | { readonly kind: 'PERSON'; readonly nominalId: NominalId; readonly role: PersonRole }
  | { readonly kind: 'OPERATION'; readonly operation: string };

/** An item as it was handed over: with the grade and conditions that the recipient needs to judge it (DPA 2018 s.38(5)(b)). Words of theirs stand where they were sealed. */
export interface DisseminatedItem {
  readonly itemId: string;
  readonly text: 'ORIGINAL' | 'SANITISED';
  /** The event that holds the text, and the one that gave the grade and its conditions. */
  readonly textOf: string;
  readonly evaluation: string;
  readonly scheme: Grade['scheme'];
  /** As the trade writes it: `1BP`, `E41`. */
  readonly grade: string;
  readonly action?: ActionCode;
  readonly sanitisation?: SanitisationCode;
}

type About = { readonly reportId: string };

export type IntelligenceEvent =
  | Message<'IntelligenceSubmitted', Submission>
  | Message<'IntelligenceReturned', About & { readonly basis: Private }>
  /** The whole report again, as its submitter put it right. */
  | Message<'IntelligenceResubmitted', About & Report>
  | Message<'IntelligenceRejected', About & { readonly basis: Private }>
  | Message<'IntelligenceEvaluated', About & { readonly grades: readonly { readonly itemId: string; readonly grade: Grade }[]; readonly group: RetentionGroup; readonly confidence?: IntelligenceConfidence }>
  /** A second text without what gives the source away. It leads to the original; the original does not lead to it. */
  | Message<'IntelligenceSanitised', About & { readonly items: readonly { readonly itemId: string; readonly text: Private }[] }>
  | Message<'IntelligenceLinked', About & { readonly linkId: string; readonly itemIds: readonly string[]; readonly to: LinkTarget }>
  | Message<'IntelligenceUnlinked', About & { readonly linkId: string; readonly basis: Private }>
  | Message<'IntelligenceMadeLive', About>
  | Message<'IntelligenceDisseminated', About & {
    readonly disseminationId: string; readonly route: DisseminationRoute; readonly recipients: readonly string[]; readonly items: readonly DisseminatedItem[];
    readonly agreement?: string; readonly originatorAgreed?: true; readonly instructions?: Private;
  }>
  | Message<'IntelligenceActioned', About & { readonly actionId: string; readonly action: IntelligenceAction; readonly itemIds: readonly string[]; readonly originatorAgreed?: true; readonly basis: Private }>
  /** Another evaluation of one item; the earlier ones stand. */
  | Message<'IntelligenceRegraded', About & { readonly itemId: string; readonly grade: Grade; readonly basis: Private }>
  | Message<'HandlingConditionsSet', About & { readonly itemId: string; readonly conditions?: HandlingConditions; readonly basis: Private }>
  | Message<'IntelligenceSensitivityReassessed', About & { readonly sensitivity: ReportSensitivity; readonly basis: Private }>
  /** What is read in the place of a text from which somebody was erased: its event and its path there. */
  | Message<'TextRedacted', { readonly event: string; readonly path: string; readonly text: Private }>;

export type IntelligenceEventType = IntelligenceEvent['type'];
