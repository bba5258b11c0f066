import type { Placed, RecordedEvent } from '#kernel';
import type { InvestigationEvent } from '../domain/investigation.events';
import { markWhenDue, sameState, stateAt } from './case-marks';
import type { Mark } from './case-marks';
import { evolveCase } from '../domain/case-state';
import { draw } from './case-timeline';
import type { CaseTimeline } from './case-timeline';
import { cutAt, EVER, joinAt } from './case-tracks';

export type Entry = Placed<RecordedEvent<InvestigationEvent>>;

/** The entries of a case that stand, in effective order, and what was drawn of them. */
export interface Drawing {
  readonly history: Entry[];
  readonly marks: Mark[];
  readonly timeline: CaseTimeline;
}

/** Two histories begin with `head` entries and end with `tail` entries that are the same. */
interface Difference {
  readonly head: number;
  readonly tail: number;
}

const sameEntry = (a: Entry, b: Entry): boolean => a.event === b.event && a.start === b.start;

/** Where two histories differ. */
export const differenceOf = (old: readonly Entry[], next: readonly Entry[]): Difference => {
  const shorter = Math.min(old.length, next.length);
  let [head, tail] = [0, 0];
  while (head < shorter && sameEntry(old[head]!, next[head]!)) head++;
  while (tail < shorter - head && sameEntry(old.at(-1 - tail)!, next.at(-1 - tail)!)) tail++;
  return { head, tail };
};

/** Where an entry comes that was recorded last: behind all that do not start after it. */
export const placeOf = (history: readonly Entry[], start: number): number => {
  let [low, high] = [0, history.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (history[middle]!.start <= start) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Of the old drawing what lies before the first entry that differs; all entries of one instant are drawn together. */
const begun = ({ marks, timeline: old }: Drawing, from: number, start: number, history: readonly Entry[]): { timeline: CaseTimeline; marks: Mark[] } => {
  const kept = marks.filter(({ after }) => after <= from);
  const state = stateAt(kept.at(-1), old.state.crimes);
  for (let i = kept.at(-1)?.after ?? 0; i < from; i++) evolveCase(state, history[i]!.event, history[i]!.start);
  const episodes = new Map([...old.episodes].map(([link, track]) => [link, cutAt(track, start)] as const).filter(([, track]) => track.length > 0));
  return { timeline: { state, track: cutAt(old.track, start), episodes }, marks: kept };
};

/** From `at` on everything is as it was drawn before; `shift` entries more stand before it. */
const joined = (fresh: CaseTimeline, freshMarks: readonly Mark[], { marks, timeline: old }: Drawing, at: number, from: number, shift: number): Omit<Drawing, 'history'> => {
  const links = new Set([...fresh.episodes.keys(), ...old.episodes.keys()]);
  const episodes = new Map([...links].map((link) => [link, joinAt(fresh.episodes.get(link) ?? [], old.episodes.get(link) ?? [], at)]));
  const later = marks.filter(({ after }) => after >= from).map((mark) => ({ ...mark, after: mark.after + shift }));
  return {
    timeline: { state: old.state, track: joinAt(fresh.track, old.track, at), episodes },
    marks: [...freshMarks.filter(({ after }) => after < from + shift), ...later],
  };
};

const isCrime = ({ event: { type } }: Entry): boolean => type === 'CrimeRecorded';

/**
 * The drawing of another history of the same case. Only from the first entry that differs to where the case stands again as it stood is
 * drawn anew, so that a fact recorded late costs little on a long case. The old drawing stays as it is.
 */
export const redrawn = (old: Drawing, history: Entry[], { head, tail }: Difference): Drawing => {
  const shift = history.length - old.history.length;
  if (shift === 0 && head === history.length) return { ...old, history };
  // What stood in for an opening that was voided lies over everything.
  const whole = old.timeline.track[0]?.start === EVER;
  const start = whole ? -Infinity : Math.min(history[head]?.start ?? Infinity, old.history[head]?.start ?? Infinity);
  let from = whole ? 0 : head;
  while (from > 0 && history[from - 1]!.start >= start) from--;
  const { timeline, marks } = begun(old, from, start, history);
  const stays = history.length - tail;
  // Crimes are kept in the order of the history, and marks know only their number.
  const mayJoin = !whole && ![...history.slice(head, stays), ...old.history.slice(head, old.history.length - tail)].some(isCrime);
  const marked = new Map(mayJoin ? old.marks.map((mark) => [mark.after + shift, mark]) : []);
  for (let i = from; i < history.length; i++) {
    const entry = history[i]!;
    const mark = i >= stays ? marked.get(i) : undefined;
    const isNewInstant = (before: Entry | undefined): boolean => before !== undefined && before.start < entry.start;
    if (mark && isNewInstant(history[i - 1]) && isNewInstant(old.history[i - shift - 1]) && sameState(mark.state, timeline.state))
      return { history, ...joined(timeline, marks, old, entry.start, i - shift, shift) };
    draw(timeline, entry.event, entry.start);
    markWhenDue(marks, i + 1, timeline.state);
  }
  return { history, marks, timeline };
};
