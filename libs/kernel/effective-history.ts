import { intervalOf } from './effective-at';
import type { RecordedEvent } from './message';
import { msOf } from './time';

/** The first instant (ms) from which a recorded act counts; an act of unknown date counts from when it was recorded. */
export const effectiveStart = (event: Pick<RecordedEvent, 'metadata'>): number => {
  const { earliest } = intervalOf(event.metadata.effectiveAt);
  return earliest === -Infinity ? msOf(event.metadata.recordedAt) : earliest;
};

/** The first in the chain of corrections that an event ends; the event itself when it corrects nothing. */
export const rootOf = (event: RecordedEvent, byId: ReadonlyMap<string, RecordedEvent>): RecordedEvent => {
  const target = event.metadata.corrects && byId.get(event.metadata.corrects.event);
  return target ? rootOf(target, byId) : event;
};

const startOf = (event: RecordedEvent, root: RecordedEvent): number =>
  (event.metadata.effectiveAt.precision === 'unknown' ? msOf(root.metadata.recordedAt) : effectiveStart(event));

/** An event in effective history. */
export interface Placed<E extends RecordedEvent = RecordedEvent> {
  readonly event: E;
  /** The first instant (ms) from which it counts; a correction of unknown date counts from when what it corrects was recorded. */
  readonly start: number;
  /** The revision whose place it has: its own, or that of the first in its chain of corrections. */
  readonly place: number;
}

const inOrder = <E extends RecordedEvent>(events: readonly E[]): boolean => {
  let last = -Infinity;
  for (const event of events) {
    if (event.metadata.corrects) return false;
    const start = effectiveStart(event);
    if (start < last) return false;
    last = start;
  }
  return true;
};

const standing = <E extends RecordedEvent>(events: readonly E[]): Placed<E>[] => {
  const byId = new Map(events.map((event) => [event.id, event]));
  const [gone, voided] = [new Set<string>(), new Set<string>()];
  // A correction always comes after what it corrects, so one walk from the newest settles chains too. What a replaced correction had replaced
  // stays away; what a voided one had replaced comes back.
  for (let i = events.length - 1; i >= 0; i--) {
    const { id, metadata: { corrects } } = events[i]!;
    if (!corrects || voided.has(id)) continue;
    gone.add(corrects.event);
    if (corrects.as === 'void') voided.add(corrects.event);
  }
  return events
    .filter(({ id, metadata }) => !gone.has(id) && metadata.corrects?.as !== 'void')
    .map((event) => {
      const root = rootOf(event, byId);
      return { event, start: startOf(event, root), place: root.revision };
    });
};

/**
 * One stream's events as they are to be read: voided ones are gone, a correction stands in the place of what it corrects,
 * and the rest follows by effective start, then by revision. Give it the prefix recorded by a moment to see the record as it was then.
 */
export const placedHistory = <E extends RecordedEvent>(events: readonly E[]): readonly Placed<E>[] => {
  if (inOrder(events)) return events.map((event) => ({ event, start: effectiveStart(event), place: event.revision }));
  return standing(events).sort((a, b) => a.start - b.start || a.place - b.place);
};

/** `placedHistory` without the places. */
export const effectiveHistory = <E extends RecordedEvent>(events: readonly E[]): readonly E[] =>
  (inOrder(events) ? events : placedHistory(events).map(({ event }) => event));
