import type { Page } from '../rendering/page';
import type { Looking } from '../pages/as-at/looking';

/** What a file cannot be made of: a moment that was not read, and what a page would leave out with a notice. Nothing of it is repeated. */
export const downloadFaults = ({ errors }: Pick<Looking, 'errors'>, notices: readonly string[]): readonly string[] => [
  ...errors.map(({ text }) => `${text}.`),
  ...notices.map((notice) => notice.replace('; it was left out.', '.')),
];

/** The page in place of a file that was not made. */
export const noFile = (faults: readonly string[]): Page => ({
  view: 'pages/errors/error.njk', title: 'The file was not made', status: 400,
  model: { heading: 'The file was not made', lines: [...faults, 'Choose area, date and filters on the page, and download the file from there.'] },
});

/** The moment as the name of a file gives it, on its clock; undefined now. An event is named by its number alone. */
export const momentOfName = ({ past, event, clock, carried }: Looking): string | undefined => {
  if (!past || event !== undefined || carried.asAt === undefined) return undefined;
  const moment = carried.asAt.replace(/[^0-9T]/g, '');
  return clock === 'happened' ? `happened-by-${moment}` : `as-at-${moment}`;
};
