import type { RecordKeyId } from '#kernel';
import type { StoredEvent } from '#platform/event-store';
import { memoryKeyStore } from '#platform/vault';
import { keysAreBehind } from './keys-in-step';

const id = (text: string): RecordKeyId => text as RecordKeyId;
const sealedUnder = (key: string) => ({ key, iv: 'a', ct: 'b', tag: 'c', kc: 'd' });
const logOf = (...events: readonly { data: unknown; metadata?: unknown }[]) => ({
  currentHead: () => ({ position: '', number: events.length - 1 }),
  eventByNumber: (number: number) => {
    const { data, metadata = {} } = events[number]!;
    return { data: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)), metadata: Buffer.from(JSON.stringify(metadata)) } as unknown as StoredEvent;
  },
});

describe('the keys of a log', () => {
  it('fit it when each is there or was destroyed', async () => {
    const keys = memoryKeyStore();
    await keys.ensure([id('text-1'), id('text-2')]);
    await keys.destroy(id('text-2'));
    const log = logOf({ data: { a: { b: [sealedUnder('text-1')] } } }, { data: 'no JSON' }, { data: {}, metadata: { reason: sealedUnder('text-2') } });
    await expect(keysAreBehind(log, keys)).resolves.toBe(false);
  });

  it.each([
    ['data', { data: { a: { b: [sealedUnder('text-9')] } } }], ['reason', { data: {}, metadata: { reason: sealedUnder('text-9') } }],
  ])('are older than it when one of its %s is missing', async (_, event) => {
    const keys = memoryKeyStore();
    await keys.ensure([id('text-1')]);
    await expect(keysAreBehind(logOf({ data: sealedUnder('text-1') }, event), keys)).resolves.toBe(true);
  });

  it('are not asked for where there is no event', async () => expect(keysAreBehind(logOf(), memoryKeyStore())).resolves.toBe(false));
});
