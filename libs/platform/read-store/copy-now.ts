import fs from 'node:fs';
import Database from 'better-sqlite3';
import type { Checkpoint } from './read-store';

/** One read model in a file of them: which tables it has, and up to which event they are filled. */
export interface CopiedModel extends Checkpoint {
  readonly name: string;
  readonly version: number;
  /** Digest of its tables' columns. */
  readonly shape: string;
}

const MODELS = 'SELECT projection AS name, version, shape, position, number FROM checkpoints ORDER BY projection';

/** Writes a compact copy of a file of read models as it is at one moment, in which nothing is left of rows that went. The projector goes on meanwhile. */
export const copyNow = (from: string, to: string): readonly CopiedModel[] => {
  fs.closeSync(fs.openSync(to, 'wx', 0o600)); // for its owner alone from the first byte
  const live = new Database(from, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    live.prepare('VACUUM INTO ?').run(to);
  } finally {
    live.close();
  }
  const copy = new Database(to, { readonly: true });
  try {
    return copy.prepare<[], CopiedModel>(MODELS).all();
  } finally {
    copy.close();
  }
};
