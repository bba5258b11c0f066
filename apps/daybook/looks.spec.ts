import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Reader } from '#platform/access';
import { readSettings } from '#platform/settings';
import { openDaybook } from './compose';
import type { Daybook } from './compose';

const reader: Reader = { kind: 'user', id: 'DC 4417', name: 'J. Okafor', role: 'DETECTIVE', agency: 'SYP', multiFactor: true, provedAt: 0 };
const all = { covert: false, limit: 50 };

describe('the log of looks in a data folder', () => {
  let folder: string;
  let daybook: Daybook;
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-looks-'));
    await open();
  });
  afterEach(async () => {
    await daybook.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const open = async () => {
    daybook = await openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys') }));
    await daybook.lookReads.caughtUp();
  };
  const look = (id: string) => daybook.looks.record(reader, { kind: 'consultation', door: 'PAGE', route: '/investigations/:reference', shown: [{ kind: 'investigation', ids: [id] }] });
  const shown = async () => {
    const { position } = await daybook.lookLog.head();
    expect(await daybook.lookReads.waitFor(position, 10_000)).toBe(true);
    return daybook.lookQueries.ofRecord('investigation', 'i-1', all).items.map(({ number }) => number);
  };

  it('is numbered apart from the ledger, and stays so when it is built anew', async () => {
    for (const id of ['i-1', 'i-2', 'i-1']) await look(id);
    expect(await shown()).toEqual([2, 0]);
    expect((await daybook.store.head()).number).toBe(-1);
    const [report] = await daybook.lookReads.rebuild('looks');
    expect(report).toMatchObject({ result: 'swapped', events: 3, differences: [] });
    expect(await shown()).toEqual([2, 0]);
  });

  it('is caught up with after it was closed, also where its read models are gone', async () => {
    await look('i-1');
    await daybook.close();
    for (const name of fs.readdirSync(path.join(folder, 'data'))) if (name.startsWith('looks.db')) fs.rmSync(path.join(folder, 'data', name));
    await open();
    await look('i-1');
    expect(await shown()).toEqual([1, 0]);
  });

  it('leaves the read models of the ledger where they are', async () => {
    const before = daybook.reads.checkpoint();
    await look('i-1');
    await shown();
    expect(daybook.reads.checkpoint()).toEqual(before);
    expect((await daybook.reads.status()).every(({ lagEvents }) => lagEvents === 0)).toBe(true);
  });
});
