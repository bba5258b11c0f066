import type { Page } from '../../rendering/page';
import { errorWordsOf } from '../../words/errors';

/** The page of an HTTP error; `instance` names the fault in the log. */
export const errorPage = (status: number, instance?: string, lines: readonly string[] = []): Page => {
  const words = errorWordsOf(status);
  return { view: 'pages/errors/error.njk', title: words.title, status, model: { heading: words.title, lines: [...words.lines, ...lines], instance } };
};
