import fs from 'node:fs';
import type { Reader } from '#platform/access';
import type { UserRole } from '#contexts/oversight';
import { Bench } from '../api/api.fixtures';
import type { Daybook } from '../daybook';
import { runCommand } from './run-command';

/** Whoever the account of the operating system is mapped to. */
const mapped = (role: UserRole, id = 'SYP 1'): Reader => ({ kind: 'system', id, name: 'The account', role, agency: 'SYP', multiFactor: false, provedAt: 0 });

const WORDS = ['--reason', 'AUDIT_OR_DIP_SAMPLE', '--reason-words', 'Dip sample of June'] as const;

describe('the command line', () => {
  let bench: Bench;
  const references: Record<string, string> = {};
  let person: string;

  const number = async (): Promise<number> => (await bench.events()) - 1;
  beforeAll(async () => {
    bench = await Bench.open();
    for (const sensitivity of ['STANDARD', 'RESTRICTED', 'SENSITIVE']) {
      const id = await bench.opened();
      references[sensitivity] = `INV-${await number()}`;
      if (sensitivity !== 'STANDARD') await bench.post(`/api/v1/investigations/${id}/sensitivity`, { sensitivity, basis: 'Assessed.' });
    }
    await bench.post('/api/v1/people', { familyName: 'Planted', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' });
    person = `PER-${await number()}`;
    await bench.daybook.reads.waitFor(bench.daybook.store.positionOfNumber((await bench.daybook.store.head()).number)!, 10_000);
  }, 60_000);
  afterAll(() => bench.close());
  afterEach(() => {
    jest.restoreAllMocks();
    fs.rmSync(file(), { force: true });
  });

  const file = (): string => `${bench.daybook.settings.data}/out`;
  const run = async (account: Reader | undefined, ...argv: string[]): Promise<{ exit: number; out: string; err: string }> => {
    const daybook: Daybook = { ...bench.daybook, account };
    let [out, err] = ['', ''];
    const exit = await runCommand(argv, {
      settings: daybook.settings, cwd: daybook.settings.data, isTTY: false, columns: 80, daybook: () => Promise.resolve(daybook),
      output: { out: (text) => { out += text; }, err: (text) => { err += text; } },
    });
    return { exit, out, err };
  };
  const looks = () => jest.spyOn(bench.daybook.looks, 'record');

  it.each([
    ['figures'], ['history', 'INV-0'], ['export', 'events', '--out', 'out'], ['export', 'looks', '--from', '2026-01-01', '--to', '2026-01-02', '--out', 'out'], ['export', 'subject', 'PER-0', '--out', 'out'],
    ['import', 'police-uk', '.'], ['rebuild'], ['backup', 'out'], ['keys', 'backup', 'out'], ['keys', 'rotate', '--new-kek', 'out'],
  ])('does nothing for an account that is nobody: %j', async (...argv) => {
    const recorded = looks();
    expect(await run(undefined, ...argv)).toMatchObject({ exit: 3, out: '', err: expect.stringContaining('DAYBOOK_ACCESS_FILE') });
    expect(fs.existsSync(file())).toBe(false);
    expect(recorded).not.toHaveBeenCalled();
  });

  it.each([['import', 'police-uk', '.'], ['rebuild'], ['backup', 'out'], ['keys', 'backup', 'out'], ['keys', 'rotate', '--new-kek', 'out']])(
    'has nobody look after the folder who reads its records: %j', async (...argv) => {
      for (const role of ['SUPERVISOR', 'AUDITOR', 'PROFESSIONAL_STANDARDS'] as const)
        expect(await run(mapped(role), ...argv)).toMatchObject({ exit: 3, err: expect.stringContaining('ADMIN') });
      expect(fs.existsSync(file())).toBe(false);
    });

  it('has an administrator look after the folder, who sees no record and no figure', async () => {
    expect(await run(mapped('ADMIN'), 'backup', 'out')).toMatchObject({ exit: 0 });
    expect(await run(mapped('ADMIN'), 'figures')).toMatchObject({ exit: 3, out: '' });
    expect(await run(mapped('ADMIN'), 'history', references.STANDARD!, ...WORDS)).toMatchObject({ exit: 1, out: '' });
  });

  it.each([['backup', ['backup', 'out']], ['keys backup', ['keys', 'backup', 'out']]] as const)('copies nothing (%s) before it is on record who did it', async (route, argv) => {
    const recorded = looks().mockImplementation(async () => expect(fs.existsSync(file())).toBe(false));
    expect(await run(mapped('ADMIN', 'SYP 9'), ...argv)).toMatchObject({ exit: 0 });
    expect(recorded.mock.calls).toEqual([[expect.objectContaining({ id: 'SYP 9' }), { kind: 'consultation', door: 'CLI', route, shown: [{ kind: 'event', ids: [] }], more: await bench.events() }]]);
    fs.rmSync(file());
    recorded.mockRejectedValue(new Error('away'));
    expect((await run(mapped('ADMIN'), ...argv)).exit).not.toBe(0);
    expect(fs.existsSync(file())).toBe(false);
  });

  it('counts what its account may know of', async () => {
    const active = async (role: UserRole) => (JSON.parse((await run(mapped(role), 'figures', '--area', 'all', '--json')).out) as { investigations: { active: number } }).investigations.active;
    expect([await active('SYSTEM'), await active('PROFESSIONAL_STANDARDS'), await active('ANALYST'), await active('PARTNER')]).toEqual([3, 3, 2, 0]);
  });

  it('shows a history to whom its page would be shown, and answers what is hidden as what is not there', async () => {
    const exits = async (role: UserRole) => Promise.all(['STANDARD', 'RESTRICTED', 'SENSITIVE'].map(async (each) => (await run(mapped(role), 'history', references[each]!, ...WORDS)).exit));
    expect(await exits('SYSTEM')).toEqual([0, 0, 0]);
    expect(await exits('AUDITOR')).toEqual([0, 0, 1]);
    expect(await exits('DETECTIVE')).toEqual([0, 3, 1]);
    expect(await exits('PARTNER')).toEqual([1, 1, 1]);
    const hidden = await run(mapped('DETECTIVE'), 'history', references.SENSITIVE!, ...WORDS);
    expect(hidden).toEqual(await run(mapped('DETECTIVE'), 'history', 'INV-999999', ...WORDS));
  });

  it('has what is its account\'s own read as on a page: without a reason where it is STANDARD', async () => {
    expect((await run(mapped('SUPERVISOR', 'DS 2256'), 'history', references.STANDARD!)).exit).toBe(0);
    expect((await run(mapped('SUPERVISOR', 'DS 2256'), 'history', references.SENSITIVE!, ...WORDS)).exit).toBe(0);
  });

  it.each([
    ['without a reason', 'STANDARD', [], 3, '--reason'], ['with one that is none', 'STANDARD', ['--reason', 'CURIOSITY'], 2, 'Allowed choices'],
    ['with OTHER and no words', 'STANDARD', ['--reason', 'OTHER'], 2, '--reason-words'], ['with words and no reason', 'STANDARD', ['--reason-words', 'Because'], 2, '--reason'],
    ['without words where it is restricted', 'RESTRICTED', ['--reason', 'AUDIT_OR_DIP_SAMPLE'], 3, '--reason-words'],
  ])('shows nothing %s', async (_, sensitivity, more, exit, said) => {
    const recorded = looks();
    expect(await run(mapped('AUDITOR'), 'history', references[sensitivity]!, ...more)).toMatchObject({ exit, out: '', err: expect.stringContaining(said) });
    expect(recorded).not.toHaveBeenCalled();
  });

  it('prints nothing before its look is on record, and nothing when that cannot be', async () => {
    const recorded = looks();
    await run(mapped('AUDITOR'), 'history', references.STANDARD!, ...WORDS);
    expect(recorded).toHaveBeenCalledWith(expect.objectContaining({ role: 'AUDITOR' }), expect.objectContaining({
      kind: 'consultation', door: 'CLI', route: 'history', shown: [{ kind: 'investigation', ids: [expect.any(String)] }], reason: { code: 'AUDIT_OR_DIP_SAMPLE', words: 'Dip sample of June' },
    }));
    recorded.mockRejectedValue(new Error('away'));
    expect(await run(mapped('AUDITOR'), 'history', references.STANDARD!, ...WORDS)).toMatchObject({ exit: 4, out: '' });
    for (const what of [['events'], ['subject', person]]) expect((await run(mapped('SYSTEM'), 'export', ...what, '--out', 'out')).exit).toBe(4);
    expect(fs.readdirSync(bench.daybook.settings.data).filter((name) => name.startsWith('out'))).toEqual([]);
  });

  it('keeps whom it turned away, and from what', async () => {
    const recorded = looks();
    await run(mapped('DETECTIVE'), 'history', references.RESTRICTED!, ...WORDS);
    await run(mapped('DETECTIVE'), 'history', references.SENSITIVE!, ...WORDS);
    await run(mapped('DETECTIVE'), 'export', 'subject', person, '--out', 'out');
    expect(recorded.mock.calls.map(([, look]) => look)).toEqual([
      { kind: 'denial', door: 'CLI', route: 'history', action: 'NOT_ALLOWED', record: 'investigation', asked: references.RESTRICTED },
      { kind: 'denial', door: 'CLI', route: 'history', action: 'NOT_FOUND', record: 'investigation', asked: references.SENSITIVE },
      { kind: 'denial', door: 'CLI', route: 'export subject', action: 'NOT_ALLOWED', record: 'person', asked: person },
    ]);
  });

  it('gives what is held about a person to who answers such requests, and the logs to who may take them out', async () => {
    const exit = async (role: UserRole, ...argv: string[]): Promise<number> => {
      fs.rmSync(file(), { force: true });
      return (await run(mapped(role), 'export', ...argv, '--out', 'out')).exit;
    };
    const subject = ['subject', person, '--reason', 'DISCLOSURE_OR_COURT'];
    expect([await exit('DISCLOSURE_OFFICER', ...subject), await exit('SYSTEM', 'subject', person), await exit('SUPERVISOR', ...subject), await exit('SOURCE_UNIT', ...subject)]).toEqual([0, 0, 3, 1]);
    expect(await exit('DISCLOSURE_OFFICER', 'subject', person)).toBe(3);
    const log = ['looks', '--from', '2026-01-01', '--to', '2026-01-02'];
    expect([await exit('AUDITOR', ...log), await exit('SYSTEM', ...log), await exit('DISCLOSURE_OFFICER', ...log), await exit('AUDITOR', ...log, '--covert')]).toEqual([0, 0, 3, 3]);
    expect([await exit('SYSTEM', 'events'), await exit('ADMIN', 'events'), await exit('PROFESSIONAL_STANDARDS', 'events')]).toEqual([0, 3, 3]);
  });

  it('has the whole log on record as a disclosure, with the digest of the file', async () => {
    const recorded = looks();
    const { err } = await run(mapped('SYSTEM'), 'export', 'events', '--out', 'out', '--recipient', 'IOPC', '--reason', 'DISCLOSURE_OR_COURT');
    const [[, look]] = recorded.mock.calls as unknown as [[Reader, { readonly digest: string }]];
    expect(look).toMatchObject({ kind: 'disclosure', door: 'CLI', route: 'export events', recipients: [{ organisation: 'IOPC' }], reason: { code: 'DISCLOSURE_OR_COURT' }, more: await bench.events() });
    expect(err).toContain(look.digest);
    const numbers = fs.readFileSync(file(), 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { number: number }).number);
    expect(numbers).toEqual(Array.from({ length: await bench.events() }, (_, i) => i));
  });
});
