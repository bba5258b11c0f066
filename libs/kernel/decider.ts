import type { EffectiveAt } from './effective-at';
import { effectiveHistory } from './effective-history';
import type { Correction, SourceReference } from './envelope';
import type { Message, RecordedEvent } from './message';

/** A decided event, with what it says differently from its command's context. */
export type Fact<E extends Message = Message> = E & {
  readonly effectiveAt?: EffectiveAt;
  readonly corrects?: Correction;
  readonly source?: SourceReference;
};

/**
 * The rules of one stream. `decide` returns what is new (nothing when the same fact is already there) or throws a coded refusal;
 * `evolve` is given events in the order of `effectiveHistory`, with corrections already applied.
 */
export interface Decider<C, S, E extends Message> {
  readonly initialState: S;
  /** For rules about the record itself (what was voided, what replaced what): keeps all events as recorded, before the first `evolve`. */
  remember?(state: S, recorded: readonly RecordedEvent<E>[]): S;
  decide(command: C, state: S): readonly Fact<E>[];
  evolve(state: S, event: RecordedEvent<E>): S;
}

/** The state that a decider sees after these recorded events of one stream. */
export const fold = <C, S, E extends Message>(decider: Decider<C, S, E>, events: readonly RecordedEvent<E>[]): S =>
  effectiveHistory(events).reduce(
    (state, event) => decider.evolve(state, event),
    decider.remember ? decider.remember(decider.initialState, events) : decider.initialState,
  );
