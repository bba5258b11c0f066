import { Postgres } from '#platform/postgres';
import { readSettings } from '#platform/settings';
import { PostgresServer, whenPostgres } from '#test/postgres';
import { memoryPending, PendingSignIns } from './pending-sign-ins';
import type { PendingStore } from './pending-sign-ins';
import { openPostgresSessions, postgresPending } from './postgres-sessions';

const sent = { state: 's', nonce: 'n', verifier: 'secret words', returnTo: '/help', fresh: false };

const pendingContract = (where: string, make: () => Promise<PendingStore>): void => describe(`a sign-in that is under way ${where}`, () => {
  let now: number;
  let store: PendingStore;
  const pending = (): PendingSignIns => new PendingSignIns(() => now, store);
  beforeEach(async () => {
    now = 1_000;
    store = await make();
  });

  it('comes back once, to the browser that began it', async () => {
    await pending().keep('browser', sent);
    expect(await pending().take('another', 's')).toBeUndefined();
    expect(await pending().take('browser', 't')).toBeUndefined();
    expect(await pending().take('browser', 's')).toEqual(sent);
    expect(await pending().take('browser', 's')).toBeUndefined();
  });

  it('is over after ten minutes', async () => {
    await pending().keep('early', sent);
    await pending().keep('late', sent);
    now += 599_999;
    expect(await pending().take('early', 's')).toEqual(sent);
    now += 1;
    expect(await pending().take('late', 's')).toBeUndefined();
  });

  it('is none when somebody else wrote it', async () => {
    const put = jest.spyOn(store, 'put');
    await pending().keep('browser', sent);
    const [key, text, times] = put.mock.calls[0]!;
    expect(Buffer.from(text, 'base64url').includes('secret words')).toBe(false);
    await store.put(key, `${text.slice(0, -2)}AA`, times);
    expect(await pending().take('browser', 's')).toBeUndefined();
  });
});

pendingContract('in memory', async () => memoryPending());

whenPostgres('sign-ins that are under way in PostgreSQL', () => {
  let server: PostgresServer;
  const open: Postgres[] = [];
  beforeAll(async () => { server = await new PostgresServer().start(); });
  afterAll(async () => {
    for (const postgres of open) await postgres.close();
    await server.remove();
  });

  pendingContract('there', async () => {
    const postgres = new Postgres(readSettings({ DAYBOOK_STATE_URL: await server.newDatabase() }).state!);
    open.push(postgres);
    await openPostgresSessions(postgres);
    return postgresPending(postgres);
  });
});
