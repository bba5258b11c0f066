import { isSealed, isUnsealed } from '#kernel';
import type { RecordKeyId } from '#kernel';
import type { EmbeddedEventStore, StoredEvent } from '#platform/event-store';
import type { KeyStore } from '#platform/vault';

/** Keys of the newest sealed events that are looked for, among so many newest events at most. */
const KEYS = 500;
const EVENTS = 20_000;

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
 * Whether the keys are older than the log: one that the newest sealed events use is neither there nor destroyed. What it sealed cannot be read
 * until younger keys are restored; the ledger makes no new key in the place of a lost one.
 */
export const keysAreBehind = async (store: Pick<EmbeddedEventStore, 'currentHead' | 'eventByNumber'>, keys: Pick<KeyStore, 'missing'>): Promise<boolean> => {
  const used = new Set<RecordKeyId>();
  const { number } = store.currentHead();
  for (let at = number; at >= 0 && at > number - EVENTS && used.size < KEYS; at--) {
    const stored = store.eventByNumber(at);
    if (stored) for (const key of keysOf(stored)) used.add(key);
  }
  return (await keys.missing([...used])).length > 0;
};
