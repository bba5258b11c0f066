import { certainlyBefore } from '#kernel';
import type { EffectiveAt } from '#kernel';
import { inEffectiveOrder } from './casebook';
import type { Place } from './casebook';
import { refuse } from './investigation.errors';
import type { InvestigationRefusal } from './investigation.errors';

interface Dated extends Place {
  readonly at: EffectiveAt;
}

/** Facts that may have happened before this one, or at the same time: all but those that certainly came after. */
export const couldPrecede = <F extends Dated>(facts: readonly F[], fact: Dated): readonly F[] =>
  facts.filter((each) => !certainlyBefore(fact.at, each.at));

const inThatOrder = (a: Dated, b: Dated, c: Dated): boolean =>
  !certainlyBefore(b.at, a.at) && !certainlyBefore(c.at, b.at) && !certainlyBefore(c.at, a.at);

/** True when one of these facts may lie between the two, whichever of the two came first. */
export const couldSeparate = (separators: readonly Dated[], a: Dated, b: Dated): boolean =>
  separators.some((each) => inThatOrder(a, each, b) || inThatOrder(b, each, a));

/** True when one of these facts certainly came after the first and before the second. */
export const certainlySeparate = (separators: readonly Dated[], a: Dated, b: Dated): boolean =>
  separators.some((each) => certainlyBefore(a.at, each.at) && certainlyBefore(each.at, b.at));

/** Those of `begun` that may still stand at the fact: begun by then, and not certainly `ended` in between. */
export const couldStand = <F extends Dated>(begun: readonly F[], ended: readonly Dated[], fact: Dated): readonly F[] =>
  couldPrecede(begun, fact).filter((each) => !certainlySeparate(ended, each, fact));

const comesBefore = (a: Place, b: Place): boolean => inEffectiveOrder(a, b) < 0;

/**
 * The fact needs one of `begun` that stands, not `ended` since, in effective history: that is how the record will be read.
 * @throws InvestigationRefused with `refusal` when that cannot be, ORDER_NEEDS_TIME when it depends on a time that was not given
 */
export const needsStanding = (begun: readonly Dated[], ended: readonly Dated[], fact: Dated, refusal: InvestigationRefusal, field: string): void => {
  const stands = begun.some((each) => comesBefore(each, fact) && !ended.some((end) => comesBefore(each, end) && comesBefore(end, fact)));
  if (stands) return;
  if (couldStand(begun, ended, fact).length > 0) refuse('ORDER_NEEDS_TIME', { field: 'effectiveAt' });
  refuse(refusal, { field });
};
