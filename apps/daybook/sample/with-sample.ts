import fs from 'node:fs';
import path from 'node:path';
import { instantOf } from '#kernel';
import type { SampleMark } from '#platform/folder';
import type { Unread } from '../compose';
import { loadSample } from './load-sample';
import { rotherham2019 } from './rotherham-2019';

/** Samples that a folder can be made from. */
export const samples: readonly string[] = [rotherham2019.name];

/** What a folder made from this sample remembers of it. */
export const sampleMark = (name: string): SampleMark => ({ name, until: instantOf(rotherham2019.end), homeArea: 'Rotherham' });

const DONE = 'sample.complete';

/** What was written, and the time that it took. */
export interface SampleMade {
  readonly events: number;
  readonly seconds: number;
}

/**
 * Fills a sample folder that is not filled yet; does nothing to any other folder. Gives what it wrote.
 * @throws SampleError
 */
export const fillSample = async (unread: Unread): Promise<SampleMade | undefined> => {
  const { folder } = unread;
  const done = path.join(folder.path, DONE);
  // If it dies before the mark is there, the next start goes on where the log ends: the same commands make the same events.
  const made = folder.sample && !fs.existsSync(done) ? await loadSample(unread) : undefined;
  if (made) fs.writeFileSync(done, `${made.events}\n`, { mode: 0o600 });
  return made;
};
