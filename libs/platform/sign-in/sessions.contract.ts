import type { Reader } from '#platform/access';
import type { SessionStore } from './session-store';
import { Sessions } from './sessions';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A place for sessions, empty at first. */
export interface SessionPlace {
  readonly store: SessionStore;
  /** The same sessions for a program that starts anew, or beside. */
  again(): Promise<SessionStore>;
  close(): Promise<void> | void;
}

export const reader = (id: string, provedAt = 0): Reader => ({ kind: 'user', id, name: 'Somebody Invented', role: 'DETECTIVE', agency: 'Force', multiFactor: true, provedAt });

/** What sessions must do, wherever they stand. */
export const sessionsContract = (where: string, make: () => Promise<SessionPlace>): void => describe(`a session ${where}`, () => {
  let place: SessionPlace;
  let store: SessionStore;
  let sessions: Sessions;
  let now: number;
  const opened = (over: SessionStore, mapping = 'm') => new Sessions(over, { idle: 30 * MINUTE, absolute: 12 * HOUR, mapping }, () => now);

  beforeEach(async () => {
    now = Date.UTC(2026, 10, 25, 9);
    place = await make();
    store = place.store;
    sessions = opened(store);
  });
  afterEach(() => place.close());

  const at = (ms: number): void => {
    now = Date.UTC(2026, 10, 25, 9) + ms;
  };
  const running = (ids: readonly string[]): Promise<readonly boolean[]> => Promise.all(ids.map(async (id) => (await sessions.find(id, true)) !== undefined));

  it('tells who asks, and no two browsers have the same', async () => {
    const [first, second] = [await sessions.open(reader('DC 1'), { subject: 'x' }), await sessions.open(reader('DC 1'), { subject: 'x' })];
    expect(Buffer.from(first, 'base64url')).toHaveLength(32);
    expect(first).not.toBe(second);
    const [one, two] = [(await sessions.find(first, true))!, (await sessions.find(second, true))!];
    expect(one.reader).toEqual({ ...reader('DC 1'), session: expect.any(String) });
    expect(one.reader.session).not.toBe(two.reader.session);
    for (const other of ['', 'x', one.reader.session, first.slice(1), `${first}=`]) expect(await sessions.find(other, true)).toBeUndefined();
  });

  it('remembers what was said in it over a restart and a fresh proof of identity, and nothing once it is over', async () => {
    const [first, other] = [await sessions.open(reader('DC 1'), { subject: 'x' }), await sessions.open(reader('DC 1'), { subject: 'x' })];
    const [name, another] = [(await sessions.find(first, true))!.reader.session, (await sessions.find(other, true))!.reader.session];
    const { notes } = store;
    await notes.keep(name, 'record', 'why');
    await notes.keep(name, 'record', 'because');
    await notes.keep('no session', 'record', 'why');
    const fresh = await sessions.open(reader('DC 1', now), { subject: 'x' }, first);
    expect(await sessions.find(first, true)).toBeUndefined();
    expect((await sessions.find(fresh, true))!.reader).toEqual({ ...reader('DC 1', now), session: name });
    const after = await place.again();
    const again = after.notes;
    sessions = opened(after);
    expect([await again.of(name, 'record'), await again.of(another, 'record'), await again.of('no session', 'record')]).toEqual(['because', undefined, undefined]);
    await sessions.end(fresh);
    expect(await again.of(name, 'record')).toBeUndefined();
  });

  it('ends thirty minutes after its last use', async () => {
    const id = await sessions.open(reader('DC 1'), { subject: 'x' });
    at(29 * MINUTE);
    expect((await sessions.find(id, true))?.idleEndsAt).toBe(now + 30 * MINUTE);
    at(58 * MINUTE);
    expect(await sessions.find(id, true)).toBeDefined();
    at(88 * MINUTE);
    expect(await sessions.find(id, true)).toBeUndefined();
  });

  it('is not put off by who only asks when it ends', async () => {
    const id = await sessions.open(reader('DC 1'), { subject: 'x' });
    at(29 * MINUTE);
    expect((await sessions.find(id, false))?.idleEndsAt).toBe(now + MINUTE);
    at(30 * MINUTE);
    expect(await sessions.find(id, false)).toBeUndefined();
  });

  it('ends after twelve hours however much it is used', async () => {
    const id = await sessions.open(reader('DC 1'), { subject: 'x' });
    for (let minute = 20; minute < 720; minute += 20) {
      at(minute * MINUTE);
      expect(await sessions.find(id, true)).toBeDefined();
    }
    expect((await sessions.find(id, true))!.idleEndsAt).toBe((await sessions.find(id, true))!.endsAt);
    at(720 * MINUTE);
    expect(await sessions.find(id, true)).toBeUndefined();
  });

  it('gets another id with a fresh proof of identity, and stays the same session', async () => {
    const first = await sessions.open(reader('DC 1', 1), { subject: 'x' });
    const { reader: { session }, endsAt } = (await sessions.find(first, true))!;
    at(HOUR / 3);
    const second = await sessions.open(reader('DC 1', 2), { subject: 'x' }, first);
    expect(await sessions.find(first, true)).toBeUndefined();
    expect(await sessions.find(second, true)).toMatchObject({ endsAt, reader: { session, provedAt: 2 } });
  });

  it('is another one for another person in the same browser', async () => {
    const first = await sessions.open(reader('DC 1'), { subject: 'x' });
    const { session } = (await sessions.find(first, true))!.reader;
    const second = await sessions.open(reader('DC 2'), { subject: 'y' }, first);
    expect(await sessions.find(first, true)).toBeUndefined();
    expect((await sessions.find(second, true))!.reader.session).not.toBe(session);
  });

  it('ends when its person signs out, here or everywhere, at once', async () => {
    const ids = await Promise.all(['DC 1', 'DC 1', 'DC 1', 'DC 2'].map((id) => sessions.open(reader(id), { subject: id })));
    await sessions.end(ids[0]!);
    expect(await running(ids)).toEqual([false, true, true, true]);
    expect(await sessions.ofUser('DC 1')).toHaveLength(2);
    expect(await sessions.revoke('DC 1')).toBe(2);
    expect(await running(ids)).toEqual([false, false, false, true]);
    expect([await sessions.revokedAt('DC 1'), await sessions.revokedAt('DC 2')]).toEqual([now, undefined]);
    expect((await sessions.all()).map((each) => each.reader.id)).toEqual(['DC 2']);
  });

  it('ends however the number of its person is written', async () => {
    const ids = await Promise.all(['DC 1', 'dc  1', 'DC 11'].map((id) => sessions.open(reader(id), { subject: id })));
    expect(await sessions.ofUser(' dc 1')).toHaveLength(2);
    expect(await sessions.revoke('Dc 1 ')).toBe(2);
    expect(await running(ids)).toEqual([false, false, true]);
    expect([await sessions.revokedAt('DC  1'), await sessions.revokedAt('DC 11')]).toEqual([now, undefined]);
  });

  const open = (subject: string, issuerSession?: string) => sessions.open(reader(subject), { subject, ...(issuerSession && { issuerSession }) });

  it('ends when the identity provider says so of its session, whatever their clocks say', async () => {
    const ids = [await open('a', '1'), await open('a', '2'), await open('b', '1')];
    const alive = () => running(ids);
    expect(await sessions.endIssued({}, now)).toBe(0);
    expect(await sessions.endIssued({ subject: 'b', issuerSession: '2' }, now)).toBe(0);
    expect(await sessions.endIssued({ subject: 'a', issuerSession: '2' }, now - MINUTE)).toBe(1);
    expect(await alive()).toEqual([true, false, true]);
    expect(await sessions.endIssued({ issuerSession: '1' }, now - MINUTE)).toBe(2);
  });

  it('ends when the identity provider says so of its person, and not one that was opened since', async () => {
    const ids = [await open('a', '1'), await open('a'), await open('b')];
    expect(await sessions.endIssued({ subject: 'a' }, now - 5_001)).toBe(0);
    expect(await sessions.endIssued({ subject: 'a' }, now - 5_000)).toBe(2);
    expect(await running(ids)).toEqual([false, false, true]);
  });

  it('outlives a restart, and not a change of the mapping that gave its role', async () => {
    const id = await sessions.open(reader('DC 1'), { subject: 'x' });
    const after = await place.again();
    expect(await opened(after).find(id, true)).toBeDefined();
    expect(await opened(after, 'other').find(id, true)).toBeUndefined();
  });

  it('is not ended by a program with another mapping that sweeps, however soon that one calls a session over', async () => {
    const id = await sessions.open(reader('DC 1'), { subject: 'x' });
    const after = await place.again();
    const impatient = new Sessions(after, { idle: 0, absolute: 12 * HOUR, mapping: 'other' }, () => now);
    at(72 * HOUR);
    const late = await opened(after).open(reader('DC 1'), { subject: 'x' });
    at(72 * HOUR + 29 * MINUTE);
    await impatient.sweep();
    expect(await Promise.all([id, late].map(async (one) => (await opened(after).find(one, true)) !== undefined))).toEqual([false, true]);
  });

  it('is known for three days after it ran out, so that what was typed in it finds its writer, and then forgotten with what was said in it', async () => {
    const [unused, another] = [await sessions.open(reader('DC 1'), { subject: 'x' }), await opened(store, 'other').open(reader('DC 2'), { subject: 'y' })];
    const { session } = (await sessions.find(unused, true))!.reader;
    await store.notes.keep(session, 'record', 'why');
    at(72 * HOUR + 29 * MINUTE);
    await sessions.sweep();
    expect((await sessions.lapsed(unused))?.id).toBe('DC 1');
    at(72 * HOUR + 31 * MINUTE);
    await sessions.sweep();
    expect([await sessions.lapsed(unused), await store.notes.of(session, 'record')]).toEqual([undefined, undefined]);
    expect(await store.list()).toHaveLength(1);
    at(84 * HOUR);
    await sessions.sweep();
    expect([await store.list(), await sessions.lapsed(another)]).toEqual([[], undefined]);
  });
});
