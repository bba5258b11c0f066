import type { Position } from './event-store';

/** Orders positions of one store: negative when `a` comes first. `START` comes before every other. */
export const comparePositions = (a: Position, b: Position): number =>
  a.length - b.length || (a < b ? -1 : Number(a > b));
