import { isSealed, isUnsealed } from '#kernel';
import type { RecordKeyId } from '#kernel';
import type { EmbeddedEventStore, StoredEvent } from '#platform/event-store';
import { KeyMissingError } from '#platform/vault';
import type { KeyStore } from '#platform/vault';

/** Newest events that are looked at: nearly every one with a text brought a key of its own. */
const LOOKED_AT = 500;

const keysIn = (value: unknown): RecordKeyId[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (isSealed(value)) return isUnsealed(value) ? [] : [value.key];
  return Object.values(value).flatMap(keysIn);
};

const keysOf = ({ data, metadata }: StoredEvent): RecordKeyId[] => {
  try {
    return [data, metadata].flatMap((bytes) => keysIn(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  } catch {
    return []; // one that cannot be read is parked by the read models
  }
};

/**
 * Refuses keys that are older than the log, before anything is recorded that would make a new key in the place of a lost one.
 * @throws KeyMissingError
 */
export const checkKeysInStep = async (store: Pick<EmbeddedEventStore, 'currentHead' | 'eventByNumber'>, keys: Pick<KeyStore, 'missing'>): Promise<void> => {
  const used = new Set<RecordKeyId>();
  const { number } = store.currentHead();
  for (let at = number; at >= 0 && at > number - LOOKED_AT; at--) {
    const stored = store.eventByNumber(at);
    if (stored) for (const key of keysOf(stored)) used.add(key);
  }
  const [lost] = await keys.missing([...used]);
  if (lost !== undefined) throw new KeyMissingError(lost);
};
