import { londonDate, MalformedError, parseMoment } from '#kernel';
import type { AsAt } from '#contexts/investigations';
import { parseDay, parseTime } from '../../forms/dates';
import { address, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import { boxDate, clockTime, formatMoment, formatNumber } from '../../words/format';

/** Which of the two clocks a past moment is read on. */
type ClockChoice = 'recorded' | 'happened';

/** Shown at the top of every page of the past. */
export interface PastMark {
  readonly when: string;
  /** Address of the same page now. */
  readonly now: string;
}

/** How a page looks at the record: at which moment, on which clock, and what was wrong with what was asked. */
export interface Looking {
  readonly now: number;
  /** The moment looked at, ms; `now` unless in the past. */
  readonly at: number;
  readonly past: boolean;
  readonly clock: ClockChoice;
  /** Undefined: now, on both clocks. */
  readonly asAt?: AsAt;
  /** The event stepped to. */
  readonly event?: number;
  /** Parameters that links within the record carry. */
  readonly carried: Readonly<Record<string, string>>;
  readonly typed: { readonly date: string; readonly time: string };
  readonly errors: readonly { readonly field: 'asat-date' | 'asat-time' | 'asat-offset'; readonly text: string }[];
  /** The hour typed happens twice that night. */
  readonly twice: boolean;
  /** Set when the form was sent: the address that says the same in one parameter. */
  readonly canonical?: Readonly<Record<string, string>>;
}

const nowLooking = (now: number, clock: ClockChoice, more: Partial<Looking> = {}): Looking => ({
  now, at: now, past: false, clock, carried: {}, typed: { date: '', time: '' }, errors: [], twice: false, ...more,
});

const asAtOf = (at: number, clock: ClockChoice): AsAt => ({ effective: at, recorded: clock === 'recorded' ? at : 'now' });

const clockOf = (fields: Fields): ClockChoice => (one(fields, 'clock') === 'happened' ? 'happened' : 'recorded');

const clockUnknown = (fields: Fields): boolean => !['', 'recorded', 'happened'].includes(one(fields, 'clock'));

const clockParameter = (clock: ClockChoice): Record<string, string> => (clock === 'happened' ? { clock } : {});

const pastLooking = (text: string, now: number, clock: ClockChoice): Looking => {
  const at = parseMoment(text, now);
  return nowLooking(now, clock, {
    at, past: true, asAt: asAtOf(at, clock), carried: { asAt: text, ...clockParameter(clock) },
    typed: { date: boxDate(londonDate(at)), time: text.length > 10 ? clockTime(at) : '' },
  });
};

const momentText = (date: string, time: string, offset: string): string => {
  if (!time) return date;
  return `${date}T${time}${/^\+0[01]:00$/.test(offset) ? offset : ''}`;
};

type Fault = Looking['errors'][number];

/** What is wrong with a moment. @throws what is no fault of the moment */
const faultOf = (error: unknown): Fault => {
  if (!(error instanceof MalformedError)) throw error;
  if (error.rule.startsWith('happens twice')) return { field: 'asat-offset', text: 'That hour happened twice on this night: choose BST or GMT' };
  if (error.rule.includes('future')) return { field: 'asat-date', text: 'As at date must be today or in the past' };
  if (error.rule.includes('time')) return { field: 'asat-time', text: 'That time did not happen on this night: the clocks went forward' };
  return { field: 'asat-date', text: 'As at date must be a real date, such as 14/6/2019' };
};

const refused = (now: number, clock: ClockChoice, fault: Fault, typed: Looking['typed'] = { date: '', time: '' }): Looking =>
  nowLooking(now, clock, { typed, errors: [fault], twice: fault.field === 'asat-offset' });

const typedLooking = (fields: Fields, now: number, clock: ClockChoice): Looking => {
  const typed = { date: one(fields, 'date'), time: one(fields, 'time') };
  const refuse = (field: Fault['field'], text: string): Looking => refused(now, clock, { field, text }, typed);
  if (!typed.date && !typed.time) return nowLooking(now, clock, { canonical: {} });
  if (!typed.date) return refuse('asat-date', 'Enter a date for this time');
  const date = parseDay(typed.date);
  if (!date) return refuse('asat-date', 'As at date must be a real date, such as 14/6/2019');
  const time = typed.time ? parseTime(typed.time) : '';
  if (time === undefined) return refuse('asat-time', 'Time must be in the 24 hour clock, such as 17:00');
  const text = momentText(date, time, one(fields, 'offset'));
  try {
    parseMoment(text, now);
  } catch (error) {
    return refused(now, clock, faultOf(error), typed);
  }
  return nowLooking(now, clock, { canonical: { asAt: text, ...clockParameter(clock) } });
};

/** The boxes of a moment that an address gives as date and time; empty for anything else. */
const boxesOf = (text: string): Looking['typed'] => {
  const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?$/.exec(text);
  return found ? { date: boxDate(found[1]!), time: found[2] ?? '' } : { date: '', time: '' };
};

const addressedLooking = (text: string, now: number, clock: ClockChoice): Looking => {
  try {
    return pastLooking(text, now, clock);
  } catch (error) {
    const typed = boxesOf(text);
    const fault = faultOf(error);
    const unread = !typed.date && !fault.text.includes('past');
    return refused(now, clock, unread ? { field: 'asat-date', text: 'The moment in the address could not be read: enter a date' } : fault, typed);
  }
};

/**
 * Reads how a page is asked to look: `asAt` (a moment), `asAtEvent` with the event's own moment where there is such an event, or the as-at form.
 * With `errors` it is not known which moment was meant: then no figure may be shown.
 */
export const lookingOf = (fields: Fields, now: number, eventMoment?: { readonly number: number; readonly recordedAt: number }): Looking => {
  const clock = clockOf(fields);
  if (clockUnknown(fields)) return refused(now, clock, { field: 'asat-date', text: 'The address names a clock that there is not: choose the date and what to show' });
  if (one(fields, 'date') || one(fields, 'time') || one(fields, 'show')) return typedLooking(fields, now, clock);
  if (eventMoment) {
    const { number, recordedAt: at } = eventMoment;
    return nowLooking(now, 'recorded', {
      at, past: true, asAt: asAtOf(at, 'recorded'), event: number, carried: { asAtEvent: String(number) },
      typed: { date: boxDate(londonDate(at)), time: clockTime(at) },
    });
  }
  if (one(fields, 'asAtEvent')) return refused(now, clock, { field: 'asat-date', text: 'There is no event of the number in the address: enter a date' });
  const text = one(fields, 'asAt');
  return text ? addressedLooking(text, now, clock) : nowLooking(now, clock);
};

/** The mark of the past for the frame of a page; undefined now. */
export const pastMark = ({ past, at, event, clock }: Looking, path: string, parameters: Readonly<Record<string, string | undefined>> = {}): PastMark | undefined => {
  if (!past) return undefined;
  const how = event !== undefined ? `, event ${formatNumber(event)}` : clock === 'happened' ? ', with later entries' : '';
  return { when: `${formatMoment(at)}${how}`, now: address(path, parameters) };
};
