import type { Page } from '../../rendering/page';
import { errorWordsOf } from '../../words/errors';

/** The page of an HTTP error; `instance` names the fault in the log. */
export const errorPage = (status: number, instance?: string, lines: readonly string[] = []): Page => {
  const words = errorWordsOf(status);
  return { view: 'pages/errors/error.njk', title: words.title, status, model: { heading: words.title, lines: [...words.lines, ...lines], instance } };
};

/** In the place of what is about somebody whose data may not be processed now (DPA 2018 ss.46 to 48). */
export const processingRestrictedPage = (): Page => ({
  view: 'pages/errors/error.njk', title: 'Processing is restricted', status: 403,
  model: {
    heading: 'Processing of this person’s data is restricted',
    lines: ['Only disclosure officers, auditors and professional standards read their record, and nothing is recorded of them while it is.', 'Ask the disclosure unit. That you asked for it is on record.'],
  },
});

/** Whoever is signed in may not do this, or not with this record. */
export const notAllowedPage = (): Page => ({
  view: 'pages/errors/error.njk', title: 'You may not do this', status: 403,
  model: {
    heading: 'You may not do this',
    lines: ['Your role does not let you do this, or not with a record that is not yours or your team’s. Nothing was recorded but that you asked.', 'If your work needs it, ask the supervisor of the record.'],
  },
});
