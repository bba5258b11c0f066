import { randomBytes } from 'node:crypto';
import type { RecordKeyId } from '#kernel';
import type { KeyStore } from './key-store';

/** Keys that live as long as the process: for specs. */
export const memoryKeyStore = (): KeyStore => {
  const keys = new Map<RecordKeyId, Uint8Array>();
  const destroyed = new Set<RecordKeyId>();
  const existing = (ids: readonly RecordKeyId[]): ReadonlyMap<RecordKeyId, Uint8Array> =>
    new Map(ids.flatMap((id) => (keys.has(id) ? [[id, Uint8Array.from(keys.get(id)!)] as const] : [])));
  return {
    ensure: async (ids) => {
      for (const id of ids) if (!keys.has(id) && !destroyed.has(id)) keys.set(id, randomBytes(32));
      return existing(ids);
    },
    get: async (ids) => existing(ids),
    missing: async (ids) => ids.filter((id) => !keys.has(id) && !destroyed.has(id)),
    destroyed: async (ids) => ids.filter((id) => destroyed.has(id)),
    destroy: async (...ids) => {
      for (const id of ids) {
        keys.delete(id);
        destroyed.add(id);
      }
    },
    close: async () => keys.clear(),
  };
};
