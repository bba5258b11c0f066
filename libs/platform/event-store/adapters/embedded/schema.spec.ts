import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openForWriting } from './schema';

describe('the connection that writes', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-schema-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  afterEach(() => jest.restoreAllMocks());

  const ignoring = (statement: string): void => {
    const { pragma } = Database.prototype;
    jest.spyOn(Database.prototype, 'pragma').mockImplementation(function (this: Database.Database, source: string, options?: Database.PragmaOptions) {
      return source === statement ? [] : pragma.call(this, source, options);
    });
  };

  it('syncs every commit of a write-ahead log', () => {
    const db = openForWriting(path.join(folder, 'a.db'));
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  it('is not opened when it cannot have a write-ahead log', () => {
    ignoring('journal_mode = WAL');
    expect(() => openForWriting(path.join(folder, 'b.db'))).toThrow('the log would not be durable (journal delete, synchronous 2)');
  });

  it('is not opened when its commits would not be synced, as this driver has it for a log that is there already', () => {
    openForWriting(path.join(folder, 'c.db')).close();
    ignoring('synchronous = FULL');
    expect(() => openForWriting(path.join(folder, 'c.db'))).toThrow('the log would not be durable (journal wal, synchronous 1)');
  });
});
