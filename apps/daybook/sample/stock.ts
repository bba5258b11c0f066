import { LAST_DAY, months, TAKE_ON_DAY, workingDay } from './calendar';
import type { Month } from './calendar';
import { isActive, settledOn } from './case-plan';
import type { CasePlan } from './case-plan';
import type { Random } from './random';
import { planSuspects } from './suspect-plan';
import { disposals, endings, kinds, matters, season } from './tables';
import type { District } from './tables';

/** Days from the last that happened to a suspect to the closing of the case, at least. */
const WRAPPING_UP = 9;

/** Two years of one district's cases: so many come each month, and so many go that the stock grows steadily to what it is at the end. */
export class Stock {
  readonly plans: CasePlan[] = [];

  constructor(
    private readonly district: District, private readonly random: Random,
    private readonly serial: () => number, private readonly person: () => number,
  ) {
    for (let i = 0; i < district.taken; i++) this.open(TAKE_ON_DAY - 1 - Math.min(1_300, Math.floor(random.exponential(275))), true);
    for (const month of months) this.live(month);
  }

  private live(month: Month): void {
    this.openMonth(month);
    this.reopen(month);
    this.close(month, this.plans.filter(isActive).length - this.target(month));
  }

  /** Active cases at the month's end: a straight line, with a little weather. */
  private target({ index }: Month): number {
    const { taken, active } = this.district;
    if (index === months.length - 1) return active;
    return Math.round(taken + ((active - taken) * (index + 1)) / months.length + (this.random.next() - 0.5) * 0.012 * active);
  }

  private openMonth(month: Month): void {
    const cases = Math.round(this.district.opened * season[month.ofYear]! * (0.96 + this.random.next() * 0.08));
    const { from, to, last } = this.district.unidentified;
    const spanning = month.index === months.length - 1 ? last : this.random.int(from, to);
    for (let i = 0; i < cases; i++) {
      if (i < spanning) this.openUnidentified(month);
      else if (this.random.chance(0.05)) this.openBriefly(month);
      else this.open(this.random.int(month.first, month.last));
    }
  }

  /** Nobody is named before the month is over; in the last month, not at all. */
  private openUnidentified(month: Month): void {
    const openedOn = month.last - this.random.int(0, 11);
    this.open(openedOn, false, month.last === LAST_DAY ? null : month.last + this.random.int(1, 12));
  }

  /** Somebody is named within the same month. */
  private openBriefly(month: Month): void {
    const openedOn = this.random.int(month.first, month.first + 15);
    this.open(openedOn, false, openedOn + this.random.int(1, 10));
  }

  /** `namedOn`: absent, the day it was opened; null, not by the sample's end. */
  private open(openedOn: number, taken = false, namedOn: number | null = openedOn): void {
    const { random, district } = this;
    this.plans.push({
      district, taken, openedOn, serial: this.serial(), kind: random.weighted(kinds), matter: random.weighted(matters),
      suspects: planSuspects(openedOn, namedOn ?? undefined, this.person, random),
    });
  }

  private reopen(month: Month): void {
    const back = this.plans.filter(({ ending, disposal, closedOn, reopenedOn }) => ending === 'FINALISED' && disposal === 'NO_FURTHER_ACTION' && reopenedOn === undefined && closedOn! < month.first - 30);
    const count = Math.round(this.district.opened * 0.015 + this.random.next());
    for (const plan of this.random.shuffled(back).slice(0, count)) {
      const day = workingDay(this.random.int(month.first, month.last - 3));
      plan.reopenedOn = day;
      if (this.random.chance(0.6)) continue;
      const to = day + this.random.int(1, 50);
      plan.suspects[0]!.waits.push({ from: day, begunBy: 'NFA_WITHDRAWN', dealtBy: 'ARREST', ...(to < LAST_DAY ? { to } : {}) });
    }
  }

  private close(month: Month, count: number): void {
    const ready = this.plans.filter((plan) => {
      const settled = settledOn(plan);
      return isActive(plan) && settled !== undefined && settled + WRAPPING_UP + 3 < month.last;
    });
    for (const plan of this.random.shuffled(ready).slice(0, count)) {
      const day = workingDay(this.random.int(Math.max(settledOn(plan)! + WRAPPING_UP, month.first), month.last - 2));
      if (plan.reopenedOn !== undefined) plan.closedAgainOn = day;
      else {
        plan.closedOn = day;
        plan.ending = this.random.weighted(endings);
        plan.disposal = this.random.weighted(disposals);
      }
    }
  }
}
