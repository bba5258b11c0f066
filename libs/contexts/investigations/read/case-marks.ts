import type { CaseLink } from '../domain/case-link';
import { openCase } from '../domain/case-state';
import type { CaseCrime } from '../domain/case-crimes';
import type { CaseState } from '../domain/case-state';

/** How a case stood after so many of its entries in effective order: where a redrawing can begin, and where it may end. Never changed. */
export interface Mark {
  readonly after: number;
  /** Without its crimes: those that were recorded by then are the first so many of all. */
  readonly state: CaseState;
  readonly crimes: number;
}

const LEAST = 8;

const copyOf = (state: CaseState, crimes: Map<string, CaseCrime>): CaseState =>
  ({ ...state, links: new Map([...state.links].map(([id, link]) => [id, { ...link }])), crimes });

/** Notes the state after `after` entries, when the last mark is far enough: further apart where there is more to note, so that marks take no more room than the entries. */
export const markWhenDue = (marks: Mark[], after: number, state: CaseState): void => {
  if (after - (marks.at(-1)?.after ?? 0) < Math.max(LEAST, state.links.size)) return;
  marks.push({ after, state: copyOf(state, new Map()), crimes: state.crimes.size });
};

/** A state of one's own as it was at a mark; the opening state without one. */
export const stateAt = (mark: Mark | undefined, crimes: ReadonlyMap<string, CaseCrime>): CaseState =>
  (mark ? copyOf(mark.state, new Map([...crimes].slice(0, mark.crimes))) : openCase());

const alike = (a: object, b: object, leftOut: readonly string[]): boolean =>
  (Object.keys(a) as (keyof typeof a)[]).every((key) => leftOut.includes(key) || a[key] === b[key]);

const sameLink = (a: CaseLink, b: CaseLink | undefined): boolean => {
  if (!b || !alike(a, b, ['episode'])) return false;
  return a.episode === b.episode || (a.episode !== null && b.episode !== null && alike(a.episode, b.episode, []));
};

/** Whether the same entries on top come to the same, crimes left aside. */
export const sameState = (a: CaseState, b: CaseState): boolean =>
  alike(a, b, ['links', 'crimes']) && a.links.size === b.links.size && [...a.links].every(([id, link]) => sameLink(link, b.links.get(id)));
