/** Open ends of the effective axis, ms: the widest that a date can be. */
export const FOREVER = 8_640_000_000_000_000;
export const EVER = -FOREVER;
/** Open end of the recorded axis, event numbers. */
export const LATEST = Number.MAX_SAFE_INTEGER;

/** A stretch of effective time, `end` excluded, over which nothing of `facts` changed; null: nothing to say. */
export interface Piece<F> {
  readonly start: number;
  readonly end: number;
  readonly facts: F | null;
  /** Number of the event with which the ledger came to hold this; -1 until that is set. */
  recordedFrom: number;
}

/** The pieces of one thing in order: no gap after the first, none without length, neighbours differ. */
export type Track<F> = Piece<F>[];
export type Same<F> = (a: F | null, b: F | null) => boolean;

/** Pieces that an event took away and brought. */
export interface Changes<F> {
  readonly closed: Piece<F>[];
  readonly opened: Piece<F>[];
}

const piece = <F>(start: number, end: number, facts: F | null): Piece<F> => ({ start, end, facts, recordedFrom: -1 });

const paintSameInstant = <F>(track: Track<F>, start: number, facts: F | null, same: Same<F>): void => {
  track.pop();
  const last = track.at(-1);
  if (last && same(last.facts, facts)) track[track.length - 1] = piece(last.start, FOREVER, last.facts);
  else if (last || facts !== null) track.push(piece(start, FOREVER, facts));
};

/** From `start` on, `facts` hold. Changes the track in place; a piece that changes is a new object. `start` must not lie before the last piece's. */
export const paint = <F>(track: Track<F>, start: number, facts: F | null, same: Same<F>): void => {
  const last = track.at(-1);
  if (last && same(last.facts, facts)) return;
  if (last && last.start === start) return paintSameInstant(track, start, facts, same);
  if (last) track[track.length - 1] = piece(last.start, start, last.facts);
  if (last || facts !== null) track.push(piece(start, FOREVER, facts));
};

/** What a track says before `start`, as if nothing had followed. */
export const cutAt = <F>(track: Track<F>, start: number): Track<F> => {
  const kept = track.filter((each) => each.start < start);
  const last = kept.at(-1);
  if (last && last.end !== FOREVER) kept[kept.length - 1] = piece(last.start, FOREVER, last.facts);
  return kept;
};

/** A track drawn up to `at`, going on with what another says from there on; both say the same just before. */
export const joinAt = <F>(drawn: Track<F>, other: Track<F>, at: number): Track<F> => {
  const rest = other.filter(({ start }) => start >= at);
  const last = drawn.at(-1);
  if (!last || rest.length === 0) return [...drawn, ...rest];
  return [...drawn.slice(0, -1), piece(last.start, rest[0]!.start, last.facts), ...rest];
};

const take = <F>(changes: Changes<F>, old: Piece<F> | undefined): void => {
  if (old && old.facts !== null) changes.closed.push(old);
};

const bring = <F>(changes: Changes<F>, fresh: Piece<F> | undefined, number: number): void => {
  if (!fresh || fresh.recordedFrom >= 0) return;
  fresh.recordedFrom = number;
  if (fresh.facts !== null) changes.opened.push(fresh);
};

/** `paint` by the event `number`, noting what it changed. Only the last two pieces can change, so its cost does not grow with the track. */
export const extend = <F>(track: Track<F>, start: number, facts: F | null, same: Same<F>, number: number, changes: Changes<F>): void => {
  const length = track.length;
  const [before, last] = [track[length - 2], track[length - 1]];
  paint(track, start, facts, same);
  if (length > 1 && track[length - 2] !== before) take(changes, before);
  if (length > 0 && track[length - 1] !== last) take(changes, last);
  for (let i = Math.max(0, length - 2); i < track.length; i++) bring(changes, track[i], number);
};

/** Compares a track painted anew with the one that stood, by the event `number`; pieces that did not change are kept in the new one. */
export const redraw = <F>(old: Track<F>, next: Track<F>, same: Same<F>, number: number, changes: Changes<F>): void => {
  let place = 0;
  for (let i = 0; i < next.length; i++) {
    const fresh = next[i]!;
    while (place < old.length && old[place]!.start < fresh.start) take(changes, old[place++]);
    const stood = old[place];
    if (stood?.start === fresh.start && stood.end === fresh.end && same(stood.facts, fresh.facts)) {
      next[i] = stood;
      place++;
    } else bring(changes, fresh, number);
  }
  while (place < old.length) take(changes, old[place++]);
};
