import fs from 'node:fs';
import path from 'node:path';
import { holdFolder } from '#platform/folder';
import { Desk } from './cli.fixtures';

describe('the command line', () => {
  let desk: Desk;
  beforeEach(() => { desk = new Desk(); });
  afterEach(() => desk.clear());

  it('makes a trial folder when there is none, and answers the figures of an empty ledger', async () => {
    const { exit, out, err } = await desk.run(['figures', '--area', 'all', '--json']);
    expect({ exit, body: JSON.parse(out) as unknown }).toMatchObject({
      exit: 0,
      body: {
        definition: { name: 'headline', thresholdDays: 84 }, number: -1, incomplete: 0,
        investigations: { active: 0, noSuspectIdentified: 0, suspectOutstanding: 0, suspectOutstandingOverThreshold: 0 },
      },
    });
    expect(err).toContain('trial');
  });

  it.each([
    ['an unknown command', ['figure']],
    ['an unknown option', ['figures', '--are', 'all']],
    ['an area that does not exist', ['figures', '--area', 'Atlantis']],
    ['a theme that does not exist', ['figures', '--area', 'all', '--theme', 'X']],
    ['a team that does not exist', ['figures', '--area', 'all', '--team', 'X']],
    ['a moment in the future', ['figures', '--area', 'all', '--effective-at', '2999-01-01']],
    ['a moment that happens twice', ['figures', '--area', 'all', '--recorded-at', '2019-10-27T01:30']],
    ['a sample without its kind', ['init', '--as', 'trial', '--sample', 'rotherham-2019']],
    ['no file to import', ['import', 'police-uk']],
  ])('answers %s as wrong usage, with a sentence', async (_, args) => {
    const { exit, out, err } = await desk.run(args);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(/\w{3}/);
  });

  it('says of a reference that names nothing that it is not so', async () => {
    expect(await desk.run(['history', 'INV-9'])).toMatchObject({ exit: 1, out: '' });
  });

  it('names every setting that is wrong, and does nothing', async () => {
    const { exit, err } = await desk.run(['figures'], { DAYBOOK_PORT: 'many', DAYBOOK_LISTEN: '0.0.0.0', DAYBOOK_EVENT_STORE: 'postgres://localhost' });
    expect(exit).toBe(2);
    for (const variable of ['DAYBOOK_PORT', 'DAYBOOK_LISTEN', 'DAYBOOK_EVENT_STORE']) expect(err).toContain(variable);
    expect(fs.existsSync(desk.data)).toBe(false);
  });

  it('refuses a folder that somebody else holds, with that process id', async () => {
    await desk.run(['init', '--as', 'trial']);
    const hold = holdFolder(desk.data);
    try {
      const { exit, err } = await desk.run(['figures', '--area', 'all']);
      expect({ exit, named: err.includes(String(process.pid)) }).toEqual({ exit: 5, named: true });
    } finally {
      hold.release();
    }
  });

  it('does not start a live folder in which nobody could sign in', async () => {
    const kek = path.join(desk.folder, 'kek');
    fs.writeFileSync(kek, `${'ab'.repeat(32)}\n`, { mode: 0o600 });
    expect(await desk.run(['init', '--as', 'live'], { DAYBOOK_KEK_FILE: kek })).toMatchObject({ exit: 0 });
    const { exit, err } = await desk.run(['start'], { DAYBOOK_KEK_FILE: kek });
    expect({ exit, said: err.includes('DAYBOOK_OIDC_ISSUER') }).toEqual({ exit: 3, said: true });
    const issuer = { DAYBOOK_KEK_FILE: kek, DAYBOOK_OIDC_ISSUER: 'https://id.example', DAYBOOK_OIDC_CLIENT_ID: 'daybook' };
    const unmapped = await desk.run(['start'], issuer);
    expect({ exit: unmapped.exit, said: unmapped.err.includes('DAYBOOK_ACCESS_FILE') }).toEqual({ exit: 3, said: true });
    expect(await desk.run(['token', '--as', 'DS 2256'], issuer)).toMatchObject({ exit: 3, out: '', err: expect.stringContaining('identity provider') });
  });

  it('has the program that owns the folder run a command, and a second owner is refused', async () => {
    const running = await desk.start();
    const { exit, out } = await desk.run(['figures', '--area', 'all', '--json']);
    expect({ exit, number: (JSON.parse(out) as { number: number }).number }).toEqual({ exit: 0, number: -1 });
    expect(await desk.run(['start'])).toMatchObject({ exit: 5 });
    expect(await running.stop()).toBe(0);
  });

  it('listens while the read models cannot catch up, and says so', async () => {
    const rows = Array.from({ length: 1001 }, (_, i) => `id${i},2024-01,Northton 001A,Drugs`);
    fs.writeFileSync(path.join(desk.folder, '2024-01-anyshire-street.csv'), `Crime ID,Month,LSOA name,Crime type\n${rows.join('\n')}\n`);
    expect(await desk.run(['import', 'police-uk', '2024-01-anyshire-street.csv'])).toMatchObject({ exit: 0 });
    for (const name of fs.readdirSync(desk.data)) if (name.startsWith('read.db')) fs.rmSync(path.join(desk.data, name));
    fs.mkdirSync(path.join(desk.data, 'read.db.start', 'in the way'), { recursive: true });
    const { url, stop } = await desk.start([], /listens on (http:\/\/\S+) /);
    const headers = await desk.credentials();
    const status = async (address: string): Promise<number> => (await fetch(`${url}${address}`, { headers })).status;
    expect([await status('/health/live'), await status('/health/ready'), await status('/'), await status('/api/v1/figures')]).toEqual([200, 503, 503, 503]);
    expect(await desk.run(['figures', '--area', 'all'])).toMatchObject({ exit: 4, out: '', err: expect.stringContaining('catching up: 0 of 2,002 events') });
    expect(await stop()).toBe(0);
    expect(await desk.run(['figures', '--area', 'all'])).toMatchObject({ exit: 4, out: '', err: expect.stringContaining('the read models cannot be built') });
  });

  it('ends when its folder has too long a name for the socket', async () => {
    const data = path.join(desk.folder, 'x'.repeat(60), 'y'.repeat(60), 'data');
    expect(await desk.run(['start'], { DAYBOOK_DATA: data })).toMatchObject({ exit: 3, err: expect.stringContaining('too long') });
  });

  it('says where it could not listen or copy to, and what to do', async () => {
    const running = await desk.start();
    const other = { DAYBOOK_DATA: path.join(desk.folder, 'data2'), DAYBOOK_KEYS: path.join(desk.folder, 'keys2'), DAYBOOK_PORT: new URL(running.url).port };
    const taken = await desk.run(['start'], other);
    expect(taken.exit).toBe(4);
    expect(taken.err).toContain(`port ${other.DAYBOOK_PORT} of 127.0.0.1 is in use by another program`);
    for (const command of [['backup'], ['keys', 'backup']]) {
      const { exit, err } = await desk.run([...command, path.join(desk.folder, 'nowhere', 'x')]);
      expect({ exit, err }).toEqual({ exit: 3, err: expect.stringContaining(`there is no folder ${path.join(desk.folder, 'nowhere')}`) });
    }
    await running.stop();
  });

  it('imports, exports, backs up and restores: the restored folder gives the same figures', async () => {
    const csv = path.join(desk.folder, '2024-01-anyshire-street.csv');
    fs.writeFileSync(csv, 'Crime ID,Month,LSOA name,Crime type\nabc,2024-01,Northton 001A,Burglary\ndef,2024-01,Northton 001A,Drugs\n');
    const imported = await desk.run(['import', 'police-uk', csv, '--json']);
    expect(JSON.parse(imported.out)).toMatchObject({ rows: 2, used: 2, duplicates: 0, unmatched: 0, rejected: 0, reasons: {}, events: 4 });
    const before = JSON.parse((await desk.run(['figures', '--area', 'Northton', '--json'])).out) as { investigations: { active: number } };
    expect(before.investigations.active).toBe(2);
    expect(await desk.run(['rebuild'])).toMatchObject({ exit: 0 });
    expect(await desk.run(['export', 'events', '--out', 'events.jsonl'])).toMatchObject({ exit: 0 });
    expect(fs.readFileSync(path.join(desk.folder, 'events.jsonl'), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { number: number }).number)).toEqual([0, 1, 2, 3]);
    expect(await desk.run(['export', 'events', '--out', 'events.jsonl'])).toMatchObject({ exit: 3 });
    expect(await desk.run(['backup', 'log.backup'])).toMatchObject({ exit: 0 });
    expect(await desk.run(['keys', 'backup', 'keys.backup'])).toMatchObject({ exit: 0 });
    const kek = path.join(desk.folder, 'kek');
    fs.copyFileSync(path.join(desk.keys, 'kek'), kek);
    fs.chmodSync(kek, 0o600);
    const elsewhere = { DAYBOOK_DATA: path.join(desk.folder, 'data2'), DAYBOOK_KEYS: path.join(desk.folder, 'keys2'), DAYBOOK_KEK_FILE: kek };
    expect(await desk.run(['restore', 'log.backup'], elsewhere)).toMatchObject({ exit: 0 });
    expect(await desk.run(['keys', 'restore', 'keys.backup'], elsewhere)).toMatchObject({ exit: 0 });
    const after = JSON.parse((await desk.run(['figures', '--area', 'Northton', '--json'], elsewhere)).out) as { investigations: object; number: number };
    expect(after).toMatchObject({ investigations: before.investigations, number: 3 });
    expect(await desk.run(['restore', 'log.backup'])).toMatchObject({ exit: 3 });
  });

  it.each([
    ['no columns', '2024-01-anyshire-street.csv', 'Name,Age\nx,1\n'],
    ['not a file that can be unpacked', '2024-01-anyshire-street.csv.gz', 'plain text'],
  ])('refuses a file with %s and writes nothing', async (_, name, text) => {
    fs.writeFileSync(path.join(desk.folder, name), text);
    const { exit, err } = await desk.run(['import', 'police-uk', name]);
    expect(exit).toBe(2);
    expect(err).toContain(name);
    expect(JSON.parse((await desk.run(['figures', '--area', 'all', '--json'])).out)).toMatchObject({ number: -1 });
  });
});
