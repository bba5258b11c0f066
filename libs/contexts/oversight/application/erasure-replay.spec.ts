import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RecordKeyId } from '#kernel';
import { openEmbeddedEventStore } from '#platform/event-store';
import type { EmbeddedEventStore } from '#platform/event-store';
import { memoryKeyStore } from '#platform/vault';
import { replayErasures } from './erasure-replay';

const id = (text: string): RecordKeyId => text as RecordKeyId;
let ids = 0;
const event = (type: string, data: object | string) => ({
  id: `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`, type, data: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)), metadata: Buffer.from('{}'),
});

describe('the erasures of a log, replayed against its keys', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-replay-'));
  let log: EmbeddedEventStore;
  beforeAll(async () => {
    log = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
    await log.append('nominal-1', [event('PersonRegistered', {})], 'no_stream');
    await log.append('dataSubject-1', [event('ErasureRequested', { requestId: 'r', keys: ['text-9'] }), event('ErasureBegun', { requestId: 'r', keys: ['nominal-1', 'text-1'] })], 'no_stream');
    await log.append('nominal-2', [event('ErasureBegun', { keys: ['text-8'] })], 'no_stream');
    await log.append('dataSubject-2', [event('ErasureBegun', 'no JSON'), event('ErasureBegun', { requestId: 's', keys: ['nominal-2'] })], 'no_stream');
  });
  afterAll(async () => {
    await log.close();
    fs.rmSync(folder, { recursive: true });
  });

  it('destroy again what older keys brought back, and nothing else', async () => {
    const keys = memoryKeyStore();
    await keys.ensure([id('nominal-1'), id('text-1'), id('nominal-2'), id('text-8'), id('text-9'), id('nominal-3')]);
    expect(await replayErasures(log, keys)).toEqual({ destroyed: 3, unreadable: 1 });
    expect([...(await keys.get([id('nominal-1'), id('text-1'), id('nominal-2'), id('text-8'), id('text-9'), id('nominal-3')])).keys()]).toEqual(['text-8', 'text-9', 'nominal-3']);
  });

  it('mark keys as destroyed that the older keys did not have yet', async () => {
    const keys = memoryKeyStore();
    await replayErasures(log, keys);
    expect(await keys.destroyed([id('nominal-1'), id('text-1'), id('nominal-2')])).toHaveLength(3);
    expect((await keys.ensure([id('nominal-1')])).size).toBe(0);
  });

  it('change nothing the second time', async () => {
    const keys = memoryKeyStore();
    await replayErasures(log, keys);
    const destroy = jest.spyOn(keys, 'destroy');
    expect(await replayErasures(log, keys)).toEqual({ destroyed: 0, unreadable: 1 });
    expect(destroy).not.toHaveBeenCalled();
  });
});
