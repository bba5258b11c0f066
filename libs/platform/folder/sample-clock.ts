import { msOf } from '#kernel';
import type { Clock } from '#kernel';
import type { FolderMark } from './folder';

/**
 * The clock of a folder: the machine's, except in a folder made from a sample. That one has a now of its own: the later of the sample's end
 * and the last `recordedAt` (ms; undefined when nothing is recorded; only a sample is asked), plus the time since the process started. Where several
 * processes share a sample they share its clock: the time since it was made.
 */
export const folderClock = ({ sample }: Pick<FolderMark, 'sample'>, lastRecordedAt: () => number | undefined): Clock => {
  if (!sample) return () => Date.now();
  const [until, { from }] = [msOf(sample.until), sample];
  if (from !== undefined) return () => Math.max(until, until + Date.now() - msOf(from));
  const began = Math.max(until, lastRecordedAt() ?? -Infinity);
  return () => Math.floor(began + process.uptime() * 1000);
};
