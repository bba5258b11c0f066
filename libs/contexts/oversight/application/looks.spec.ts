import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StoreUnavailableError } from '#kernel';
import type { Reader } from '#platform/access';
import { EventCodec, memoryEventStore } from '#platform/event-store';
import type { EventStore, EventToAppend, ExpectedRevision } from '#platform/event-store';
import { openSpool } from '#platform/spool';
import type { Spool } from '#platform/spool';
import { memoryKeyStore, openVault } from '#platform/vault';
import type { Vault } from '#platform/vault';
import type { Consultation, Look } from '../domain/looks';
import { LookNotRecordedError, Looks } from './looks';

const reader = (said: Partial<Reader> = {}): Reader => ({
  kind: 'user', id: 'DC 4417', name: 'J. Okafor', role: 'DETECTIVE', agency: 'South Yorkshire Police', team: 'CSE 1', multiFactor: true, provedAt: 0, session: 'a cookie', ...said,
});
const viewed = (said: Partial<Consultation> = {}): Consultation => ({
  kind: 'consultation', door: 'PAGE', route: '/investigations/:reference', shown: [{ kind: 'investigation', ids: ['i-1'] }], ...said,
});

/** A store that can be sent away. */
class Away {
  readonly store: EventStore = memoryEventStore();
  away: 'no' | 'unknown' | undefined;
  appends: string[] = [];

  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision) {
    this.appends.push(stream);
    // An outcome that is not known: it was written, and nobody was told.
    if (this.away === 'unknown') await this.store.append(stream, events, expected);
    if (this.away) throw new StoreUnavailableError('away', this.away);
    return this.store.append(stream, events, expected);
  }
}

const codec = new EventCodec();

describe('the log of looks', () => {
  let folder: string;
  let spool: Spool;
  let vault: Vault;
  let log: Away;
  let looks: Looks;
  let now: number;
  let told: boolean[];
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-looks-'));
    vault = await openVault(memoryKeyStore());
    log = new Away();
    now = Date.parse('2026-06-14T22:59:30.000Z');
    told = [];
    open();
  });
  afterEach(async () => {
    await looks.close();
    fs.rmSync(folder, { recursive: true });
  });

  const open = (): void => {
    spool = openSpool(path.join(folder, 'looks'), { reserve: 16_384 });
    looks = new Looks({ store: log, codec, vault, spool, clock: () => now, program: 'daybook 1', onSpooling: (begins) => told.push(begins) });
  };
  const events = async () => {
    const found = [];
    for await (const page of log.store.readAll('')) found.push(...page.map((event) => codec.decode(event)));
    return found;
  };
  const recorded = async () => (await events()).map(({ type, data }) => ({ type, data: data as unknown }));
  const record = (look: Look, said: Partial<Reader> = {}) => looks.record(reader(said), look);
  const shownIds = async () => (await events()).map(({ data }) => (data as { shown: { ids: string[] }[] }).shown[0]!.ids[0]);

  it('says who looked at what, when, by which door', async () => {
    await record(viewed({ question: { team: 'CSE 1', page: 2 } }));
    expect(await recorded()).toEqual([{ type: 'RecordsConsulted', data: {
      user: 'DC 4417', role: 'DETECTIVE', agency: 'South Yorkshire Police', team: 'CSE 1', session: expect.not.stringContaining('cookie'),
      at: '2026-06-14T22:59:30.000Z', door: 'PAGE', route: '/investigations/:reference', question: { team: 'CSE 1', page: '2' },
      shown: [{ kind: 'investigation', ids: ['i-1'] }],
    } }]);
  });

  it('has an envelope like every other event, and no number among the events of the ledger', async () => {
    await record(viewed());
    const [{ metadata, number }] = await events() as [Awaited<ReturnType<typeof events>>[number]];
    expect(metadata).toMatchObject({
      actor: { kind: 'user', id: 'DC 4417', role: 'DETECTIVE' }, recordedAt: '2026-06-14T22:59:30.000Z', regime: 'DPA_PART3', program: 'daybook 1', track: 'STANDARD',
      effectiveAt: { precision: 'minute', from: '2026-06-14T23:59+01:00' },
    });
    expect(number).toBe(-1);
  });

  it('holds partner agencies to the UK GDPR', async () => {
    await record(viewed(), { role: 'PARTNER' });
    expect((await events())[0]!.metadata.regime).toBe('UK_GDPR_PART2');
  });

  it('begins a stream for each user and each day in London', async () => {
    await record(viewed());
    now += 60_000;
    await record(viewed());
    await record(viewed(), { id: 'DS 1' });
    const streams = (await events()).map(({ stream }) => stream);
    expect(streams.map((stream) => stream.slice(-10))).toEqual(['2026-06-14', '2026-06-15', '2026-06-15']);
    expect(new Set(streams.map((stream) => stream.slice(0, -11))).size).toBe(2);
    expect(streams.join()).not.toContain('4417');
  });

  it('names at most 200 records and counts the others', async () => {
    const ids = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}-${i}`);
    await record(viewed({ shown: [{ kind: 'investigation', ids: ids('i', 150) }, { kind: 'person', ids: ids('p', 90) }], more: 7 }));
    const { shown, more } = (await events())[0]!.data as { shown: { kind: string; ids: string[] }[]; more: number };
    expect({ kinds: shown.map(({ kind, ids }) => [kind, ids.length]), more }).toEqual({ kinds: [['investigation', 150], ['person', 50]], more: 47 });
  });

  it('keeps no word that somebody typed, unless it is sealed', async () => {
    await record(viewed({ question: { q: 'Jane Roe', area: 'Rotherham' }, reason: { code: 'OTHER', reference: 'Roe file', words: 'Roe rang' } }));
    const [event] = await events();
    expect(JSON.stringify(event)).not.toContain('Roe');
    const { question, reason } = event!.data as { question: Record<string, string>; reason: { code: string; words: never } };
    expect(question).toEqual({ area: 'Rotherham', q: expect.stringMatching(/^digest:/) });
    expect(reason.code).toBe('OTHER');
    expect(await vault.open([{ eventId: event!.id, path: 'data.reason.words', value: reason.words }])).toEqual(['Roe rang']);
  });

  it('seals the same words of one session under one key, and those of two under two', async () => {
    const look = viewed({ reason: { code: 'OTHER', words: 'tasked' } });
    await record(look);
    await record(look);
    await record(look, { session: 'another' });
    const keys = (await events()).map(({ data }) => (data as { reason: { words: { key: string } } }).reason.words.key);
    expect([keys[0] === keys[1], keys[1] === keys[2]]).toEqual([true, false]);
  });

  it('marks the looks of professional standards', async () => {
    await record(viewed(), { role: 'PROFESSIONAL_STANDARDS' });
    expect((await events())[0]).toMatchObject({ data: { covert: true }, metadata: { track: 'SENSITIVE' } });
  });

  it('says what left, to whom, with the digest of the file', async () => {
    await record({ kind: 'disclosure', door: 'DOWNLOAD', route: '/investigations/export', shown: [{ kind: 'investigation', ids: ['i-1'] }], recipients: [{ organisation: 'CPS', person: 'Ann Lee' }], digest: 'abc' });
    const [event] = await events();
    expect(event).toMatchObject({ type: 'RecordsDisclosed', data: { recipients: [{ organisation: 'CPS', person: { ct: expect.any(String) } }], digest: 'abc' } });
  });

  it('says what was combined with what', async () => {
    await record({ kind: 'combination', door: 'API', route: '/matches', shown: [{ kind: 'person', ids: ['p-1', 'p-2'] }], with: 'missing persons' });
    expect(await recorded()).toMatchObject([{ type: 'RecordsCombined', data: { with: 'missing persons', shown: [{ kind: 'person', ids: ['p-1', 'p-2'] }] } }]);
  });

  it('records a denial without saying what was asked for', async () => {
    const denial = { kind: 'denial', door: 'PAGE', route: '/investigations/:reference', record: 'investigation', action: 'read', asked: 'INV-31' } as const;
    await looks.record(undefined, denial);
    await record(denial);
    const [nobody, somebody] = await events();
    expect(nobody).toMatchObject({ type: 'AccessDenied', data: { kind: 'investigation', action: 'read', asked: expect.any(String) }, metadata: { actor: { kind: 'unverified' } } });
    expect(nobody!.data).not.toHaveProperty('user');
    expect(somebody!.data).toMatchObject({ user: 'DC 4417', asked: (nobody!.data as { asked: string }).asked });
    expect(JSON.stringify(await events())).not.toContain('INV-31');
  });

  it('writes looks of one user that come together in one append', async () => {
    await Promise.all([record(viewed()), record(viewed()), record(viewed(), { id: 'DS 1' }), record(viewed())]);
    expect({ appends: log.appends.length, events: (await events()).length }).toEqual({ appends: 2, events: 4 });
  });

  it.each(['no', 'unknown'] as const)('keeps looks while the log is away, and hands each over once, in order (written: %s)', async (away) => {
    await record(viewed({ shown: [{ kind: 'person', ids: ['0'] }] }));
    log.away = away;
    for (const id of ['1', '2', '3']) await record(viewed({ shown: [{ kind: 'person', ids: [id] }] }));
    expect({ waits: looks.spoolLength, told }).toEqual({ waits: 3, told: [true] });
    expect(await looks.drain()).toBe(false);
    log.away = undefined;
    now += 600_000;
    expect(await looks.drain()).toBe(true);
    await record(viewed({ shown: [{ kind: 'person', ids: ['4'] }] }));
    expect({ ids: await shownIds(), waits: looks.spoolLength, told }).toEqual({ ids: ['0', '1', '2', '3', '4'], waits: 0, told: [true, false] });
  });

  it('tells when it happened from when the log got it', async () => {
    log.away = 'no';
    await record(viewed());
    log.away = undefined;
    now += 600_000;
    await looks.drain();
    expect((await events())[0]).toMatchObject({ data: { at: '2026-06-14T22:59:30.000Z' }, metadata: { recordedAt: '2026-06-14T23:09:30.000Z' } });
  });

  it('hands over at the next start what was left', async () => {
    log.away = 'no';
    await record(viewed());
    await looks.close();
    log.away = undefined;
    open();
    expect(looks.spoolLength).toBe(1);
    await looks.drain();
    expect({ looks: (await events()).length, waits: looks.spoolLength }).toEqual({ looks: 1, waits: 0 });
  });

  it('writes once what a crash left in the spool although the log has it', async () => {
    log.away = 'no';
    for (const id of ['1', '2']) await record(viewed({ shown: [{ kind: 'person', ids: [id] }] }));
    await looks.close();
    const left = fs.readFileSync(path.join(folder, 'looks'));
    log.away = undefined;
    open();
    await looks.drain();
    await looks.close();
    fs.writeFileSync(path.join(folder, 'looks'), left);
    open();
    log.away = 'no';
    await looks.drain();
    await record(viewed({ shown: [{ kind: 'person', ids: ['3'] }] }));
    log.away = undefined;
    await looks.drain();
    expect(await shownIds()).toEqual(['1', '2', '3']);
  });

  it('goes to the spool as long as older looks are there', async () => {
    log.away = 'no';
    await record(viewed({ shown: [{ kind: 'person', ids: ['1'] }] }));
    log.away = undefined;
    await Promise.all([record(viewed({ shown: [{ kind: 'person', ids: ['2'] }] })), looks.drain()]);
    expect(await shownIds()).toEqual(['1', '2']);
  });

  it('seals before it spools', async () => {
    log.away = 'no';
    await record(viewed({ reason: { code: 'OTHER', words: 'Roe rang' } }));
    expect(fs.readFileSync(path.join(folder, 'looks')).includes('Roe')).toBe(false);
  });

  it('refuses when neither log nor spool can keep a look, and tries the log again for the next', async () => {
    jest.spyOn(spool, 'put').mockRejectedValue(new StoreUnavailableError('the spool cannot write', 'no'));
    log.away = 'no';
    await expect(record(viewed())).rejects.toThrow(LookNotRecordedError);
    log.away = undefined;
    await record(viewed());
    expect((await events()).length).toBe(1);
  });

  it('refuses when the words of a reason cannot be sealed', async () => {
    jest.spyOn(vault, 'sealAll').mockRejectedValue(new StoreUnavailableError('the key store cannot write', 'no'));
    await expect(record(viewed())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
