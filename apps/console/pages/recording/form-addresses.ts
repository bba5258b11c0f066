import type { FormTicket } from './form-token';

/** The pages of a form after it was sent; the form itself has no name. */
export type FormPageName = 'check' | 'doubt' | 'conflict' | 'nothing';

/** Where one form of one browser shows a page. */
export const formAddress = (path: string, { place }: Pick<FormTicket, 'place'>, page?: FormPageName): string =>
  `${path}${path.includes('?') ? '&' : '?'}form=${place}${page ? `&page=${page}` : ''}`;

/** Where it is said what a form recorded. */
export const recordedAddress = (number: number, { place }: Pick<FormTicket, 'place'>): string => `/recorded/${number}?form=${place}`;
