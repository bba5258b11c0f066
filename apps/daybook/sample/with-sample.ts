import fs from 'node:fs';
import path from 'node:path';
import { instantOf } from '#kernel';
import type { SampleMark } from '#platform/folder';
import type { Daybook } from '../compose';
import { loadSample } from './load-sample';
import { rotherham2019 } from './rotherham-2019';

/** Samples that a folder can be made from. */
export const samples: readonly string[] = [rotherham2019.name];

/** What a folder made from this sample remembers of it. */
export const sampleMark = (name: string): SampleMark => ({ name, until: instantOf(rotherham2019.end), homeArea: 'Rotherham' });

const DONE = 'sample.complete';

/**
 * Fills a sample folder that is not filled yet, and waits for its read models; does nothing to any other folder. Gives what it wrote.
 * @throws SampleError
 */
export const withSample = async (daybook: Daybook): Promise<{ readonly events: number; readonly seconds: number } | undefined> => {
  const { folder, store, reads } = daybook;
  const done = path.join(folder.path, DONE);
  // If it dies before the mark is there, the next start goes on where the log ends: the same commands make the same events.
  const made = folder.sample && !fs.existsSync(done) ? await loadSample(daybook) : undefined;
  if (made) fs.writeFileSync(done, `${made.events}\n`, { mode: 0o600 });
  await reads.waitFor((await store.head()).position, 120_000);
  return made;
};
