import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSettings } from '#platform/settings';
import { openDaybook } from '../daybook';
import type { Daybook } from '../daybook';
import type { CommandContext } from './context';
import { runCommand } from './run-command';

describe('commands that the owner of a folder runs for others', () => {
  let folder: string;
  let daybook: Daybook;
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-run-'));
    daybook = await openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys') }));
  });
  afterAll(async () => {
    await daybook.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('leave nothing behind that follows the log', async () => {
    const followed = jest.spyOn(daybook.reads, 'onBatch');
    const said: string[] = [];
    const context: CommandContext = {
      settings: daybook.settings, output: { out: (text) => void said.push(text), err: (text) => void said.push(text) },
      cwd: folder, isTTY: false, columns: 80, daybook: () => Promise.resolve(daybook),
    };
    for (const argv of [['figures', '--area', 'all', '--json'], ['history', 'INV-1'], ['figures', '--area', 'all']]) await runCommand(argv, context);
    expect(said).toHaveLength(3);
    expect(followed).not.toHaveBeenCalled();
  });
});
