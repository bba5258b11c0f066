import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ExitError, exits } from './context';
import type { CommandContext } from './context';

/** Where a file goes that is not there yet. @throws ExitError when there is one */
export const newFile = ({ cwd }: CommandContext, name: string): string => {
  const file = path.resolve(cwd, name);
  if (fs.existsSync(file)) throw new ExitError(exits.refused, `${file} exists already; an export overwrites nothing`);
  return file;
};

/**
 * Writes a file for its owner alone that gets its name only once `recorded` has settled, so that nothing leaves of which there is no record;
 * whatever fails leaves no file. Answers the SHA-256 (hexadecimal) of what it holds.
 */
export const takeOut = async (file: string, text: AsyncIterable<string>, recorded: (digest: string) => Promise<void>): Promise<string> => {
  const partial = `${file}.partial`;
  const hash = createHash('sha256');
  const hashed = async function* (): AsyncGenerator<string> {
    for await (const part of text) {
      hash.update(part);
      yield part;
    }
  };
  // What lies there may be another's, for others to read, or lead elsewhere.
  fs.rmSync(partial, { force: true });
  try {
    await pipeline(hashed(), fs.createWriteStream(partial, { mode: 0o600, flags: 'wx', flush: true }));
    const digest = hash.digest('hex');
    await recorded(digest);
    fs.renameSync(partial, file);
    return digest;
  } finally {
    fs.rmSync(partial, { force: true });
  }
};
