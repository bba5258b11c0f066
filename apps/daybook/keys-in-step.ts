import type { RecordKeyId } from '#kernel';
import type { EmbeddedEventStore, StoredEvent } from '#platform/event-store';
import { sealedUnder } from '#platform/vault';
import type { KeyStore } from '#platform/vault';

/** Keys of the newest sealed events that are looked for, among so many newest events at most. */
const KEYS = 500;
const EVENTS = 20_000;

const noteKeys = ({ data, metadata }: StoredEvent, used: Set<RecordKeyId>): void => {
  try {
    sealedUnder([data, metadata].map((bytes) => JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown), used);
  } catch {
    return; // one that cannot be read is parked by the read models
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
    if (stored) noteKeys(stored, used);
  }
  return (await keys.missing([...used])).length > 0;
};
