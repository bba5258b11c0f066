import type { NominalId } from '#kernel';
import type { HistoryEntry, InvestigationItem, OutstandingSuspectItem } from '#contexts/investigations';
import { personDetails } from '#contexts/nominals';
import type { PersonDetails } from '#contexts/nominals';
import type { Admission } from '../../guard';
import type { Looking } from '../pages/as-at/looking';
import type { ClosingView, SuspectView } from '../pages/investigation/case-view';
import type { ConsoleParts } from '../parts';
import type { Cases } from './cases';
import type { People } from './people';

/** One investigation that names, or once named, the person. */
export interface PersonCase {
  readonly item: InvestigationItem;
  /** The links that stand for the person; none when every entry that named them was put right or taken away. */
  readonly suspects: readonly { readonly suspect: SuspectView; readonly wait?: OutstandingSuspectItem; readonly closing?: ClosingView }[];
}

/** One person as at the moment that the page looks at. */
export interface PersonAtMoment {
  readonly id: NominalId;
  readonly details: PersonDetails;
  readonly entries: readonly HistoryEntry[];
  /** Every entry there is now, in the order of recording. */
  readonly all: readonly HistoryEntry[];
  readonly cases: readonly PersonCase[];
}

type Moment = Pick<Looking, 'asAt' | 'event'>;

/** Brings together what the pages of one person show. */
export class Persons {
  constructor(
    private readonly parts: Pick<ConsoleParts, 'personHistory' | 'personCases'>, private readonly people: People, private readonly cases: Cases,
  ) {}

  /** The person whom a reference names; undefined when it names none. */
  resolve(reference: string): NominalId | undefined {
    return this.people.resolve(reference);
  }

  /** Undefined when the ledger held no such person at that moment. */
  async find(admission: Admission, id: NominalId, looking: Moment): Promise<PersonAtMoment | undefined> {
    const all = await this.parts.personHistory.history(id);
    const entries = looking.asAt === undefined ? all : await this.entriesAt(id, looking);
    const details = personDetails(entries);
    return details && { id, details, entries, all, cases: await this.casesOf(admission, id, looking) };
  }

  private entriesAt(id: NominalId, { asAt, event }: Moment): Promise<readonly HistoryEntry[]> {
    return event === undefined ? this.parts.personHistory.history(id, asAt!.recorded) : this.parts.personHistory.upTo(id, event);
  }

  /** Of the person's investigations, those that the reader may read. */
  private async casesOf(admission: Admission, id: NominalId, looking: Moment): Promise<readonly PersonCase[]> {
    const readable = await admission.seen.casesNaming(id);
    const found = await Promise.all(readable.map((investigation) => this.caseOf(admission, id, investigation, looking)));
    return found.filter((each) => each !== undefined).sort((a, b) => (a.item.openedOn < b.item.openedOn ? 1 : -1));
  }

  private async caseOf(admission: Admission, id: NominalId, investigation: string, looking: Moment): Promise<PersonCase | undefined> {
    const found = await this.cases.find(admission, investigation, looking);
    if (!found?.entries.some(({ data }) => (data as { nominalId?: string }).nominalId === id)) return undefined;
    const outstanding = admission.seen.queries.outstandingOn(found.id, looking.asAt);
    const suspects = found.view.suspects.filter(({ nominalId }) => nominalId === id)
      .map((suspect) => ({ suspect, closing: found.view.closing, wait: outstanding.find(({ linkId }) => linkId === suspect.linkId) }));
    return { item: found.item, suspects };
  }
}
