import { StoreUnavailableError } from '#kernel';
import type { EventStore } from '#platform/event-store';
import type { Doing, Reaction } from '#platform/jobs';
import type { Life, Scheduler } from './scheduler';

/** What goes wrong, and how often: chances of one. Nothing does any more once it is quiet. */
export class Faults {
  quiet = false;

  constructor(private readonly scheduler: Scheduler) {}

  strike(chance: number): boolean {
    return this.scheduler.chance.next() < chance && !this.quiet;
  }
}

/** The network between a program and the store: each call waits for its turn on the way there and on the way back, and may be lost on either. */
export const overNetwork = (store: EventStore, life: Life, scheduler: Scheduler, faults: Faults): Pick<EventStore, 'append' | 'readStream'> => {
  const arrive = async (label: string): Promise<void> => {
    await scheduler.turn(life, label);
    if (faults.strike(0.02)) throw new StoreUnavailableError('refused', 'no');
    if (faults.strike(0.03)) throw new StoreUnavailableError('the question was lost', 'unknown');
  };
  const comeBack = async (label: string): Promise<void> => {
    // If the program dies here, the store has done it and nobody knows.
    await scheduler.turn(life, label);
    if (faults.strike(0.04)) throw new StoreUnavailableError('the answer was lost', 'unknown');
  };
  return {
    append: async (stream, events, expected) => {
      await arrive(`append ${stream}`);
      const appended = await store.append(stream, events, expected).catch(async (error: unknown) => {
        await comeBack('append refused');
        throw error;
      });
      await comeBack(`appended ${stream} ${appended.revision}`);
      return appended;
    },
    readStream: async (stream, range) => {
      await scheduler.turn(life, `read ${stream}`);
      if (faults.strike(0.02)) throw new StoreUnavailableError('unreachable', 'no');
      return store.readStream(stream, range);
    },
  };
};

/** A reaction whose jobs are lost, done twice at the same time, or kept and done once more, whenever that is. */
export const withJobFaults = (reaction: Reaction, faults: Faults, keep: (again: () => Promise<void>) => void): Reaction => ({
  name: reaction.name,
  due: (question) => reaction.due(question),
  async perform(doing: Doing) {
    if (faults.strike(0.1)) return;
    if (faults.strike(0.1)) keep(() => reaction.perform(doing));
    const times = faults.strike(0.15) ? 2 : 1;
    await Promise.all(Array.from({ length: times }, () => reaction.perform(doing)));
  },
});
