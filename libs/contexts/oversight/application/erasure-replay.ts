import type { RecordKeyId } from '#kernel';
import type { EmbeddedEventStore, StoredEvent } from '#platform/event-store';
import type { KeyStore } from '#platform/vault';

/** What a start found to do. */
export interface ErasureReplay {
  /** Keys that the log says were destroyed and that were there all the same. */
  readonly destroyed: number;
  /** Erasures in the log that cannot be read, so that their keys are not known. */
  readonly unreadable: number;
}

/** Where the log says that keys were destroyed: the streams that hold what was decided about a person's data, and the event that names the keys. */
export const erasures = { category: 'dataSubject', type: 'ErasureBegun' } as const;

/** Keys looked up and destroyed at a time. */
const CHUNK = 10_000;

const keysIn = ({ data }: StoredEvent): readonly RecordKeyId[] | undefined => {
  try {
    const { keys } = JSON.parse(Buffer.from(data).toString('utf8')) as { readonly keys?: unknown };
    return Array.isArray(keys) && keys.every((key) => typeof key === 'string') ? (keys as RecordKeyId[]) : undefined;
  } catch {
    return undefined;
  }
};

const destroyAgain = async (ids: readonly RecordKeyId[], keys: Pick<KeyStore, 'destroyed' | 'destroy'>): Promise<number> => {
  let count = 0;
  for (let from = 0; from < ids.length; from += CHUNK) {
    const some = ids.slice(from, from + CHUNK);
    const gone = new Set(await keys.destroyed(some));
    const back = some.filter((id) => !gone.has(id));
    if (back.length > 0) await keys.destroy(...back);
    count += back.length;
  }
  return count;
};

/**
 * Destroys every key again that an erasure in the log names and that is not marked as destroyed: after a restore of older keys, and after a
 * crash between an erasure's decision and its end. Reads the streams of erasures alone, so a start pays for those and not for the log. The mark
 * of each key is the proof; nothing is remembered of an earlier replay.
 */
export const replayErasures = async (
  log: Pick<EmbeddedEventStore, 'currentHead' | 'readByStream'>, keys: Pick<KeyStore, 'destroyed' | 'destroy'>,
): Promise<ErasureReplay> => {
  const named = new Set<RecordKeyId>();
  let unreadable = 0;
  for await (const events of log.readByStream(log.currentHead().position, { filter: { categories: [erasures.category] } }))
    for (const event of events.filter(({ type }) => type === erasures.type)) {
      const ids = keysIn(event);
      if (!ids) unreadable++;
      for (const id of ids ?? []) named.add(id);
    }
  return { destroyed: await destroyAgain([...named], keys), unreadable };
};
