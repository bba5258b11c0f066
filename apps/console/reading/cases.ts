import type { InvestigationId, NominalId } from '#kernel';
import type { AsAt, HistoryEntry, InvestigationItem, Sensitivity } from '#contexts/investigations';
import type { Admission } from '../../guard';
import type { BarStep } from '../pages/as-at/bar';
import type { Looking } from '../pages/as-at/looking';
import { caseView } from '../pages/investigation/case-view';
import type { CaseView } from '../pages/investigation/case-view';
import type { ConsoleParts } from '../parts';
import type { People, PersonName } from './people';

/** One investigation as at the moment that its page looks at. */
export interface CaseAtMoment {
  readonly id: InvestigationId;
  readonly item: InvestigationItem;
  readonly entries: readonly HistoryEntry[];
  /** Every entry there is now, in the order of recording. */
  readonly all: readonly HistoryEntry[];
  readonly view: CaseView;
  readonly people: ReadonlyMap<string, PersonName>;
  /** As it stands now, also on a page of the past: who may see it is a matter of now. */
  readonly sensitivity?: Sensitivity;
}

const peopleIn = (entries: readonly HistoryEntry[]): NominalId[] =>
  entries.map(({ data }) => (data as { nominalId?: NominalId }).nominalId).filter((id) => id !== undefined);

/** Brings together what the pages of one investigation show. */
export class Cases {
  constructor(private readonly parts: Pick<ConsoleParts, 'history' | 'caseAccess'>, private readonly people: People) {}

  /** Undefined when there is no such investigation that the reader may know of, or was none at that moment. */
  async find(admission: Pick<Admission, 'seen' | 'mayWithPerson'>, reference: string, looking: Pick<Looking, 'asAt' | 'event'>): Promise<CaseAtMoment | undefined> {
    const { queries } = admission.seen;
    const id = queries.resolve(reference);
    if (!id) return undefined;
    const all = await this.parts.history.history(id);
    const entries = await this.entriesAt(id, all, looking);
    // A clock that was put back can leave an event before its own moment: the entries are right all the same, and the row of now stands in.
    const item = queries.one(id, looking.asAt) ?? (looking.event !== undefined ? queries.one(id) : undefined);
    if (!item) return undefined;
    if (entries.length === 0) return undefined;
    const last = entries.at(-1)!.number;
    const people = await this.named(admission, peopleIn(entries), looking.asAt === undefined ? Infinity : this.peopleUpTo(looking.asAt, last));
    return { id, item, entries, all, view: caseView(entries, all), people, sensitivity: this.parts.caseAccess.facts(id)?.sensitivity };
  }

  /** Names of those whom the reader may read: of a person whose processing is restricted, the reference alone. */
  private async named(admission: Pick<Admission, 'mayWithPerson'>, ids: readonly NominalId[], upTo: number): Promise<ReadonlyMap<string, PersonName>> {
    const found = await this.people.named(ids, upTo);
    const shown = await Promise.all([...found].map(async ([id, person]) =>
      [id, (await admission.mayWithPerson('readPerson', id as NominalId)) ? person : { ...person, name: null, withheld: true as const }] as const));
    return new Map(shown);
  }

  private async entriesAt(id: InvestigationId, all: readonly HistoryEntry[], { asAt, event }: Pick<Looking, 'asAt' | 'event'>): Promise<readonly HistoryEntry[]> {
    // An event stepped to is the last one shown, also when others were recorded in the same millisecond.
    if (event !== undefined) return this.parts.history.upTo(id, event);
    return asAt === undefined ? all : this.parts.history.history(id, asAt);
  }

  /** People registered just before they were linked are named as they were known when the page's moment ended. */
  private peopleUpTo({ recorded }: AsAt, last: number): number {
    return recorded === 'now' ? Infinity : last;
  }
}

/** Links to the events before and after the last one that a page shows, each saying what happened there. `to`: the page as at an event. */
export const stepsOf = ({ entries, all }: Pick<CaseAtMoment, 'entries' | 'all'>, to: (number: number) => string, titleOf: (entry: HistoryEntry) => string): readonly BarStep[] => {
  const inOrder = [...all].sort((a, b) => a.number - b.number);
  const last = entries.at(-1)?.number ?? -1;
  const previous = inOrder.filter(({ number }) => number < last).at(-1);
  const next = inOrder.find(({ number }) => number > last);
  const step = (words: string, entry: HistoryEntry): BarStep => {
    const title = titleOf(entry);
    return { text: `${words}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`, href: to(entry.number) };
  };
  return [previous ? step('Previous event', previous) : { text: 'No earlier event' }, next ? step('Next event', next) : { text: 'No later event' }];
};
