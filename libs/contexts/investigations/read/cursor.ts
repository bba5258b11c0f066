import { londonDay, MalformedError } from '#kernel';
import type { AsAt } from './answers';
import type { Moment } from './question';

/** A place in one list: between rows by what they are sorted on, at a fixed pair of moments. */
export interface Place {
  readonly key: number;
  readonly tie: number | string;
  readonly side: 'after' | 'before';
  readonly effective: number;
  readonly number: number;
  readonly recorded: number;
}

/** What makes a list the same list: which one it is, its filter and its order, in words. */
export type ListName = string;

const VERSION = 2;

/** Opaque text for a place in a list. */
export const cursorOf = (list: ListName, { key, tie, side, effective, number, recorded }: Place): string =>
  Buffer.from(JSON.stringify([VERSION, list, effective, number, recorded, side, key, tie]), 'utf8').toString('base64url');

const read = (cursor: string): unknown[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};

const malformed = (rule: string): never => {
  throw new MalformedError('cursor', rule);
};

/** @throws MalformedError on `cursor` when it is no cursor, or that of another list */
const placeOf = (list: ListName, cursor: string): Place => {
  const [version, name, effective, number, recorded, side, key, tie] = read(cursor);
  const whole = [effective, number, recorded, key].every((value) => Number.isSafeInteger(value)) && (typeof tie === 'string' || Number.isSafeInteger(tie));
  if (version !== VERSION || !whole || (side !== 'after' && side !== 'before')) return malformed('must be the cursor of an earlier answer');
  if (name !== list) return malformed('belongs to another list: ask again without it');
  return { key: key as number, tie: tie as number | string, side, effective: effective as number, number: number as number, recorded: recorded as number };
};

/**
 * Checks that a place goes with the moments asked. Time runs on while somebody pages, so a later effective moment is let through and the
 * cursor's own holds.
 * @throws MalformedError on `cursor`
 */
const sameMoment = (place: Place, asked: Moment, { recordedAsked }: { readonly recordedAsked: boolean }): void => {
  if (asked.effective < place.effective) malformed('belongs to a later moment: ask again without it');
  if (recordedAsked && asked.number !== place.number) malformed('belongs to another moment: ask again without it');
};

/**
 * Where a page begins and the moment that it is read at: the cursor's, so that paging goes through one unmoving list.
 * @throws MalformedError on `cursor`
 */
export const pageAt = (list: ListName, cursor: string | undefined, asked: Moment, asAt: AsAt | undefined): { readonly place?: Place; readonly moment: Moment } => {
  if (cursor === undefined) return { moment: asked };
  const place = placeOf(list, cursor);
  sameMoment(place, asked, { recordedAsked: asAt !== undefined && asAt.recorded !== 'now' });
  const { effective, number, recorded } = place;
  return { place, moment: { effective, number, recorded, today: londonDay(effective), now: false } };
};
