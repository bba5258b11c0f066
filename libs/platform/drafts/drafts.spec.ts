import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Postgres } from '#platform/postgres';
import { readSettings } from '#platform/settings';
import { memoryKeyStore, openVault } from '#platform/vault';
import { PostgresServer, whenPostgres } from '#test/postgres';
import type { DraftStore } from './draft-store';
import { Drafts } from './drafts';
import { openPostgresDrafts } from './postgres-drafts';
import { SqliteDrafts } from './sqlite-drafts';

const DAY = 86_400_000;

/** A place for drafts, empty at first; `again`: the same for a program that starts anew; `bytes`: all that it keeps. */
interface DraftPlace {
  readonly store: DraftStore;
  again(): Promise<DraftStore> | DraftStore;
  bytes(): Promise<string> | string;
  close(): Promise<void> | void;
}

const draftsContract = (where: string, make: () => Promise<DraftPlace>): void => describe(`drafts ${where}`, () => {
  let place: DraftPlace;
  let drafts: Drafts;
  let now: number;
  let keys: ReturnType<typeof memoryKeyStore>;
  const open = async (store: DraftStore): Promise<Drafts> => new Drafts({ store, vault: await openVault(keys), now: () => now });

  beforeEach(async () => {
    keys = memoryKeyStore();
    now = 0;
    place = await make();
    drafts = await open(place.store);
  });
  afterEach(() => place.close());

  it('stand nowhere in clear', async () => {
    await drafts.keep('DC 1', 'a', 'her name is Zebedee');
    expect(await place.bytes()).toContain('DC 1'); // the search is not blind
    expect(await place.bytes()).not.toContain('Zebedee');
    expect(await drafts.of('DC 1', 'a')).toContain('Zebedee');
  });

  it('are there again after a restart, the last state of each', async () => {
    await drafts.keep('DC 1', 'a', 'first');
    await drafts.keep('DC 1', 'a', 'second');
    drafts = await open(await place.again());
    expect(await drafts.of('DC 1', 'a')).toBe('second');
  });

  it('are their owner\'s alone', async () => {
    await drafts.keep('DC 1', 'a', 'mine');
    await drafts.keep('DC 2', 'a', 'another');
    expect(await drafts.of('DC 1', 'a')).toBe('mine');
    expect(await drafts.of('DC 3', 'a')).toBeUndefined();
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

draftsContract('in a file', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-drafts-'));
  let store = new SqliteDrafts(path.join(folder, 'drafts.db'));
  return {
    store,
    again: () => {
      store.close();
      return (store = new SqliteDrafts(path.join(folder, 'drafts.db')));
    },
    bytes: () => fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name), 'latin1')).join(''),
    close: () => {
      store.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
});

whenPostgres('drafts in PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => { server = await new PostgresServer().start(); });
  afterAll(() => server.remove());

  draftsContract('there', async () => {
    const url = await server.newDatabase();
    const postgres = new Postgres(readSettings({ DAYBOOK_STATE_URL: url }).state!);
    const open = (): Promise<DraftStore> => openPostgresDrafts(postgres);
    return {
      store: await open(), again: open, close: () => postgres.close(),
      bytes: async () => JSON.stringify(await server.run(new URL(url).pathname.slice(1), 'SELECT * FROM daybook.drafts')),
    };
  });
});
