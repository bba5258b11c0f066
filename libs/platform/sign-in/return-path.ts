import { localPath } from './local-path';

/** Where nobody is sent back to: pages of sign-in itself, and what is not a page. */
const notAPage = /^\/(sign-in|sign-out|sign-out-everywhere|signed-out|timed-out|session|identity|api|health|assets)(\/|\?|$)/;

/** The address of ours that a text asks to be sent back to; `/` for any address that is not one of our pages. */
export const returnPath = (asked: unknown): string => {
  if (typeof asked !== 'string' || localPath(asked, '') === '') return '/';
  const here = 'http://here.invalid';
  if (!URL.canParse(asked, here)) return '/';
  const url = new URL(asked, here);
  if (url.origin !== here || url.pathname.startsWith('//')) return '/';
  const path = `${url.pathname}${url.search}`;
  return notAPage.test(path) ? '/' : path;
};
