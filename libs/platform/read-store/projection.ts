import type { RecordedEvent } from '#kernel';

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

export interface Table {
  readonly name: string;
  /** Column name to SQLite type and constraints, in order. */
  readonly columns: Readonly<Record<string, 'TEXT' | 'INTEGER' | 'TEXT NOT NULL' | 'INTEGER NOT NULL'>>;
  readonly key: readonly string[];
  /** `CREATE INDEX` bodies, for example `(area, status) WHERE active = 1`. */
  readonly indexes?: readonly string[];
}

/** Sets one keyed row whole, or takes it away. Never adds to what is there, so that a repeat changes nothing. */
export type Patch =
  | { readonly table: string; readonly set: Row }
  | { readonly table: string; readonly unset: Row };

/** In the place of a category: every category of the log. */
export const EVERY_CATEGORY = '*';

/**
 * A read model that follows the streams of one category, or of every one, each stream on its own. `S` is what it remembers of one stream; it may be dropped at any
 * time and made again by applying the stream's events from the first. `apply` may change `S` in place, reads nothing else, and never rejects
 * a recorded fact; the live projector, a rebuild and an import all go through it.
 */
export interface Projection<S = unknown> {
  readonly name: string;
  /** Raise it and the tables are rebuilt from the first event. */
  readonly version: number;
  readonly category: string;
  /** Remembers nothing of a stream: no state is kept, and none is made again from the log. */
  readonly stateless?: true;
  /** The event types it knows. One that it does not know was written by a newer program and parks the stream; absent: `apply` judges. */
  readonly types?: readonly string[];
  readonly tables: readonly Table[];
  open(stream: string): S;
  apply(state: S, event: RecordedEvent): readonly Patch[];
}

/** Whether a projection follows streams of this category. */
export const follows = ({ category }: Pick<Projection, 'category'>, streams: string): boolean => category === streams || category === EVERY_CATEGORY;

/** Fixes the type of what the projection remembers. */
export const defineProjection = <S>(projection: Projection<S>): Projection<S> => projection;
