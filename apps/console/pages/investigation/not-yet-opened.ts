import type { Page } from '../../rendering/page';
import { formatMoment } from '../../words/format';
import { pastMark } from '../as-at/looking';
import type { Looking } from '../as-at/looking';

/** The page of an investigation at a moment when there was none yet. */
export const notYetOpened = (reference: string, looking: Looking): Page => ({
  view: 'pages/errors/error.njk', title: 'Not yet opened', section: 'investigations', status: 404,
  past: pastMark(looking, `/investigations/${encodeURIComponent(reference)}`),
  model: { heading: 'Not yet opened', lines: [`This investigation was not in the record at ${formatMoment(looking.at)}. Choose a later date, or return to now.`] },
});
