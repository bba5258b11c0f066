import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { openStaging } from '#platform/staging';
import type { Staging } from '#platform/staging';

const NAME = /^staging(-[0-9a-f-]{36})?\.db$/;
/** Piles of this process. A data folder has one owner, so any other pile in it was left by a dead one. */
const inUse = new Set<string>();

/** A staging pile of one's own in this folder, so that two imports can run side by side; what dead processes left there is removed. */
export const openPile = (folder: string): { readonly staging: Staging; close(): void } => {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of fs.readdirSync(folder)) if (NAME.test(name) && !inUse.has(path.join(folder, name))) fs.rmSync(path.join(folder, name), { force: true });
  const file = path.join(folder, `staging-${randomUUID()}.db`);
  inUse.add(file);
  const staging = openStaging(file);
  return {
    staging,
    close: () => {
      staging.close();
      inUse.delete(file);
    },
  };
};
