import fs from 'node:fs';
import Database from 'better-sqlite3';
import type { Head } from '../../event-store';
import { LogReader } from './log-reader';
import { openForReading } from './schema';

/**
 * Writes a compact copy of the log as it is at one moment and checks it; answers the copy's head. Reads, so appends go on meanwhile.
 * @throws when the log cannot be read or the copy is broken
 */
export const copyLog = (from: string, to: string): Head => {
  fs.rmSync(to, { force: true });
  fs.closeSync(fs.openSync(to, 'wx', 0o600)); // for its owner alone from the first byte: a large one takes minutes
  const db = openForReading(from);
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
  return inspect(to);
};

const inspect = (file: string): Head => {
  const db = new Database(file, { readonly: true });
  try {
    const answer = db.pragma('integrity_check', { simple: true });
    if (answer !== 'ok') throw new Error(`the copy is broken: ${String(answer)}`);
  } finally {
    db.close();
  }
  const reader = new LogReader(file);
  try {
    return reader.head();
  } finally {
    reader.close();
  }
};
