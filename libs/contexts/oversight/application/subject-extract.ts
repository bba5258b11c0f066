import { fold } from '#kernel';
import type { InvestigationId, NominalId, RecordedEvent } from '#kernel';
import { investigation, liveMeasures } from '#contexts/investigations';
import type { InvestigationEvent } from '#contexts/investigations';
import { personDetails } from '#contexts/nominals';
import type { PersonDetails } from '#contexts/nominals';
import type { Ledger } from '#platform/event-store';
import { RecordHistory, sealedPlaces } from '#platform/history';
import type { HistoryEntry } from '#platform/history';
import type { Vault } from '#platform/vault';
import { dataSubjectStream } from './held-texts';
import type { PersonsInvestigations } from './held-texts';

/** Why a text is not in an extract: DPA 2018 s.45(4)(e), or because nobody has said whom it is about. */
export type Withheld = 'RIGHTS_OF_OTHERS_S45_4_E' | 'NOT_ASSESSED';

/** One recorded event as the person may read it. Who acted is told by role and agency. */
export interface ExtractEntry {
  readonly type: string;
  readonly effectiveAt: object;
  readonly recordedAt: string;
  readonly by: { readonly role?: string; readonly agency?: string };
  readonly data: object;
  readonly reason?: unknown;
}

/** Everything held about a person that may be given to them (DPA 2018 s.45). */
export interface SubjectExtract {
  readonly format: 'daybook-subject-extract-1';
  readonly madeAt: string;
  readonly person: PersonDetails;
  readonly record: readonly ExtractEntry[];
  readonly decisions: readonly ExtractEntry[];
  readonly investigations: readonly { readonly kind: string; readonly area: string; readonly entries: readonly ExtractEntry[] }[];
  /** How many texts are withheld, by ground. */
  readonly withheld: Readonly<Partial<Record<Withheld, number>>>;
}

/** An extract, and what whoever gives it must know and record (s.45(7)): investigations of which it says nothing, by s.45(4)(a) and (b). */
export interface ExtractMade {
  readonly extract: SubjectExtract;
  readonly leftOut: readonly InvestigationId[];
}

/** What whoever gives an extract decides about investigations. */
export interface ExtractChoice {
  /** Of which the person may not learn now (s.45(4)(a), (b)). */
  readonly leaveOut?: ReadonlySet<InvestigationId>;
  /** Of which they may, though something runs against them there: without this, whoever is sought would be told so by what nobody decided. */
  readonly tell?: ReadonlySet<InvestigationId>;
}

export interface ExtractParts {
  readonly ledger: Pick<Ledger, 'history'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly cases: PersonsInvestigations;
}

type Recorded = RecordedEvent<InvestigationEvent>;
type Held = { readonly events: readonly RecordedEvent[]; readonly entries: readonly HistoryEntry[] };

const replaced = (value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown => {
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (String(i) === name ? replaced(item, rest, by) : item));
  return { ...(value as object), [name]: replaced((value as Readonly<Record<string, unknown>>)[name], rest, by) };
};

/** Makes extracts for people who ask what is held about them. */
export class SubjectExtracts {
  private readonly histories: RecordHistory;

  constructor(private readonly parts: ExtractParts) {
    this.histories = new RecordHistory(parts.ledger, parts.vault, { numberRecordedBy: () => -1 });
  }

  /**
   * Undefined when no such person is registered. What is RESTRICTED or SENSITIVE is left out, and what the officer says; so is, until
   * somebody decides otherwise, an investigation on which something runs against the person.
   */
  async of(nominalId: NominalId, madeAt: string, choice: ExtractChoice = {}): Promise<ExtractMade | undefined> {
    const [own, decisions] = await Promise.all([this.held(`nominal-${nominalId}`), this.held(dataSubjectStream(nominalId))]);
    const person = personDetails(own.entries);
    if (!person) return undefined;
    const counts: Partial<Record<Withheld, number>> = {};
    const entry = this.entriesWith(nominalId, counts);
    const leftOut: InvestigationId[] = [];
    const investigations: SubjectExtract['investigations'][number][] = [];
    for (const id of this.parts.cases.naming(nominalId)) {
      const held = await this.held(`investigation-${id}`);
      const { opening, sensitivity } = fold(investigation, held.events as readonly Recorded[]);
      if (!opening || sensitivity !== 'STANDARD' || isLeftOut(id, held.events, nominalId, choice)) leftOut.push(id);
      else investigations.push({ kind: opening.kind, area: opening.area, entries: entry(held, false, about(held.entries, nominalId)) });
    }
    const record = entry(own, true);
    return { extract: { format: 'daybook-subject-extract-1', madeAt, person, record, decisions: entry(decisions, true), investigations, withheld: counts }, leftOut };
  }

  private async held(stream: string): Promise<Held> {
    const { events } = await this.parts.ledger.history(stream);
    return { events, entries: await this.histories.history(stream) };
  }

  private entriesWith(nominalId: NominalId, counts: Partial<Record<Withheld, number>>) {
    return ({ events, entries }: Held, own: boolean, chosen: ReadonlySet<string> = new Set(entries.map(({ id }) => id))): readonly ExtractEntry[] =>
      entries.filter(({ id }) => chosen.has(id)).map((each) => {
        const places = sealedPlaces(events.find(({ id }) => id === each.id)!);
        const shown = places.reduce<HistoryEntry>((so, { path, value }) => {
          const ground = groundOf(path, value.about, nominalId, own);
          if (!ground) return so;
          counts[ground] = (counts[ground] ?? 0) + 1;
          return replaced(so, path.split('.'), { withheld: ground }) as HistoryEntry;
        }, each);
        return entryOf(shown);
      });
  }
}

const isLeftOut = (id: InvestigationId, events: readonly RecordedEvent[], nominalId: NominalId, { leaveOut, tell }: ExtractChoice): boolean =>
  leaveOut?.has(id) === true || (tell?.has(id) !== true && liveMeasures(events as readonly Recorded[], nominalId).length > 0);

interface Link {
  readonly linkId?: string;
  readonly nominalId?: string;
}

/** Entries that are about the person: those of links that stand for them, and those that name them. What was done under a link that turned out to be another's is that person's. */
const about = (entries: readonly HistoryEntry[], nominalId: NominalId): ReadonlySet<string> => {
  const said = entries.map(({ id, data, correctedBy }) => ({ id, stands: !correctedBy, ...(data as Link) }));
  const persons = new Map(said.filter(({ stands, nominalId: named }) => stands && named !== undefined).map(({ linkId, nominalId: named }) => [linkId, named]));
  return new Set(said.filter(({ linkId, nominalId: named }) => (named === undefined ? linkId !== undefined && persons.get(linkId) === nominalId : named === nominalId)).map(({ id }) => id));
};

/** On the person's own record, a text is theirs unless it names others; elsewhere it is theirs only where it names them alone. */
const groundOf = (path: string, people: readonly NominalId[] | undefined, nominalId: NominalId, own: boolean): Withheld | undefined => {
  if (people?.some((id) => id !== nominalId) || path.startsWith('data.redactions.')) return 'RIGHTS_OF_OTHERS_S45_4_E';
  return own || people?.includes(nominalId) ? undefined : 'NOT_ASSESSED';
};

const entryOf = ({ type, effectiveAt, recordedAt, actor: { role, agency }, data, reason }: HistoryEntry): ExtractEntry => ({
  type, effectiveAt, recordedAt, by: { ...(role === undefined ? {} : { role }), ...(agency === undefined ? {} : { agency }) }, data, ...(reason === undefined ? {} : { reason }),
});
