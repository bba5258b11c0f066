import { ApiProperty } from '@nestjs/swagger';
import type { EffectiveAt, InvestigationId, LinkId, LocalDate, NominalId } from '#kernel';
import { exploitationTypes, investigationKinds, suspectQualities } from '#contexts/investigations';
import type {
  Band, ExploitationType, Figures, HistoryEntry, InvestigationItem, InvestigationKind, InvestigationStatus, OutstandingSuspectItem, SuspectQuality, Trend, TrendMonth,
} from '#contexts/investigations';

const count = { type: 'integer', minimum: 0 } as const;
const date = { type: String, format: 'date' } as const;
const instant = { type: String, format: 'date-time' } as const;
const maybeText = { type: String, nullable: true } as const;

export class AreaAnswer {
  @ApiProperty({ ...maybeText, description: 'Code of the district, where it has one', example: 'E08000018' })
  readonly code: string | null;

  @ApiProperty({ example: 'Rotherham' })
  readonly name: string;
}

class DefinitionAnswer {
  @ApiProperty({ enum: ['headline'] })
  readonly name: 'headline';

  @ApiProperty({ type: 'integer' })
  readonly version: number;

  @ApiProperty({ type: 'integer', enum: [84], description: 'Over the threshold: more than so many days' })
  readonly thresholdDays: 84;
}

class BandAnswer implements Band {
  @ApiProperty({ ...count, description: 'Days outstanding, from, included' })
  readonly from: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'To, included; null in the last band' })
  readonly to: number | null;

  @ApiProperty({ ...count, description: 'By their longest-waiting suspect, so that the bands add up' })
  readonly investigations: number;

  @ApiProperty(count)
  readonly suspectLinks: number;
}

class InvestigationCountsAnswer {
  @ApiProperty(count)
  readonly active: number;

  @ApiProperty({ ...count, description: 'Active with no live link of a named suspect' })
  readonly noSuspectIdentified: number;

  @ApiProperty({ ...count, description: 'Active with an outstanding suspect' })
  readonly suspectOutstanding: number;

  @ApiProperty({ ...count, description: 'Of those: for more days than the threshold' })
  readonly suspectOutstandingOverThreshold: number;
}

class SuspectLinkCountsAnswer {
  @ApiProperty(count)
  readonly outstanding: number;

  @ApiProperty(count)
  readonly overThreshold: number;
}

class PeopleCountsAnswer {
  @ApiProperty(count)
  readonly outstanding: number;
}

export class FiguresAnswer implements Figures {
  @ApiProperty({ type: DefinitionAnswer })
  readonly definition: Figures['definition'];

  @ApiProperty({ description: 'Whose records are counted' })
  readonly scope: string;

  @ApiProperty({ type: AreaAnswer })
  readonly area: Figures['area'];

  @ApiProperty(maybeText)
  readonly theme: string | null;

  @ApiProperty(maybeText)
  readonly team: string | null;

  @ApiProperty(instant)
  readonly effectiveAt: string;

  @ApiProperty(instant)
  readonly recordedAt: string;

  @ApiProperty({ type: 'integer', description: 'Event number of the last event counted; -1 when there is none' })
  readonly number: number;

  @ApiProperty({ description: 'Place in the log, opaque' })
  readonly position: string;

  @ApiProperty({ ...count, description: 'Records left out because they could not be read' })
  readonly incomplete: number;

  @ApiProperty({ type: InvestigationCountsAnswer })
  readonly investigations: Figures['investigations'];

  @ApiProperty({ type: SuspectLinkCountsAnswer })
  readonly suspectLinks: Figures['suspectLinks'];

  @ApiProperty({ type: PeopleCountsAnswer })
  readonly people: Figures['people'];

  @ApiProperty({ type: [BandAnswer] })
  readonly bands: Figures['bands'];
}

export class TrendMonthAnswer implements TrendMonth {
  @ApiProperty({ example: '2019-10' })
  readonly month: string;

  @ApiProperty(count)
  readonly opened: number;

  @ApiProperty(count)
  readonly closed: number;

  @ApiProperty({ ...count, description: 'At the end of the month, or so far' })
  readonly active: number;

  @ApiProperty({ description: 'The moment lies in this month' })
  readonly soFar: boolean;
}

export class TrendAnswer implements Trend {
  @ApiProperty({ type: AreaAnswer })
  readonly area: Trend['area'];

  @ApiProperty(maybeText)
  readonly theme: string | null;

  @ApiProperty(maybeText)
  readonly team: string | null;

  @ApiProperty(instant)
  readonly effectiveAt: string;

  @ApiProperty(instant)
  readonly recordedAt: string;

  @ApiProperty({ type: 'integer', description: 'Event number of the last event counted; -1 when there is none' })
  readonly number: number;

  @ApiProperty({ type: [TrendMonthAnswer], description: 'Up to the moment\'s own month, oldest first' })
  readonly months: readonly TrendMonth[];
}

const statuses: readonly InvestigationStatus[] = ['ACTIVE', 'AWAITING_FINALISATION', 'REOPENED', 'FINALISED', 'TRANSFERRED', 'CANCELLED'];

export class InvestigationAnswer implements InvestigationItem {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly investigationId: InvestigationId;

  @ApiProperty({ example: 'INV-48213' })
  readonly reference: string;

  @ApiProperty({ type: String, enum: [...investigationKinds] })
  readonly kind: InvestigationKind;

  @ApiProperty({ type: String, enum: [...statuses] })
  readonly status: InvestigationStatus;

  @ApiProperty()
  readonly area: string;

  @ApiProperty({ type: String, enum: [...exploitationTypes], isArray: true })
  readonly themes: readonly ExploitationType[];

  @ApiProperty(maybeText)
  readonly team: string | null;

  @ApiProperty({ ...maybeText, description: 'Officer in the case' })
  readonly officer: string | null;

  @ApiProperty(date)
  readonly openedOn: LocalDate;

  @ApiProperty({ description: 'How exactly that is known' })
  readonly openedPrecision: string;

  @ApiProperty(count)
  readonly crimes: number;

  @ApiProperty(count)
  readonly liveSuspects: number;

  @ApiProperty(count)
  readonly namedSuspects: number;

  @ApiProperty(count)
  readonly outstandingSuspects: number;

  @ApiProperty({ ...date, nullable: true })
  readonly oldestOpenEpisodeOn: LocalDate | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Days since then' })
  readonly waitDays: number | null;
}

export class OutstandingSuspectAnswer implements OutstandingSuspectItem {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly investigationId: InvestigationId;

  @ApiProperty({ example: 'INV-48213' })
  readonly reference: string;

  @ApiProperty({ type: String, format: 'uuid' })
  readonly linkId: LinkId;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly nominalId: NominalId | null;

  @ApiProperty()
  readonly area: string;

  @ApiProperty(maybeText)
  readonly team: string | null;

  @ApiProperty(maybeText)
  readonly officer: string | null;

  @ApiProperty({ type: String, enum: [...suspectQualities] })
  readonly quality: SuspectQuality;

  @ApiProperty(date)
  readonly episodeStartedOn: LocalDate;

  @ApiProperty({ ...date, nullable: true, description: 'Where reopening began this episode: when the one before it had begun' })
  readonly earlierStartOn: LocalDate | null;

  @ApiProperty({ description: 'Type of the event that began it', example: 'SuspectNamed' })
  readonly startedBy: string;

  @ApiProperty()
  readonly circulated: boolean;

  @ApiProperty(count)
  readonly waitDays: number;
}

class SourceAnswer {
  @ApiProperty()
  readonly system: string;

  @ApiProperty()
  readonly id: string;
}

class EntryReferenceAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly event: string;

  @ApiProperty({ type: 'integer', description: 'Its event number' })
  readonly number: number;

  @ApiProperty({ type: String, enum: ['replacement', 'void'] })
  readonly as: 'replacement' | 'void';
}

export class HistoryEntryAnswer {
  @ApiProperty({ type: 'integer', description: 'Event number over the whole ledger' })
  readonly number: number;

  @ApiProperty()
  readonly stream: string;

  @ApiProperty({ type: 'integer' })
  readonly revision: number;

  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'SuspectArrested' })
  readonly type: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { precision: 'day', from: '2019-06-14' } })
  readonly effectiveAt: EffectiveAt;

  @ApiProperty(instant)
  readonly recordedAt: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { kind: 'unverified', id: 'unverified' } })
  readonly actor: HistoryEntry['actor'];

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As recorded; sealed values opened to their text, or { erased: true }' })
  readonly data: object;

  @ApiProperty({ type: SourceAnswer, required: false, description: 'The record that another system keeps of the same fact' })
  readonly source?: HistoryEntry['source'];

  @ApiProperty({ required: false, description: 'Why it was recorded: text, or { erased: true }', oneOf: [{ type: 'string' }, { type: 'object' }] })
  readonly reason?: unknown;

  @ApiProperty({ type: EntryReferenceAnswer, required: false, description: 'The entry that this one puts right or takes away' })
  readonly corrects?: HistoryEntry['corrects'];

  @ApiProperty({ type: EntryReferenceAnswer, required: false, description: 'The entry that did so to this one' })
  readonly correctedBy?: HistoryEntry['correctedBy'];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, required: false, description: 'What a replacement says differently: field, before, after' })
  readonly changes?: HistoryEntry['changes'];
}
