import type { LogReader } from './log-reader';
import type { Checkpoint } from './read-store';
import { recordedAt } from './recorded-prefix';

/** How far tables that stand at a checkpoint are behind the log: events, and the age (seconds) of the oldest of them. */
export const lagOf = async (
  log: Pick<LogReader, 'head' | 'readAll'>, { position, number }: Checkpoint, now: number,
): Promise<{ readonly lagEvents: number; readonly lagSeconds: number }> => {
  const head = await log.head();
  const lagEvents = Math.max(0, head.number - number);
  if (lagEvents === 0) return { lagEvents, lagSeconds: 0 };
  for await (const page of log.readAll(position, { pageSize: 10 })) {
    const oldest = page.find((event) => event.number >= 0);
    if (!oldest) continue;
    const at = recordedAt(oldest.metadata);
    return { lagEvents, lagSeconds: Number.isNaN(at) ? 0 : Math.max(0, (now - at) / 1000) };
  }
  return { lagEvents, lagSeconds: 0 };
};
