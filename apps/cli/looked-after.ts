import type { Daybook } from '../daybook';
import { mustLookAfter } from './account';
import type { CommandContext } from './context';

/** The open folder, for an account that looks after it. Whoever copies everything, or the keys to it, stands on record before it is done. */
export const lookedAfter = async (context: CommandContext, route: 'backup' | 'keys backup' | 'keys rotate' | 'snapshot'): Promise<Daybook> => {
  const daybook = await context.daybook();
  const reader = mustLookAfter(daybook);
  const { looks, store } = daybook;
  await looks.record(reader, { kind: 'consultation', door: 'CLI', route, shown: [{ kind: 'event', ids: [] }], more: store.currentHead().number + 1 });
  return daybook;
};
