// One contender in a process of its own: `node contender.mjs NAME FOLDER SECONDS [BATCH | URL]` prints its result as JSON.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { dataBytes, metadataBytes, data, metadata, placeOf, rateOf, WRITERS } from './work.mjs';

const [name, folder, secondsText, extra] = process.argv.slice(2);
const seconds = Number(secondsText);

const daybook = async () => {
  const { openEmbeddedEventStore } = await import('../../../dist/libs/platform/event-store/index.js');
  const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  let events = 0;
  const rate = await rateOf((stream, revision, id) => {
    events++;
    return store.append(stream, [{ id, type: 'Noted', data: dataBytes, metadata: metadataBytes }], revision === 0 ? 'no_stream' : revision - 1);
  }, { seconds });
  const batch = events / store.commits;
  await store.close();
  return { rate, batch };
};

/** The same table, indexes, bytes and batch sizes with nothing around them: no thread, no judging of revisions, no promises. */
const raw = async () => {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(path.join(folder, 'raw.db'));
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 2000', 'cache_size = -65536']) db.pragma(pragma);
  db.exec(`CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, category TEXT NOT NULL) STRICT;
    CREATE TABLE events (position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, number INTEGER NOT NULL,
      type INTEGER NOT NULL, id BLOB NOT NULL, data BLOB NOT NULL, metadata BLOB NOT NULL) STRICT;
    CREATE UNIQUE INDEX events_of_stream ON events (stream, revision);`);
  const newStream = db.prepare('INSERT INTO streams (name, category) VALUES (?, ?)');
  const insert = db.prepare('INSERT INTO events (position, stream, revision, number, type, id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  const batch = Math.round(Number(extra));
  const streams = new Array(WRITERS).fill(0);
  let position = 0;
  const write = () => {
    const writer = position % WRITERS;
    const { stream, revision } = placeOf(writer, Math.floor(position / WRITERS));
    if (revision === 0) streams[writer] = newStream.run(stream, 'case').lastInsertRowid;
    const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
    insert.run(++position, streams[writer], revision, position, 1, id, dataBytes, metadataBytes);
  };
  const from = performance.now() + 1000;
  let start = 0;
  while (performance.now() < from + seconds * 1000) {
    if (start === 0 && performance.now() >= from) start = position;
    begin.run();
    for (let i = 0; i < batch; i++) write();
    commit.run();
  }
  const rate = ((position - start) / (performance.now() - from)) * 1000;
  db.close();
  return { rate, batch };
};

const emmettEvents = [{ type: 'Noted', data, metadata }];
const appendTo = (store) => (stream, revision) =>
  store.appendToStream(stream, emmettEvents, { expectedStreamVersion: revision === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision) });

const emmettSqlite = async () => {
  const { getSQLiteEventStore, sqliteConnection, SQLiteConnectionPool } = await import('./peers/node_modules/@event-driven-io/emmett-sqlite/dist/index.js');
  const fileName = path.join(folder, 'emmett.db');
  const connection = sqliteConnection({ fileName });
  const [{ synchronous }] = await connection.query('PRAGMA synchronous');
  if (synchronous < 2) throw new Error(`not the same durability: synchronous ${synchronous}`);
  const pool = SQLiteConnectionPool({ fileName, connectionOptions: { singleton: true, connection } });
  const store = getSQLiteEventStore({ fileName, pool, schema: { autoMigration: 'CreateOrUpdate' } });
  await store.appendToStream('case-first', emmettEvents);
  // Its one connection cannot hold two transactions, so its writers wait for each other here instead of failing there.
  let last = Promise.resolve();
  const append = appendTo(store);
  const rate = await rateOf((...place) => (last = last.then(() => append(...place))), { seconds });
  return { rate };
};

const emmettPostgresql = async () => {
  const { getPostgreSQLEventStore } = await import('./peers/node_modules/@event-driven-io/emmett-postgresql/dist/index.js');
  const store = getPostgreSQLEventStore(extra);
  await store.appendToStream('case-first', emmettEvents);
  const rate = await rateOf(appendTo(store), { seconds });
  await store.close();
  return { rate };
};

const contenders = { daybook, raw, 'emmett-sqlite': emmettSqlite, 'emmett-postgresql': emmettPostgresql };
console.log(JSON.stringify(await contenders[name]()));
process.exit(0);
