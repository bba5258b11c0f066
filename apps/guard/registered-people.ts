import type { NominalId } from '#kernel';
import type { EventStore } from '#platform/event-store';
import type { NominalReader } from '#contexts/nominals';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is an id as records have them. */
export const isId = (text: string): boolean => UUID.test(text);

export interface PeopleSources {
  readonly people: Pick<NominalReader, 'resolve'>;
  readonly store: Pick<EventStore, 'readStream'>;
}

/** Finds the person whom an id or a `PER-` reference names, without asking whether anybody may know of them. */
export class RegisteredPeople {
  constructor(private readonly sources: PeopleSources) {}

  /** By id from the log: somebody registered a moment ago is there before any list has them, and what is recorded does not wait for lists. */
  async find(text: string): Promise<NominalId | undefined> {
    if (!isId(text)) return this.sources.people.resolve(text.trim()) as NominalId | undefined;
    const { revision } = await this.sources.store.readStream(`nominal-${text}`, { limit: 1 });
    return revision < 0 ? undefined : (text as NominalId);
  }
}
