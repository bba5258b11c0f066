import { londonDate } from '#kernel';
import type { GroundChoices } from '../../reading/ground';
import { boxDate, counted, formatMoment, formatNumber } from '../../words/format';
import type { Looking } from './looking';

export interface BarStep {
  readonly text: string;
  readonly href?: string;
}

/** The as-at bar as its macro takes it. */
export interface AsAtBar {
  readonly past: boolean;
  readonly lead: string;
  readonly rest: string;
  readonly lines: readonly string[];
  readonly steps?: readonly BarStep[];
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly ground?: GroundChoices;
  readonly typed: Looking['typed'];
  readonly today: string;
  readonly clock: Looking['clock'];
  readonly clocks: boolean;
  readonly twice: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly open: boolean;
  readonly fold: string;
}

export interface BarContent {
  readonly action: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly ground?: GroundChoices;
  readonly lines: readonly string[];
  readonly steps?: readonly BarStep[];
  /** What pages of the past say after their moment. */
  readonly pastNote?: string;
}

/** `Counted to event 48,213, 2 seconds behind the ledger.` In the past there is nothing to be behind. */
export const countedLine = ({ past }: Pick<Looking, 'past'>, number: number, lagSeconds: number): string => {
  const behind = past ? '' : lagSeconds >= 1 ? `, ${counted(Math.round(lagSeconds), 'second')} behind the ledger` : ', up to date with the ledger';
  if (number < 0) return past ? 'No event had been recorded by then.' : 'No event has been recorded yet.';
  return `Counted to event ${formatNumber(number)}${behind}.`;
};

const leadOf = ({ past, at, event, clock }: Looking): { lead: string; rest: string } => {
  if (!past) return { lead: 'Record now', rest: `, ${formatMoment(at)}` };
  if (event !== undefined) return { lead: `Record as at event ${formatNumber(event)}, ${formatMoment(at)}.`, rest: '' };
  return clock === 'recorded'
    ? { lead: `Record as at ${formatMoment(at)}.`, rest: ' What was recorded by then.' }
    : { lead: `What had happened by ${formatMoment(at)},`, rest: ' as known now.' };
};

/** Says at which moment the page looks, and lets it be changed. */
export const asAtBar = (looking: Looking, content: BarContent): AsAtBar => {
  const { lead, rest } = leadOf(looking);
  return {
    past: looking.past, lead, rest: looking.past ? rest + (content.pastNote ?? '') : rest,
    lines: content.lines, ...(content.steps && { steps: content.steps }),
    action: content.action, hidden: content.hidden ?? {}, ...(content.ground && { ground: content.ground }),
    typed: looking.typed, today: boxDate(londonDate(looking.now)), clock: looking.clock, clocks: true, twice: looking.twice,
    errors: Object.fromEntries(looking.errors.map(({ field, text }) => [field, text])),
    open: looking.errors.length > 0,
    fold: content.ground ? 'Change date, area or team' : 'Change date',
  };
};
