import { dayNumber, londonDate, msOf } from '#kernel';
import type { HistoryEntry } from '#contexts/investigations';
import { parseDay } from '../../forms/dates';
import { all, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import { eventGroups, wordsOf } from '../../words/events';
import type { EventGroup } from '../../words/events';

/** Which entries of a history a reader wants to see, in which order. */
export interface HistoryQuestion {
  readonly groups: readonly EventGroup[];
  readonly who: string;
  readonly from: string;
  readonly to: string;
  readonly oldestFirst: boolean;
  readonly page: number;
  /** As the address says it; `group` repeated. */
  readonly errors: readonly { readonly field: string; readonly text: string }[];
}

const isGroup = (text: string): text is EventGroup => Object.hasOwn(eventGroups, text);

const checkedDay = (fields: Fields, name: string, words: string, errors: { field: string; text: string }[]): string => {
  const typed = one(fields, name);
  const day = typed && parseDay(typed);
  if (day === undefined) errors.push({ field: name, text: `${words} must be a real date, such as 14/6/2019` });
  return day ?? '';
};

export const historyQuestion = (fields: Fields): HistoryQuestion => {
  const errors: { field: string; text: string }[] = [];
  const page = Number(one(fields, 'page'));
  return {
    groups: all(fields, 'group').filter(isGroup), who: one(fields, 'who').slice(0, 100),
    from: checkedDay(fields, 'from', 'Recorded from', errors), to: checkedDay(fields, 'to', 'Recorded to', errors),
    oldestFirst: one(fields, 'order') === 'oldest', page: Number.isInteger(page) && page > 1 && page < 1e6 ? page : 1, errors,
  };
};

/** The group that a filter counts an entry in: a correction is among the corrections as well. */
export const groupsOf = ({ type, corrects }: HistoryEntry): readonly EventGroup[] => {
  const { group } = wordsOf(type);
  return corrects && group !== 'corrections' ? [group, 'corrections'] : [group];
};

/** True when an entry passes the filters. */
export const passes = (entry: HistoryEntry, { groups, who, from, to }: HistoryQuestion): boolean => {
  const day = dayNumber(londonDate(msOf(entry.recordedAt)));
  return (groups.length === 0 || groupsOf(entry).some((group) => groups.includes(group)))
    && (who === '' || entry.actor.id.toLowerCase().includes(who.toLowerCase()))
    && (from === '' || day >= dayNumber(from)) && (to === '' || day <= dayNumber(to));
};

/** The address of the same question with something else. */
export const historyAddress = (path: string, { groups, who, from, to, oldestFirst, page }: HistoryQuestion, carried: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams(carried);
  for (const group of groups) query.append('group', group);
  const rest = { who, from, to, order: oldestFirst ? 'oldest' : '', page: page > 1 ? String(page) : '' };
  for (const [name, value] of Object.entries(rest)) if (value) query.set(name, value);
  return query.size > 0 ? `${path}?${query.toString()}` : path;
};
