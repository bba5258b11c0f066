import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EventCodec, Ledger, memoryEventStore } from '#platform/event-store';
import type { EventStore } from '#platform/event-store';
import { memoryKeyStore, openVault } from '#platform/vault';
import { importPoliceUk } from './police-uk';
import type { PoliceUkImport } from './police-uk';

const NOW = Date.parse('2026-03-01T09:00:00Z');
const descriptors = (folder: string): string[] =>
  fs.readdirSync('/proc/self/fd').map((fd) => { try { return fs.readlinkSync(`/proc/self/fd/${fd}`); } catch { return ''; } }).filter((file) => file.startsWith(folder));

describe('an import', () => {
  let folder: string;
  let store: EventStore;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-police-uk-'));
    store = memoryEventStore();
  });
  afterEach(async () => {
    await store.close();
    fs.rmSync(folder, { recursive: true });
  });

  const file = (name: string, crimes: number): string => {
    const rows = Array.from({ length: crimes }, (_, i) => `${name}${i},2024-01,Northton 001A,Drugs`);
    const place = path.join(folder, `2024-01-${name}-street.csv`);
    fs.writeFileSync(place, `Crime ID,Month,LSOA name,Crime type\n,2024-01,Northton 001A,Drugs\n${rows.join('\n')}\n`);
    return place;
  };
  const run = async (options: Pick<PoliceUkImport, 'paths'> & Partial<PoliceUkImport>) => {
    const ledger = new Ledger(store, new EventCodec(), await openVault(memoryKeyStore()), () => NOW, 'daybook test');
    return importPoliceUk({ ledger, dataFolder: folder, now: () => NOW, ...options });
  };
  const reports = (): string[] => fs.readdirSync(path.join(folder, 'imports')).filter((name) => name.startsWith('police-uk')).sort();

  it('may run beside another, each with its own rows and its own report', async () => {
    const [a, b] = await Promise.all([run({ paths: [file('aaa', 300)] }), run({ paths: [file('bbb', 200)] })]);
    expect([a, b]).toMatchObject([{ rows: 301, used: 300, rejected: 1, events: 600 }, { rows: 201, used: 200, rejected: 1, events: 400 }]);
    expect(reports()).toHaveLength(2);
    expect(fs.readdirSync(path.join(folder, 'imports'))).toHaveLength(2);
  });

  it('that cannot go on recording keeps what it has to report, and no file open', async () => {
    const failing = { ...store, append: () => Promise.reject(new Error('away')), readStream: store.readStream.bind(store) } as EventStore;
    const ledger = new Ledger(failing, new EventCodec(), await openVault(memoryKeyStore()), () => NOW, 'daybook test');
    await expect(run({ paths: [file('aaa', 5)], ledger })).rejects.toThrow('away');
    expect(fs.readFileSync(path.join(folder, 'imports', reports()[0]!), 'utf8')).toContain('NO_CRIME_ID');
    expect(descriptors(path.join(folder, 'imports'))).toEqual([]);
  });

  it('stops when it is told to, and recorded what it had begun', async () => {
    const stop = new AbortController();
    const onProgress: PoliceUkImport['onProgress'] = ({ phase, done }) => { if (phase === 'recording' && done >= 10) stop.abort(); };
    await expect(run({ paths: [file('aaa', 2_000)], onProgress, signal: stop.signal, window: 4 })).rejects.toMatchObject({ name: 'AbortError' });
    const { number } = await store.head();
    expect(number + 1).toBeGreaterThanOrEqual(20);
    expect(number + 1).toBeLessThan(40);
    expect(await run({ paths: [file('aaa', 2_000)] })).toMatchObject({ rows: 2_001, rejected: 1, events: 4_000 - (number + 1) });
  });
});
