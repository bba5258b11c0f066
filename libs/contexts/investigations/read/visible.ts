import type { Cell } from '#platform/read-store';
import { sensitivities } from '../domain/codes';
import type { Sensitivity } from '../domain/codes';
import type { Condition } from './question';
import { relationNumbered, RELATIONS } from './relation';
import type { Asker, Relation } from './relation';

/** Whether a relation is enough at a sensitivity. Asked for a class the first time, an answer may take a fraction of a millisecond; later next to nothing. */
export type Permitted = (sensitivity: Sensitivity, relation: Relation) => boolean;

/** Who asks, and which relations let them know of an investigation and read it. */
export interface Sight {
  /** Digest of their rights: the same rights, the same key. */
  readonly key: string;
  readonly asker: Asker;
  readonly know: Permitted;
  readonly read: Permitted;
}

/** Which investigations are there for somebody, by the number that opened them: all but a few, or a few alone. `key` is that of their rights. */
export type Visible = { readonly key: string } & (
  | { readonly except: ReadonlySet<number>; readonly only?: never }
  | { readonly only: ReadonlySet<number>; readonly except?: never });

/** Nothing is hidden. */
export const EVERYTHING: Visible = { key: '', except: new Set() };

/** Whether everything there is now may be known; what comes may still be hidden. */
export const isWhole = ({ except }: Visible): boolean => except?.size === 0;

export const isVisible = ({ except, only }: Visible, opener: number): boolean => (only ? only.has(opener) : !except.has(opener));

const listed = (openers: ReadonlySet<number>): readonly Cell[] => [JSON.stringify([...openers])];

/** Rows, by their column `opener`, of investigations that are there for somebody. */
export const whereVisible = ({ except, only }: Visible): Condition => {
  if (only) return { sql: 'opener IN (SELECT value FROM json_each(?))', values: listed(only) };
  return except.size === 0 ? { sql: '1', values: [] } : { sql: 'opener NOT IN (SELECT value FROM json_each(?))', values: listed(except) };
};

const relations = Array.from({ length: RELATIONS }, (_, number) => relationNumbered(number));

/** Whether every relation is enough at this sensitivity. */
export const isOpenAt = (permitted: Permitted, sensitivity: Sensitivity): boolean => relations.every((relation) => permitted(sensitivity, relation));

/** Whether every relation is enough at every sensitivity. The strictest first: with most readers that ends it. */
export const isBoundless = (permitted: Permitted): boolean => sensitivities.toReversed().every((sensitivity) => isOpenAt(permitted, sensitivity));

/** Whether nothing is enough without standing on an access list. */
export const needsList = (permitted: Permitted): boolean =>
  relations.every((relation) => relation.granted || relation.member || !sensitivities.some((sensitivity) => permitted(sensitivity, relation)));
