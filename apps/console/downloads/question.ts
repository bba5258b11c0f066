import type { Looking } from '../pages/as-at/looking';

/** What a file cannot be made of: a moment that was not read, and what a page would leave out with a notice. Nothing of it is repeated. */
export const downloadFaults = ({ errors }: Pick<Looking, 'errors'>, notices: readonly string[]): readonly string[] => [
  ...errors.map(({ text }) => `${text}.`),
  ...notices.map((notice) => notice.replace('; it was left out.', '.')),
];

/** The moment as the name of a file gives it; undefined now. An event is named by its number alone. */
export const momentOfName = ({ past, event, carried }: Looking): string | undefined => (past && event === undefined ? carried.asAt : undefined);
