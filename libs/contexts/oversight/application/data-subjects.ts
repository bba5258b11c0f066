import { DomainError, fold } from '#kernel';
import type { InvestigationId, NominalId, RecordedEvent } from '#kernel';
import type { EmbeddedEventStore, Ledger, Receipt } from '#platform/event-store';
import { RecordHistory } from '#platform/history';
import type { HistoryEntry } from '#platform/history';
import { liveMeasures } from '#contexts/investigations';
import type { InvestigationEvent, LiveMeasure } from '#contexts/investigations';
import type { DataSubjectCommand, ErasureFindings } from '../domain/data-subject.commands';
import { dataSubject } from '../domain/data-subject.decider';
import { refuse } from '../domain/data-subject.errors';
import type { DataSubjectEvent } from '../domain/data-subject.events';
import type { DataSubjectState } from '../domain/data-subject.state';
import { textsToLookAt } from '../domain/erasure-plan';
import type { TextToLookAt } from '../domain/erasure-plan';
import type { DataSubjectOrder } from './data-subject.messages';
import { ErasureRun } from './erasure-run';
import type { ErasureParts } from './erasure-run';
import { dataSubjectStream, HeldTexts } from './held-texts';
import type { PersonsInvestigations } from './held-texts';
import type { PersonMark, PersonMarks } from './ports';

/** A measure that runs against a person, and on which investigation. */
export interface RunningMeasure {
  readonly investigationId: InvestigationId;
  readonly measure: LiveMeasure;
}

/** Everything that is asked of, and done about, the rights of data subjects. */
export class DataSubjects implements PersonMarks {
  private readonly ledger: Ledger;
  private readonly texts: HeldTexts;
  private readonly erasures: ErasureRun;
  private readonly histories: RecordHistory;

  constructor(parts: Omit<ErasureParts, 'texts' | 'liveMeasures'>, private readonly cases: PersonsInvestigations) {
    this.ledger = parts.ledger;
    this.texts = new HeldTexts(parts.ledger, parts.keys, cases);
    this.erasures = new ErasureRun({ ...parts, texts: this.texts, liveMeasures: (nominalId) => this.liveMeasures(nominalId) });
    this.histories = new RecordHistory(parts.ledger, parts.vault, { numberRecordedBy: () => -1 });
  }

  /** What has been decided about the person's data so far. */
  async state(nominalId: NominalId): Promise<DataSubjectState> {
    return fold(dataSubject, (await this.ledger.history<DataSubjectEvent>(dataSubjectStream(nominalId))).events);
  }

  /** Every decision about the person's data, in the order of recording, opened. @throws SealBrokenError */
  decisions(nominalId: NominalId): Promise<readonly HistoryEntry[]> {
    return this.histories.history(dataSubjectStream(nominalId));
  }

  /** Whether processing is restricted, so that nothing may be recorded of the person and few may read them. */
  async restricted(nominalId: NominalId): Promise<boolean> {
    return (await this.state(nominalId)).restrictions.length > 0;
  }

  async of(nominalId: NominalId): Promise<PersonMark> {
    const { restrictions, erasures } = await this.state(nominalId);
    const asked = Object.values(erasures).find(({ stage }) => stage === 'REQUESTED');
    const gone = Object.values(erasures).some(({ stage }) => stage === 'BEGUN' || stage === 'ERASED');
    return { restricted: restrictions.length > 0, ...(asked ? { erasureRequestedBy: asked.requestedBy.id } : {}), ...(gone && { erased: true as const }) };
  }

  /** Texts that may speak of the person and stay when they are erased, still sealed: to be looked at before an erasure is authorised. */
  async textsToLookAt(nominalId: NominalId): Promise<readonly TextToLookAt[]> {
    return textsToLookAt(await this.texts.of(nominalId), nominalId);
  }

  /** What runs against the person now, on any investigation that names them. */
  async measures(nominalId: NominalId): Promise<readonly RunningMeasure[]> {
    const found = await Promise.all(this.cases.naming(nominalId).map(async (investigationId) => {
      const { events } = await this.ledger.history<InvestigationEvent>(`investigation-${investigationId}`);
      return liveMeasures(events as readonly RecordedEvent<InvestigationEvent>[], nominalId).map((measure) => ({ investigationId, measure }));
    }));
    return found.flat();
  }

  /**
   * Takes a decision to the person's stream; an authorised erasure is carried out before it answers.
   * @throws DataSubjectRefused; @throws StoreUnavailableError when an erasure could not be ended: send it again, or the next start ends it
   */
  async execute({ nominalId, type, data, context, expectedRevision }: DataSubjectOrder): Promise<Receipt> {
    const { revision } = await this.ledger.history(`nominal-${nominalId}`);
    if (revision < 0) refuse('SUBJECT_UNKNOWN');
    const command = { type, data: type === 'AuthoriseErasure' ? { ...data, findings: await this.findings(nominalId) } : data, context } as DataSubjectCommand;
    const receipt = await this.ledger.transact(dataSubject, dataSubjectStream(nominalId), command, { expectedRevision });
    if (type === 'AuthoriseErasure') await this.erasures.run(nominalId, (data as { readonly requestId: string }).requestId);
    return receipt;
  }

  /** Ends every erasure that was authorised and not carried out to its end. A legal hold placed, or a measure that began, in between stops one. Answers how many were ended. */
  async resume(log: Pick<EmbeddedEventStore, 'currentHead' | 'readByStream'>): Promise<number> {
    let ended = 0;
    for await (const events of log.readByStream(log.currentHead().position, { filter: { categories: ['dataSubject'] } })) {
      const due = events.filter(({ type }) => type === 'ErasureAuthorised').length > events.filter(({ type }) => type === 'DataErased').length;
      if (due) ended += await this.resumeFor(events[0]!.stream.slice('dataSubject-'.length) as NominalId);
    }
    return ended;
  }

  private async resumeFor(nominalId: NominalId): Promise<number> {
    const due = Object.values((await this.state(nominalId)).erasures).filter(({ stage }) => stage === 'AUTHORISED' || stage === 'BEGUN');
    for (const { requestId } of due) {
      try {
        await this.erasures.run(nominalId, requestId);
      } catch (error) {
        if (error instanceof DomainError) return 0;
        throw error;
      }
    }
    return due.length;
  }

  private async liveMeasures(nominalId: NominalId): Promise<readonly LiveMeasure[]> {
    return (await this.measures(nominalId)).map(({ measure }) => measure);
  }

  private async findings(nominalId: NominalId): Promise<ErasureFindings> {
    const texts = await this.textsToLookAt(nominalId);
    const places = texts.map(({ stream, event, path }) => ({ stream, event, path }));
    return {
      liveMeasures: await this.liveMeasures(nominalId),
      mandatory: places.filter((_, i) => texts[i]!.mandatory), known: places,
    };
  }
}
