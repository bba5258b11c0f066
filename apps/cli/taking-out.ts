import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
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

const own = { mode: 0o600, flags: 'wx', flush: true } as const;

/**
 * Writes a file for its owner alone, of which nothing can be read on the disk before `recorded` has settled: so nothing leaves of which
 * there is no record. Whatever fails leaves no file. Answers the SHA-256 (hexadecimal) of what it holds.
 */
export const takeOut = async (file: string, text: AsyncIterable<string>, recorded: (digest: string) => Promise<void>): Promise<string> => {
  const [waiting, partial] = [`${file}.waiting`, `${file}.partial`];
  const hash = createHash('sha256');
  const hashed = async function* (): AsyncGenerator<string> {
    for await (const part of text) {
      hash.update(part);
      yield part;
    }
  };
  const [key, iv] = [randomBytes(32), randomBytes(12)];
  const [sealing, opening] = [createCipheriv('aes-256-gcm', key, iv), createDecipheriv('aes-256-gcm', key, iv)];
  // What lies there may be another's, for others to read, or lead elsewhere.
  for (const each of [waiting, partial]) fs.rmSync(each, { force: true });
  try {
    // If it dies here, what stays can be read by nobody: the key was in memory alone.
    await pipeline(hashed(), sealing, fs.createWriteStream(waiting, own));
    const digest = hash.digest('hex');
    await recorded(digest);
    opening.setAuthTag(sealing.getAuthTag());
    await pipeline(fs.createReadStream(waiting), opening, fs.createWriteStream(partial, own));
    fs.renameSync(partial, file);
    return digest;
  } finally {
    for (const each of [waiting, partial]) fs.rmSync(each, { force: true });
  }
};
