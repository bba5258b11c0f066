import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Postgres } from '#platform/postgres';
import { readSettings } from '#platform/settings';
import { PostgresServer, whenPostgres } from '#test/postgres';
import { openPostgresSessions } from './postgres-sessions';
import { reader, sessionsContract } from './sessions.contract';
import { Sessions } from './sessions';
import { SqliteSessions } from './sqlite-sessions';
import { StateDatabase, stateFile } from './state-database';

const rules = { idle: 30 * 60_000, absolute: 12 * 3_600_000, mapping: 'm' };

sessionsContract('in a file', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-sessions-'));
  let state = new StateDatabase(stateFile(folder));
  return {
    store: new SqliteSessions(state),
    again: async () => {
      state.close();
      state = new StateDatabase(stateFile(folder));
      return new SqliteSessions(state);
    },
    close: () => {
      state.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
});

describe('a session in a file', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-sessions-'));
  const state = new StateDatabase(stateFile(folder));
  let now = Date.UTC(2026, 10, 25, 9);
  const sessions = new Sessions(new SqliteSessions(state), rules, () => now);
  afterAll(() => {
    state.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('is kept so that its file makes nobody signed in, and is for its owner alone', async () => {
    const id = await sessions.open(reader('DC 1'), { subject: 'x' });
    state.db.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = fs.readFileSync(stateFile(folder));
    expect(bytes.includes('DC 1')).toBe(true); // the search is not blind
    expect(bytes.includes(id)).toBe(false);
    expect(bytes.includes(Buffer.from(id, 'base64url'))).toBe(false);
    expect(fs.statSync(stateFile(folder)).mode & 0o777).toBe(0o600);
  });

  it('writes its last use once a minute and no more', async () => {
    const id = await sessions.open(reader('DC 1'), { subject: 'x' });
    const changes = (): number => (state.db.prepare('SELECT total_changes() AS n').get() as { n: number }).n;
    const before = changes();
    for (let second = 0; second < 600; second++) {
      now += 1000;
      await sessions.find(id, true);
    }
    expect(changes() - before).toBe(10);
  });

  it('stays revoked as an earlier program wrote it', async () => {
    state.db.prepare('INSERT INTO revoked (user, at) VALUES (?, ?)').run('DC 1', 7);
    expect(await sessions.revokedAt('DC 1')).toBe(7);
    await sessions.revoke('DC 1');
    expect(await sessions.revokedAt('DC 1')).toBe(now);
  });
});

whenPostgres('sessions in PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => { server = await new PostgresServer().start(); });
  afterAll(() => server.remove());
  const postgresAt = (url: string): Postgres => new Postgres(readSettings({ DAYBOOK_STATE_URL: url }).state!);

  sessionsContract('in PostgreSQL', async () => {
    const postgres = postgresAt(await server.newDatabase());
    return { store: await openPostgresSessions(postgres), again: () => openPostgresSessions(postgres), close: () => postgres.close() };
  });

  it('are over in every process soon after one has ended them, and an access token of before is refused', async () => {
    const url = await server.newDatabase();
    const processes = [postgresAt(url), postgresAt(url)];
    const [one, two] = (await Promise.all(processes.map(openPostgresSessions))).map((store) => new Sessions(store, rules, Date.now)) as [Sessions, Sessions];
    const ids = [await one.open(reader('DC 1'), { subject: 'x' }), await two.open(reader('DC 1'), { subject: 'x' }), await two.open(reader('DC 1'), { subject: 'x', issuerSession: 's' })];
    for (const id of ids) expect([await one.find(id, true), await two.find(id, true)].map((found) => found?.reader.id)).toEqual(['DC 1', 'DC 1']);
    const over = async (id: string): Promise<void> => { while (await two.find(id, true)) await delay(20); };
    await one.end(ids[0]!);
    await over(ids[0]!);
    await one.endIssued({ issuerSession: 's' }, Date.now());
    await over(ids[2]!);
    expect(await two.revokedAt('DC 1')).toBeUndefined();
    await one.revoke('dc 1');
    await over(ids[1]!);
    while ((await two.revokedAt('DC 1')) === undefined) await delay(20);
    for (const postgres of processes) await postgres.close();
  });

  it('ask the server once in two seconds, however often they are used', async () => {
    const postgres = postgresAt(await server.newDatabase());
    const sessions = new Sessions(await openPostgresSessions(postgres), rules, Date.now);
    const id = await sessions.open(reader('DC 1'), { subject: 'x' });
    const asked = jest.spyOn(postgres, 'query');
    const from = performance.now();
    for (let i = 0; i < 1_000; i++) await sessions.find(id, true);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - from) / 2_000));
    await postgres.close();
  });

  it('stand there under a hash alone', async () => {
    const url = await server.newDatabase();
    const postgres = postgresAt(url);
    const id = await new Sessions(await openPostgresSessions(postgres), rules, Date.now).open(reader('DC 1'), { subject: 'x' });
    const [row] = await server.run<object>(new URL(url).pathname.slice(1), 'SELECT * FROM daybook.sessions');
    expect(JSON.stringify(row)).toContain('DC 1');
    expect(JSON.stringify(row)).not.toContain(id);
    await postgres.close();
  });

  it('cannot be asked while the server is away, and are there when it is back', async () => {
    const postgres = postgresAt(await server.newDatabase());
    const store = await openPostgresSessions(postgres);
    const id = await new Sessions(store, rules, Date.now).open(reader('DC 1'), { subject: 'x' });
    await server.kill();
    const other = new Sessions(store, rules, Date.now);
    await expect(other.find(id, true)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await server.start();
    while (!(await other.find(id, true).catch(() => undefined))) await delay(20);
    await postgres.close();
  });
});
