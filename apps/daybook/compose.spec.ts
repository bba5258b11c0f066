import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { NominalId, RecordKeyId } from '#kernel';
import { dataSubject } from '#contexts/oversight';
import type { EventToAppend } from '#platform/event-store';
import { backUpKeys, restoreKeys } from '#platform/folder';
import { readSettings } from '#platform/settings';
import { openDaybook } from './compose';
import type { OpenOptions } from './compose';

const bytes = (text: string): Buffer => Buffer.from(text);
const unreadable = (metadata: string): EventToAppend => ({ id: randomUUID(), type: 'InvestigationOpened', data: bytes('not JSON'), metadata: bytes(metadata) });

describe('a folder whose last event cannot be read', () => {
  let folder: string;
  beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-open-')); });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  const open = (options: OpenOptions = {}) => openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys') }), options);
  const spoilt = async (options: OpenOptions, ...metadata: readonly string[]): Promise<void> => {
    const daybook = await open(options);
    for (const text of metadata) await daybook.store.append(`investigation-${randomUUID()}`, [unreadable(text)], 'no_stream');
    await daybook.close();
  };

  it('opens, with the stream parked', async () => {
    await spoilt({}, '{}');
    const daybook = await open();
    expect((await daybook.reads.status()).find(({ name }) => name === 'investigations')!.parked).toHaveLength(1);
    expect(daybook.queries.figures({ area: 'all' })).toMatchObject({ incomplete: 1, number: 0 });
    await daybook.close();
  });

  it('has the clock of the last event that says when it was recorded, where it is a sample', async () => {
    const sample = { name: 'rotherham-2019', until: '2019-12-31T17:00:00.000Z', homeArea: 'Rotherham' };
    await spoilt({ make: { kind: 'sample', sample } }, '{"recordedAt":"2020-02-01T12:00:00.000Z"}', 'not JSON', '{}');
    const daybook = await open();
    expect(new Date(daybook.clock()).toISOString()).toMatch(/^2020-02-01T12:/);
    await daybook.close();
  });
});

describe('a folder opened with older keys than its log', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-replay-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const open = () => openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys') }));

  it('keeps erased what an erasure in the log has erased, before anything can be asked', async () => {
    const gone = 'nominal-00000000-0000-4000-8000-000000000001' as RecordKeyId;
    const kept = 'text-kept' as RecordKeyId;
    const daybook = await open();
    await daybook.keys.ensure([gone, kept]);
    const backup = path.join(folder, 'keys.backup');
    await backUpKeys(daybook.keys, backup);
    await daybook.store.append('dataSubject-00000000-0000-4000-8000-000000000001', [
      { id: randomUUID(), type: 'ErasureBegun', data: bytes(JSON.stringify({ requestId: randomUUID(), keys: [gone, 'text-never-made'] })), metadata: bytes('{}') },
    ], 'no_stream');
    await daybook.keys.destroy(gone);
    await daybook.close();
    for (const name of fs.readdirSync(path.join(folder, 'keys')).filter((file) => file.startsWith('keys.db'))) fs.rmSync(path.join(folder, 'keys', name));
    await restoreKeys(daybook.settings, backup);
    const again = await open();
    expect([...(await again.keys.get([gone, kept])).keys()]).toEqual([kept]);
    expect(await again.keys.destroyed([gone, 'text-never-made' as RecordKeyId])).toHaveLength(2);
    await again.close();
  });
});

describe('an erasure that was authorised just before the program died', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-resume-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const open = () => openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys') }));
  const nominalId = '00000000-0000-4000-8000-00000000000a' as NominalId;

  it('is carried out by the next start', async () => {
    const daybook = await open();
    await daybook.keys.ensure([`nominal-${nominalId}` as RecordKeyId]);
    const decide = (type: string, data: object, id: string) => daybook.ledger.transact(dataSubject, `dataSubject-${nominalId}`, {
      type, data: { nominalId, requestId: 'r', ...data },
      context: {
        commandId: randomUUID(), correlationId: 'c', actor: { kind: 'user', id }, effectiveAt: { precision: 'unknown' }, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT',
      },
    } as never);
    await decide('RequestErasure', { ground: 'INFRINGES_S47_1A', basis: { unsealed: 'asks', key: 'text-basis' } }, 'DO 1');
    await decide('AuthoriseErasure', { redactions: [], findings: { liveMeasures: [], mandatory: [], known: [] } }, 'DS 2');
    await daybook.close();
    const again = await open();
    while (!(await again.dataSubjects.state(nominalId)).erased) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await again.keys.destroyed([`nominal-${nominalId}`, 'text-basis'] as RecordKeyId[])).toHaveLength(2);
    expect((await again.dataSubjects.decisions(nominalId)).map(({ type }) => type)).toEqual(['ErasureRequested', 'ErasureAuthorised', 'ErasureBegun', 'DataErased']);
    await again.close();
  }, 60_000);
});
