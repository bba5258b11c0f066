import fs from 'node:fs';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Projection } from './projection';
import type { Projector } from './projector';
import { removeReadFile } from './read-file';
import type { ReadFile } from './read-file';
import type { Checkpoint } from './read-store';
import { tableIn } from './schema';

const SIDE = 'side';

/** Where a build beside the live file goes: `start` by the thread itself, `rebuild-` and more by a child process. */
export const sideFileOf = (file: string, purpose: string): string => `${file}.${purpose}`;

/** Takes away what rebuilds have left that did not come to their end. */
export const removeOldRebuilds = (file: string): void => {
  const [folder, left] = [path.dirname(file), path.basename(sideFileOf(file, 'rebuild'))];
  for (const name of fs.readdirSync(folder)) if (name.startsWith(left)) fs.rmSync(path.join(folder, name), { force: true });
};

/** Makes a side file readable through this connection under the name that it answers. */
export const attachSide = (db: Database, sideFile: string): string => {
  db.prepare('ATTACH ? AS side').run(sideFile);
  return SIDE;
};

/**
 * Puts tables built in a side file in the place of the live ones, each projection in one transaction, and deletes the side file. If it dies
 * between two of them, one has new tables and the other its old ones, and both are right.
 */
export const takeOver = async (
  projector: Projector, db: Database, sideFile: string, built: readonly { readonly projection: Projection; readonly checkpoint: Checkpoint }[],
): Promise<void> => {
  attachSide(db, sideFile);
  for (const { projection, checkpoint } of built)
    await projector.exchange(projection, checkpoint, () => copyTables(projector.file, projection));
  db.exec(`DETACH ${SIDE}`);
  removeReadFile(sideFile);
};

const copyTables = (file: ReadFile, projection: Projection): void => {
  file.lay(projection, { indexed: true });
  // Equal tables on both sides: SQLite copies the pages' contents in order, without sorting anything again.
  for (const table of projection.tables) file.db.exec(`INSERT INTO ${tableIn('main', table)} SELECT * FROM ${tableIn(SIDE, table)}`);
  file.db.prepare(`INSERT INTO main.parked SELECT * FROM ${SIDE}.parked WHERE projection = ?`).run(projection.name);
};
