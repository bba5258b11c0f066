import { categoryOf } from '#kernel';
import type { InvestigationId, NominalId } from '#kernel';
import type { Seen } from '#contexts/oversight';
import type { StoredEvent } from '#platform/event-store';
import type { AdmittedRecord } from './admission';
import { isId, RegisteredPeople } from './registered-people';
import type { PeopleSources } from './registered-people';
import type { Named } from './rows';

/** Another record than one of an investigation or a person: its stream, for which a role alone decides. */
export interface OtherRecord {
  readonly kind: 'other';
  readonly stream: string;
}

interface Sources extends PeopleSources {
  readonly store: PeopleSources['store'] & { eventByNumber(number: number): StoredEvent | undefined };
}

const kinds: Readonly<Record<string, AdmittedRecord['kind']>> = { investigation: 'investigation', accessList: 'investigation', nominal: 'person', dataSubject: 'person' };

/** The record that a stream tells of: what is decided about access to an investigation, or about a person's data, says that they are there. */
export const recordOf = (stream: string): AdmittedRecord | OtherRecord => {
  const [kind, id] = [kinds[categoryOf(stream)], stream.slice(stream.indexOf('-') + 1)];
  if (kind === undefined || !isId(id)) return { kind: 'other', stream };
  return kind === 'person' ? { kind, id: id as NominalId } : { kind, id: id as InvestigationId };
};

/** Finds what an address names, without asking yet whether the reader may know of it. By id also what no list has yet. */
export class Targets {
  private readonly people: RegisteredPeople;

  constructor(private readonly sources: Sources) {
    this.people = new RegisteredPeople(sources);
  }

  async find({ record }: Named, text: string, seen: Seen): Promise<AdmittedRecord | OtherRecord | undefined> {
    if (record === 'event') return this.ofEvent(text);
    if (record === 'investigation') {
      const id = isId(text) ? (text as InvestigationId) : seen.queries.resolve(text);
      return id && { kind: 'investigation', id };
    }
    const id = await this.people.find(text);
    return id && { kind: 'person', id };
  }

  private ofEvent(text: string): AdmittedRecord | OtherRecord | undefined {
    const stored = /^\d{1,15}$/.test(text) ? this.sources.store.eventByNumber(Number(text)) : undefined;
    return stored && recordOf(stored.stream);
  }
}
