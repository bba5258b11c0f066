import { certainlyBefore, inEffectiveOrder } from './casebook';
import type { Place } from './casebook';
import { refuse } from './investigation.errors';
import type { InvestigationRefusal } from './investigation.errors';

/** Facts that may have happened before this one, or at the same time: all but those that certainly came after. */
export const couldPrecede = <F extends Place>(facts: readonly F[], fact: Place): readonly F[] =>
  facts.filter((each) => !certainlyBefore(fact, each));

/** Whether `couldPrecede` would find any. */
export const someCouldPrecede = (facts: readonly Place[], fact: Place): boolean => facts.some((each) => !certainlyBefore(fact, each));

const inThatOrder = (a: Place, b: Place, c: Place): boolean =>
  !certainlyBefore(b, a) && !certainlyBefore(c, b) && !certainlyBefore(c, a);

/** True when one of these facts may lie between the two, whichever of the two came first. */
export const couldSeparate = (separators: readonly Place[], a: Place, b: Place): boolean =>
  separators.some((each) => inThatOrder(a, each, b) || inThatOrder(b, each, a));

/** True when one of these facts certainly came after the first and before the second. */
export const certainlySeparate = (separators: readonly Place[], a: Place, b: Place): boolean =>
  separators.some((each) => certainlyBefore(a, each) && certainlyBefore(each, b));

/** Those of `begun` that may still stand at the fact: begun by then, and not certainly `ended` in between. */
export const couldStand = <F extends Place>(begun: readonly F[], ended: readonly Place[], fact: Place): readonly F[] =>
  couldPrecede(begun, fact).filter((each) => !certainlySeparate(ended, each, fact));

const comesBefore = (a: Place, b: Place): boolean => inEffectiveOrder(a, b) < 0;

/**
 * The fact needs one of `begun` that stands, not `ended` since, in effective history: that is how the record will be read.
 * @throws InvestigationRefused with `refusal` when that cannot be, ORDER_NEEDS_TIME when it depends on a time that was not given
 */
export const needsStanding = (begun: readonly Place[], ended: readonly Place[], fact: Place, refusal: InvestigationRefusal, field: string): void => {
  const stands = begun.some((each) => comesBefore(each, fact) && !ended.some((end) => comesBefore(each, end) && comesBefore(end, fact)));
  if (stands) return;
  const perhaps = couldStand(begun, ended, fact);
  if (perhaps.length === 0) refuse(refusal, { field });
  // What began at an unknown date has no better one to give.
  if (perhaps.every(({ earliest }) => earliest !== -Infinity)) refuse('ORDER_NEEDS_TIME', { field: 'effectiveAt' });
};
