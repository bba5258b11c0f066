import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Reader } from '#platform/access';
import { SessionNotes } from './session-notes';
import { Sessions } from './sessions';
import { StateDatabase, stateFile } from './state-database';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const reader = (id: string, provedAt = 0): Reader => ({ kind: 'user', id, name: 'Somebody Invented', role: 'DETECTIVE', agency: 'Force', multiFactor: true, provedAt });

describe('a session', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-sessions-'));
  let state: StateDatabase;
  let sessions: Sessions;
  let now: number;
  const opened = (mapping = 'm') => new Sessions(state, { idle: 30 * MINUTE, absolute: 12 * HOUR, mapping }, () => now);

  beforeEach(() => {
    now = Date.UTC(2026, 10, 25, 9);
    state = new StateDatabase(stateFile(folder));
    state.db.exec('DELETE FROM sessions; DELETE FROM revoked');
    sessions = opened();
  });
  afterEach(() => state.close());
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const at = (ms: number): void => {
    now = Date.UTC(2026, 10, 25, 9) + ms;
  };

  it('tells who asks, and no two browsers have the same', () => {
    const [first, second] = [sessions.open(reader('DC 1'), { subject: 'x' }), sessions.open(reader('DC 1'), { subject: 'x' })];
    expect(Buffer.from(first, 'base64url')).toHaveLength(32);
    expect(first).not.toBe(second);
    const [one, two] = [sessions.find(first, true)!, sessions.find(second, true)!];
    expect(one.reader).toEqual({ ...reader('DC 1'), session: expect.any(String) });
    expect(one.reader.session).not.toBe(two.reader.session);
    for (const other of ['', 'x', one.reader.session, first.slice(1), `${first}=`]) expect(sessions.find(other, true)).toBeUndefined();
  });

  it('is kept so that its file makes nobody signed in, and is for its owner alone', () => {
    const id = sessions.open(reader('DC 1'), { subject: 'x' });
    state.db.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = fs.readFileSync(stateFile(folder));
    expect(bytes.includes('DC 1')).toBe(true); // the search is not blind
    expect(bytes.includes(id)).toBe(false);
    expect(bytes.includes(Buffer.from(id, 'base64url'))).toBe(false);
    expect(fs.statSync(stateFile(folder)).mode & 0o777).toBe(0o600);
  });

  it('remembers what was said in it over a restart and a fresh proof of identity, and nothing once it is over', () => {
    const [first, other] = [sessions.open(reader('DC 1'), { subject: 'x' }), sessions.open(reader('DC 1'), { subject: 'x' })];
    const [name, another] = [first, other].map((id) => sessions.find(id, true)!.reader.session);
    const notes = new SessionNotes(state);
    notes.keep(name!, 'record', 'why');
    notes.keep(name!, 'record', 'because');
    notes.keep('no session', 'record', 'why');
    const fresh = sessions.open(reader('DC 1', now), { subject: 'x' }, first);
    expect(sessions.find(first, true)).toBeUndefined();
    expect(sessions.find(fresh, true)!.reader).toEqual({ ...reader('DC 1', now), session: name });
    state.close();
    state = new StateDatabase(stateFile(folder));
    sessions = opened();
    const again = new SessionNotes(state);
    expect([again.of(name!, 'record'), again.of(another!, 'record'), again.of('no session', 'record')]).toEqual(['because', undefined, undefined]);
    sessions.end(fresh);
    expect(again.of(name!, 'record')).toBeUndefined();
  });

  it('ends thirty minutes after its last use', () => {
    const id = sessions.open(reader('DC 1'), { subject: 'x' });
    at(29 * MINUTE);
    expect(sessions.find(id, true)?.idleEndsAt).toBe(now + 30 * MINUTE);
    at(58 * MINUTE);
    expect(sessions.find(id, true)).toBeDefined();
    at(88 * MINUTE);
    expect(sessions.find(id, true)).toBeUndefined();
  });

  it('is not put off by who only asks when it ends', () => {
    const id = sessions.open(reader('DC 1'), { subject: 'x' });
    at(29 * MINUTE);
    expect(sessions.find(id, false)?.idleEndsAt).toBe(now + MINUTE);
    at(30 * MINUTE);
    expect(sessions.find(id, false)).toBeUndefined();
  });

  it('ends after twelve hours however much it is used', () => {
    const id = sessions.open(reader('DC 1'), { subject: 'x' });
    for (let minute = 20; minute < 720; minute += 20) {
      at(minute * MINUTE);
      expect(sessions.find(id, true)).toBeDefined();
    }
    expect(sessions.find(id, true)!.idleEndsAt).toBe(sessions.find(id, true)!.endsAt);
    at(720 * MINUTE);
    expect(sessions.find(id, true)).toBeUndefined();
  });

  it('writes its last use once a minute and no more', () => {
    const id = sessions.open(reader('DC 1'), { subject: 'x' });
    const changes = (): number => (state.db.prepare('SELECT total_changes() AS n').get() as { n: number }).n;
    const before = changes();
    for (let second = 0; second < 600; second++) {
      at(second * 1000);
      sessions.find(id, true);
    }
    expect(changes() - before).toBe(9);
  });

  it('gets another id with a fresh proof of identity, and stays the same session', () => {
    const first = sessions.open(reader('DC 1', 1), { subject: 'x' });
    const { reader: { session }, endsAt } = sessions.find(first, true)!;
    at(HOUR / 3);
    const second = sessions.open(reader('DC 1', 2), { subject: 'x' }, first);
    expect(sessions.find(first, true)).toBeUndefined();
    expect(sessions.find(second, true)).toMatchObject({ endsAt, reader: { session, provedAt: 2 } });
  });

  it('is another one for another person in the same browser', () => {
    const first = sessions.open(reader('DC 1'), { subject: 'x' });
    const { session } = sessions.find(first, true)!.reader;
    const second = sessions.open(reader('DC 2'), { subject: 'y' }, first);
    expect(sessions.find(first, true)).toBeUndefined();
    expect(sessions.find(second, true)!.reader.session).not.toBe(session);
  });

  it('ends when its person signs out, here or everywhere, at once', () => {
    const ids = ['DC 1', 'DC 1', 'DC 1', 'DC 2'].map((id) => sessions.open(reader(id), { subject: id }));
    sessions.end(ids[0]!);
    expect(ids.map((id) => sessions.find(id, true) !== undefined)).toEqual([false, true, true, true]);
    expect(sessions.ofUser('DC 1')).toHaveLength(2);
    expect(sessions.revoke('DC 1')).toBe(2);
    expect(ids.map((id) => sessions.find(id, true) !== undefined)).toEqual([false, false, false, true]);
    expect([sessions.revokedAt('DC 1'), sessions.revokedAt('DC 2')]).toEqual([now, undefined]);
    expect(sessions.all().map((each) => each.reader.id)).toEqual(['DC 2']);
  });

  it('ends however the number of its person is written', () => {
    const ids = ['DC 1', 'dc  1', 'DC 11'].map((id) => sessions.open(reader(id), { subject: id }));
    expect(sessions.ofUser(' dc 1')).toHaveLength(2);
    expect(sessions.revoke('Dc 1 ')).toBe(2);
    expect(ids.map((id) => sessions.find(id, true) !== undefined)).toEqual([false, false, true]);
    expect([sessions.revokedAt('DC  1'), sessions.revokedAt('DC 11')]).toEqual([now, undefined]);
  });

  it('stays revoked as an earlier program wrote it', () => {
    state.db.prepare('INSERT INTO revoked (user, at) VALUES (?, ?)').run('DC 1', 7);
    expect(sessions.revokedAt('DC 1')).toBe(7);
    sessions.revoke('DC 1');
    expect(sessions.revokedAt('DC 1')).toBe(now);
  });

  const open = (subject: string, issuerSession?: string) => sessions.open(reader(subject), { subject, ...(issuerSession && { issuerSession }) });

  it('ends when the identity provider says so of its session, whatever their clocks say', () => {
    const ids = [open('a', '1'), open('a', '2'), open('b', '1')];
    const alive = () => ids.map((id) => sessions.find(id, true) !== undefined);
    expect(sessions.endIssued({}, now)).toBe(0);
    expect(sessions.endIssued({ subject: 'b', issuerSession: '2' }, now)).toBe(0);
    expect(sessions.endIssued({ subject: 'a', issuerSession: '2' }, now - MINUTE)).toBe(1);
    expect(alive()).toEqual([true, false, true]);
    expect(sessions.endIssued({ issuerSession: '1' }, now - MINUTE)).toBe(2);
  });

  it('ends when the identity provider says so of its person, and not one that was opened since', () => {
    const ids = [open('a', '1'), open('a'), open('b')];
    expect(sessions.endIssued({ subject: 'a' }, now - 5_001)).toBe(0);
    expect(sessions.endIssued({ subject: 'a' }, now - 5_000)).toBe(2);
    expect(ids.map((id) => sessions.find(id, true) !== undefined)).toEqual([false, false, true]);
  });

  it('outlives a restart, and not a change of the mapping that gave its role', () => {
    const id = sessions.open(reader('DC 1'), { subject: 'x' });
    expect(opened().find(id, true)).toBeDefined();
    expect(opened('other').find(id, true)).toBeUndefined();
  });
});
