import { categoryOf } from '#kernel';
import type { InvestigationId, NominalId } from '#kernel';
import type { Seen } from '#contexts/oversight';
import type { EventStore, StoredEvent } from '#platform/event-store';
import type { NominalReader } from '#contexts/nominals';
import type { AdmittedRecord } from './admission';
import type { Named } from './rows';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Another record than one of an investigation or a person: its stream, for which a role alone decides. */
export interface OtherRecord {
  readonly kind: 'other';
  readonly stream: string;
}

interface Sources {
  readonly people: Pick<NominalReader, 'resolve'>;
  readonly store: Pick<EventStore, 'readStream'> & { eventByNumber(number: number): StoredEvent | undefined };
}

const kinds: Readonly<Record<string, AdmittedRecord['kind']>> = { investigation: 'investigation', accessList: 'investigation', nominal: 'person', dataSubject: 'person' };

/** The record that a stream tells of: what is decided about access to an investigation, or about a person's data, says that they are there. */
export const recordOf = (stream: string): AdmittedRecord | OtherRecord => {
  const [kind, id] = [kinds[categoryOf(stream)], stream.slice(stream.indexOf('-') + 1)];
  if (kind === undefined || !UUID.test(id)) return { kind: 'other', stream };
  return kind === 'person' ? { kind, id: id as NominalId } : { kind, id: id as InvestigationId };
};

/** Finds what an address names, without asking yet whether the reader may know of it. By id also what no list has yet. */
export class Targets {
  constructor(private readonly sources: Sources) {}

  async find({ record }: Named, text: string, seen: Seen): Promise<AdmittedRecord | OtherRecord | undefined> {
    if (record === 'event') return this.ofEvent(text);
    if (record === 'investigation') {
      const id = UUID.test(text) ? (text as InvestigationId) : seen.queries.resolve(text);
      return id && { kind: 'investigation', id };
    }
    const id = UUID.test(text) ? await this.registered(text) : (this.sources.people.resolve(text.trim()) as NominalId | undefined);
    return id && { kind: 'person', id };
  }

  private async registered(id: string): Promise<NominalId | undefined> {
    const { revision } = await this.sources.store.readStream(`nominal-${id}`, { limit: 1 });
    return revision < 0 ? undefined : (id as NominalId);
  }

  private ofEvent(text: string): AdmittedRecord | OtherRecord | undefined {
    const stored = /^\d{1,15}$/.test(text) ? this.sources.store.eventByNumber(Number(text)) : undefined;
    return stored && recordOf(stored.stream);
  }
}
