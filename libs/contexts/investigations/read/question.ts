import { instantOf } from '#kernel';
import type { Cell } from '#platform/read-store';
import type { Answered } from './answers';
import { FOREVER, LATEST } from './case-tracks';
import { whereVisible } from './visible';
import type { Visible } from './visible';

/** What a question is asked of: null and 0 mean any. `themes` is a mask of which one bit suffices; `visible`: what is there for who asks. */
export interface Ground {
  readonly area: string | null;
  readonly themes: number;
  readonly team: string | null;
  readonly visible: Visible;
}

/** A pair of moments, resolved: ms on the effective clock, number of the last event counted on the recorded one. */
export interface Moment {
  readonly effective: number;
  readonly number: number;
  /** The moment asked on the recorded clock, ms. */
  readonly recorded: number;
  /** London day of `effective`. */
  readonly today: number;
  /** No moment was asked: what holds now on both clocks. */
  readonly now: boolean;
}

/** The moment as an answer says it. */
export const answeredAt = ({ effective, recorded, number }: Moment): Answered =>
  ({ effectiveAt: instantOf(effective), recordedAt: instantOf(recorded), number });

/** A part of a WHERE clause with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Cell[];
}

export const allOf = (...conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(' AND '),
  values: conditions.flatMap(({ values }) => values),
});

/**
 * Rectangles that cover the moment. For now the open ends are named, so that the index of standing rows serves; the plus sign keeps SQLite from
 * the index of numbers, which would give it half the table row by row.
 */
export const covering = ({ effective, number, now }: Moment): Condition =>
  now
    ? { sql: `recTo = ${LATEST} AND effTo = ${FOREVER}`, values: [] }
    : { sql: 'effFrom <= ? AND effTo > ? AND +recFrom <= ? AND recTo > ?', values: [effective, effective, number, number] };

/** Rows of this ground. */
export const onGround = ({ area, themes, team, visible }: Ground): Condition =>
  allOf(
    ...(area === null ? [] : [{ sql: 'area = ?', values: [area] }]),
    ...(themes === 0 ? [] : [{ sql: 'themes & ? <> 0', values: [themes] }]),
    ...(team === null ? [] : [{ sql: 'team = ?', values: [team] }]),
    whereVisible(visible),
  );
