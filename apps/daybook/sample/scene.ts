import type { LinkId, OfficerId } from '#kernel';
import type { Crime, InvestigationCommand } from '#contexts/investigations';
import { idFrom } from '#platform/event-store';
import type { CasePlan } from './case-plan';
import type { Order, StreamWriter } from './case-writer';
import type { People } from './people';
import type { Random } from './random';

export type InvestigationOrder = Order<InvestigationCommand>;

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What the scripts of one case share. */
export interface Scene {
  readonly plan: CasePlan;
  readonly writer: StreamWriter<InvestigationOrder>;
  readonly random: Random;
  readonly people: People;
  readonly crimes: readonly Crime[];
  readonly team: string;
  readonly officer: OfficerId;
  readonly supervisor: OfficerId;
  /** The opening, ms. */
  readonly openedAt: number;
}

/** Days (as ms) by which a fact is recorded late; nearly always none. */
export const lateness = (random: Random, share: number, days: number): number => (random.chance(share) ? random.int(2, days) * DAY : 0);

export const linkIdOf = (plan: CasePlan, index: number): LinkId => idFrom('rotherham-2019', 'link', String(plan.serial), String(index)) as LinkId;
