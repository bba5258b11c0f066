import fs from 'node:fs';
import path from 'node:path';
import { Desk } from './cli.fixtures';

describe('a snapshot of a folder that holds its log itself', () => {
  const desk = new Desk();
  afterAll(() => desk.clear());
  const snapshots = path.join(desk.folder, 'snapshots');
  const elsewhere = { DAYBOOK_DATA: path.join(desk.folder, 'restored') };

  beforeAll(async () => {
    const csv = path.join(__dirname, '../../test/import/sample-csv');
    expect((await desk.run(['import', 'police-uk', csv])).exit).toBe(0);
  });

  it('is made while the program serves and restores log and read models, in place of a backup', async () => {
    const running = await desk.start();
    const made = await desk.run(['snapshot', '--to', 'snapshots']);
    expect([made.exit, made.err]).toEqual([0, `the snapshot is in ${snapshots}; the one before is gone from there. Its keys are not in it.\n`]);
    expect(await running.stop()).toBe(0);
    const { number, lastErasure } = JSON.parse(made.out) as { readonly number: number; readonly lastErasure: number };
    expect([number > 0, lastErasure]).toEqual([true, -1]);
    const restored = await desk.run(['restore', 'snapshots'], elsewhere);
    expect([restored.exit, restored.err]).toEqual([0, expect.stringContaining('restored a trial folder')]);
    expect(fs.existsSync(path.join(elsewhere.DAYBOOK_DATA, 'read.db'))).toBe(true);
    const rebuilt = await desk.run(['rebuild', '--json'], elsewhere);
    const reports = JSON.parse(rebuilt.out) as readonly { readonly digest: string; readonly liveDigest: string }[];
    expect([rebuilt.exit, reports.filter(({ digest, liveDigest }) => digest !== liveDigest)]).toEqual([0, []]);
    expect((await desk.run(['restore', 'snapshots'], elsewhere)).exit).toBe(3);
  });

  it('stands on record before it is made', async () => {
    const looks = await desk.run(['export', 'looks', '--from', '2020-01-01', '--to', '2099-12-31', '--out', 'looks.jsonl']);
    expect([looks.exit, fs.readFileSync(path.join(desk.folder, 'looks.jsonl'), 'utf8')]).toEqual([0, expect.stringContaining('"snapshot"')]);
  });

  it('is nothing that a folder which holds its log itself starts from', async () => {
    const { exit, err } = await desk.run(['figures', '--area', 'all'], { DAYBOOK_SNAPSHOT: snapshots });
    expect([exit, err]).toEqual([2, expect.stringContaining('DAYBOOK_SNAPSHOT needs DAYBOOK_EVENT_STORE')]);
  });

  it('is restored over KurrentDB by a start, which compares it with the log there', async () => {
    const { exit, err } = await desk.run(['restore', 'snapshots'], { DAYBOOK_DATA: path.join(desk.folder, 'third'), DAYBOOK_EVENT_STORE: 'esdb://127.0.0.1:1?tls=false' });
    expect([exit, err]).toEqual([3, expect.stringContaining(`set DAYBOOK_SNAPSHOT to ${snapshots}`)]);
  });
});
