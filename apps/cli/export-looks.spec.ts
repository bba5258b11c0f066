import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { londonDate } from '#kernel';
import type { Actor, CommandContext } from '#kernel';
import type { Reader } from '#platform/access';
import { readSettings } from '#platform/settings';
import { openDaybook } from '../daybook';
import type { Daybook } from '../daybook';
import { runCommand } from './run-command';

const detective: Reader = { kind: 'user', id: 'DC 4417', name: 'J. Okafor', role: 'DETECTIVE', agency: 'SYP', multiFactor: true, provedAt: 0, session: 's' };
const shown = [{ kind: 'person', ids: ['p-1'] }] as const;

describe('daybook export looks', () => {
  let folder: string;
  let daybook: Daybook;
  let said: string;
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-extract-'));
    daybook = await openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys') }));
    await daybook.looks.record(detective, { kind: 'consultation', door: 'PAGE', route: '/people/:reference', shown, reason: { code: 'OTHER', words: 'tasked by Roe' } });
    await daybook.looks.record({ ...detective, id: 'PSD 1', role: 'PROFESSIONAL_STANDARDS' }, { kind: 'consultation', door: 'PAGE', route: '/people/:reference', shown });
    await daybook.looks.record({ ...detective, id: 'DS 1' }, { kind: 'disclosure', door: 'DOWNLOAD', route: '/people/export', shown, recipients: [{ organisation: 'CPS', person: 'Ann Lee' }], digest: 'd' });
  });
  afterEach(async () => {
    await daybook.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const today = () => londonDate(daybook.clock());
  const run = (...more: string[]): Promise<number> => {
    said = '';
    return runCommand(['export', 'looks', '--from', today(), '--to', today(), '--out', 'extract', ...more], {
      settings: daybook.settings, cwd: folder, isTTY: false, columns: 80, daybook: () => Promise.resolve(daybook),
      output: { out: (text) => { said += text; }, err: (text) => { said += text; } },
    });
  };
  const lines = () => fs.readFileSync(path.join(folder, 'extract'), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);

  it('has every operation with when, by whom, of which records, to whom and why, and nothing open', async () => {
    expect(await run()).toBe(0);
    expect(lines()).toMatchObject([
      { operation: 'CONSULTATION', user: 'DC 4417', role: 'DETECTIVE', records: [{ kind: 'person', ids: ['p-1'] }], reason: { code: 'OTHER', words: { ct: expect.any(String) } }, log: 'LOOKS', number: 0 },
      { operation: 'DISCLOSURE', user: 'DS 1', recipients: [{ organisation: 'CPS', person: { ct: expect.any(String) } }] },
    ]);
    expect(fs.readFileSync(path.join(folder, 'extract'), 'utf8')).not.toMatch(/Roe|Ann Lee/);
  });

  const recorded = async (type: string, stream: string, more: Partial<Actor> = {}): Promise<void> => {
    const context: CommandContext = { commandId: randomUUID(), correlationId: randomUUID(), actor: { kind: 'user', id: 'DC 4417', role: 'DETECTIVE', ...more }, effectiveAt: { precision: 'day', from: '2019-01-01' }, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT' };
    await daybook.store.append(stream, [daybook.codec.encode({ id: randomUUID(), fact: { type, data: {} }, data: {}, context, recordedAt: daybook.clock(), program: 'test' })], 'any');
  };

  it('has what was recorded beside what was looked at', async () => {
    await recorded('OrderServed', 'order-1');
    await recorded('OrderErased', 'order-1', { id: 'DS 1' });
    expect(await run()).toBe(0);
    expect(lines().map(({ operation, user, log }) => [operation, user, log])).toEqual([
      ['COLLECTION', 'DC 4417', 'LEDGER'], ['ERASURE', 'DS 1', 'LEDGER'], ['CONSULTATION', 'DC 4417', 'LOOKS'], ['DISCLOSURE', 'DS 1', 'LOOKS'],
    ]);
    fs.rmSync(path.join(folder, 'extract'));
    await run('--user', 'DS 1');
    expect(lines().map(({ operation }) => operation)).toEqual(['ERASURE', 'DISCLOSURE']);
  });

  it('has of one record what was decided about its readers, and of one person about their data', async () => {
    const [person, operation] = ['4b9f4b0e-1c0a-4f4e-9f55-0a4b1c2d3e4f', 'c0ffee00-1c0a-4f4e-9f55-0a4b1c2d3e4f'];
    for (const [type, stream] of [['PersonRegistered', `nominal-${person}`], ['ProcessingRestricted', `dataSubject-${person}`], ['DataErased', `dataSubject-${person}`], ['AccessGranted', `accessList-operation-${operation}`]] as const) await recorded(type, stream);
    jest.spyOn(daybook.people, 'resolve').mockReturnValue(person as never);
    jest.spyOn(daybook.access, 'seenBy').mockReturnValue({ queries: { resolve: () => undefined }, readsPerson: () => true } as never);
    expect(await run('--record', 'PER-1')).toBe(0);
    const records = [{ kind: 'person', ids: [person] }];
    expect(lines()).toMatchObject([{ type: 'PersonRegistered', records }, { type: 'ProcessingRestricted', records }, { type: 'DataErased', operation: 'ERASURE', records }]);
    fs.rmSync(path.join(folder, 'extract'));
    await run();
    expect(lines()[3]).toMatchObject({ type: 'AccessGranted', records: [{ kind: 'other', ids: [`accessList-operation-${operation}`] }] });
  });

  it('opens what is sealed when asked, and has covert looks when asked', async () => {
    await run('--open', '--covert');
    expect(lines()).toMatchObject([{ reason: { words: 'tasked by Roe' } }, { user: 'PSD 1' }, { recipients: [{ organisation: 'CPS', person: 'Ann Lee' }] }]);
  });

  it('is asked of one user and of a time', async () => {
    await run('--user', 'ds 1');
    expect(lines()).toMatchObject([{ user: 'DS 1' }]);
    fs.rmSync(path.join(folder, 'extract'));
    await run('--from', '2019-01-01', '--to', '2019-12-31');
    expect(lines()).toEqual([]);
  });

  it('is itself on record as a disclosure, with the digest of the file', async () => {
    await run('--recipient', 'IOPC', '--purpose', 'CRIMINAL_PROCEEDINGS');
    const { events } = daybook.lookLog.page('', 10);
    const digest = createHash('sha256').update(fs.readFileSync(path.join(folder, 'extract'))).digest('hex');
    expect({ type: events[3]!.type, data: JSON.parse(Buffer.from(events[3]!.data).toString()) as unknown }).toMatchObject({
      type: 'RecordsDisclosed', data: { door: 'CLI', route: 'export looks', recipients: [{ organisation: 'IOPC' }], reason: { code: 'CRIMINAL_PROCEEDINGS' }, digest, more: 2 },
    });
    expect(said).toContain(digest);
  });

  it('is for its owner alone, whatever lay in its place before', async () => {
    const elsewhere = path.join(folder, 'elsewhere');
    fs.symlinkSync(elsewhere, path.join(folder, 'extract.partial'));
    expect(await run()).toBe(0);
    expect([fs.existsSync(elsewhere), fs.statSync(path.join(folder, 'extract')).mode & 0o777]).toEqual([false, 0o600]);
  });

  it('leaves no file where its disclosure could not be recorded', async () => {
    jest.spyOn(daybook.looks, 'record').mockRejectedValue(new Error('away'));
    await expect(run()).resolves.not.toBe(0);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('extract'))).toEqual([]);
  });

  it.each([[['--from', 'June'], 2], [['--record', 'INV-99'], 1], [['--purpose', 'CURIOSITY'], 2]] as const)('refuses %j', async (more, exit) => {
    expect(await run(...more)).toBe(exit);
    expect(fs.existsSync(path.join(folder, 'extract'))).toBe(false);
  });
});
