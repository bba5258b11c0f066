import { certainlyBefore } from '#kernel';
import type { EffectiveAt } from '#kernel';

interface Dated {
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
