import { effectiveHistory, isSealed } from '#kernel';
import type { NominalId, Private, RecordedEvent } from '#kernel';
import type { ConsoleParts } from '../parts';

/** One person as pages name them. */
export interface PersonName {
  /** `PER-` and the number of the event that registered the person. */
  readonly reference: string;
  /** `FAMILY, Given`; null when the key that sealed it has been destroyed. */
  readonly name: string | null;
  /** The reader may not read this person, on whatever record the name stands. */
  readonly withheld?: true;
}

interface NameFields {
  readonly familyName?: Private;
  readonly givenNames?: Private;
}

/** Opens the names of people for those pages that show them. */
export class People {
  constructor(private readonly parts: Pick<ConsoleParts, 'ledger' | 'store' | 'codec' | 'vault'>) {}

  /** Names as the ledger held them up to an event number (default: all of it); unknown people are left out. */
  async named(ids: readonly NominalId[], upTo = Infinity): Promise<ReadonlyMap<string, PersonName>> {
    const found = await Promise.all([...new Set(ids)].map(async (id) => [id, await this.one(id, upTo)] as const));
    return new Map(found.filter((entry): entry is readonly [NominalId, PersonName] => entry[1] !== undefined));
  }

  /** Just the references, for pages that show no names. */
  async references(ids: readonly NominalId[]): Promise<ReadonlyMap<string, string>> {
    const found = await Promise.all([...new Set(ids)].map(async (id) => {
      const { events } = await this.parts.ledger.history(streamOf(id));
      return events.length > 0 ? ([id, referenceOf(events[0]!)] as const) : undefined;
    }));
    return new Map(found.filter((entry) => entry !== undefined));
  }

  /** The person whom a `PER-` reference names; undefined when it names none. */
  resolve(reference: string): NominalId | undefined {
    const number = /^PER-(\d{1,15})$/i.exec(reference.trim())?.[1];
    const stored = number === undefined ? undefined : this.parts.store.eventByNumber(Number(number));
    if (stored?.type !== 'PersonRegistered') return undefined;
    return (this.parts.codec.decode(stored).data as { nominalId: NominalId }).nominalId;
  }

  private async one(id: NominalId, upTo: number): Promise<PersonName | undefined> {
    const { events } = await this.parts.ledger.history(streamOf(id));
    const held = events.filter(({ number }) => number <= upTo);
    const current = effectiveHistory(held).filter(({ type }) => type === 'PersonRegistered').at(-1);
    if (!current) return undefined;
    return { reference: referenceOf(events[0]!), name: await this.nameIn(current) };
  }

  private async nameIn({ id, data }: RecordedEvent): Promise<string | null> {
    const { familyName, givenNames } = data as NameFields;
    const fields = [['data.familyName', familyName], ['data.givenNames', givenNames]] as const;
    const places = fields.flatMap(([path, value]) => (isSealed(value) ? [{ eventId: id, path, value }] : []));
    const [family, given] = await this.parts.vault.open(places);
    if (family === null || family === undefined) return null;
    return given ? `${family.toUpperCase()}, ${given}` : family.toUpperCase();
  }
}

const streamOf = (id: NominalId): string => `nominal-${id}`;
const referenceOf = ({ number }: RecordedEvent): string => `PER-${number}`;
