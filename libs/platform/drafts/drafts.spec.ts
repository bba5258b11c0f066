import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { memoryKeyStore, openVault } from '#platform/vault';
import { Drafts } from './drafts';

describe('drafts', () => {
  const DAY = 86_400_000;
  let folder: string;
  let drafts: Drafts;
  let now: number;
  const open = async (): Promise<Drafts> => new Drafts({ file: path.join(folder, 'drafts.db'), vault: await openVault(keys), now: () => now });
  let keys: ReturnType<typeof memoryKeyStore>;

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-drafts-'));
    keys = memoryKeyStore();
    now = 0;
    drafts = await open();
  });

  afterEach(() => {
    drafts.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('are there again after a restart, the last state of each', async () => {
    await drafts.keep('DC 1', 'a', 'first');
    await drafts.keep('DC 1', 'a', 'second');
    drafts.close();
    drafts = await open();
    expect(await drafts.of('DC 1', 'a')).toBe('second');
  });

  it('are their owner\'s alone', async () => {
    await drafts.keep('DC 1', 'a', 'mine');
    await drafts.keep('DC 2', 'a', 'another');
    expect(await drafts.of('DC 1', 'a')).toBe('mine');
    expect(await drafts.of('DC 3', 'a')).toBeUndefined();
  });

  it('stand in no file in clear', async () => {
    await drafts.keep('DC 1', 'a', 'her name is Zebedee');
    drafts.close();
    for (const name of fs.readdirSync(folder)) expect(fs.readFileSync(path.join(folder, name)).includes('Zebedee')).toBe(false);
    drafts = await open();
    expect(await drafts.of('DC 1', 'a')).toContain('Zebedee');
  });

  it('go after a fortnight untouched', async () => {
    await drafts.keep('DC 1', 'a', 'old');
    now = 14 * DAY;
    expect(await drafts.of('DC 1', 'a')).toBeUndefined();
  });

  it('go, the oldest first, when one person has more than 200', async () => {
    for (let i = 0; i < 201; i++) {
      now = i;
      await drafts.keep('DC 1', `k${i}`, 'text');
    }
    expect(await drafts.of('DC 1', 'k0')).toBeUndefined();
    expect(await drafts.of('DC 1', 'k1')).toBe('text');
  });
});
