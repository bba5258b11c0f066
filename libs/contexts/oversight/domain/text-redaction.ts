import type { CommandContext, Decider, Message, Private } from '#kernel';
import { refuse } from './data-subject.errors';

/** As the records that hold texts declare it: what is read in the place of a text that was erased. */
export type TextRedacted = Message<'TextRedacted', { readonly event: string; readonly path: string; readonly text: Private }>;

/** Gives words for a text of one stream. Sent by the erasure run alone. */
export type RedactText = Message<'RedactText', TextRedacted['data']> & { readonly context: CommandContext };

/** Whatever the record is of, its events are told apart by their ids. */
export const textRedaction: Decider<RedactText, { readonly events: ReadonlySet<string> }, TextRedacted> = {
  initialState: { events: new Set() },
  remember: (_, recorded) => ({ events: new Set(recorded.map(({ id }) => id)) }),
  decide({ data }, { events }) {
    if (!events.has(data.event)) refuse('TEXT_UNKNOWN', { event: data.event });
    return [{ type: 'TextRedacted', data }];
  },
  evolve: (state) => state,
};
