import { statusOf } from './oracle';
import type { Expected } from './oracle';
import type { SignedIn } from './signed-in';
import type { Made } from './standing-records';

/** What an answer says of who asked. */
export type Verdict = Expected | 'REASON_NEEDED' | 'NOT_SIGNED_IN' | 'STEP_UP_NEEDED' | 'FAULT';

interface Came {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly text?: string;
}

/** Of a form that was opened, its own complaint of the token that was not sent with it. */
const FORM = 'Nothing was recorded; check your answers and continue';

const redirects: readonly (readonly [RegExp, Verdict])[] = [
  [/^\/sign-in\/start\?fresh/, 'STEP_UP_NEEDED'], [/^\/sign-in(\?|$)/, 'NOT_SIGNED_IN'], [/^\/access-reason\?/, 'REASON_NEEDED'], [/^\/restricted\?/, 'FORBIDDEN'],
];

/** What an answer says of whether somebody was let in. Whoever was let in may still be told that what they sent is malformed or against a rule. */
export const verdictOf = ({ status, headers, body, text = '' }: Came): Verdict => {
  const { code } = (body ?? {}) as { readonly code?: string };
  if (code === 'REASON_NEEDED' || code === 'STEP_UP_NEEDED') return code;
  if (status === 302 || status === 303) return redirects.find(([to]) => to.test(String(headers.location)))?.[1] ?? 'PERMIT';
  if (status >= 500) return 'FAULT';
  if (text.includes(FORM)) return 'PERMIT';
  return (Object.keys(statusOf) as (keyof typeof statusOf)[]).filter((each) => each !== 'UNKNOWN').find((each) => statusOf[each] === status) as Verdict | undefined ?? 'PERMIT';
};

const names: Readonly<Record<string, (one: Made) => string>> = {
  code: ({ operation }) => encodeURIComponent(operation ?? 'CLOVER'), id: ({ id }) => id, ref: ({ id }) => id, linkId: ({ linkId }) => linkId, reference: ({ number }) => `INV-${number}`, number: ({ number }) => String(number),
};
const queryOf = (route: string, { number, linkId, grant }: Made): string => {
  if (route.endsWith('/access/withdraw')) return `?grant=${grant}`;
  if (route.endsWith('/corrections/new')) return `?event=${number}`;
  if (/ \/(restricted|break-glass)(\/|$)/.test(route)) return `?named=INV-${number}`;
  if (route.endsWith('/could-see')) return '?on=2026-01-01';
  return route.endsWith('/record/:task') ? `?link=${linkId}` : '';
};
/** The address of a route over a record; without one, over nothing. `task`: what a form is about. */
export const addressOf = (route: string, one?: Made, task = /\/people\//.test(route) ? 'correct' : 'plan'): string => {
  const path = route.slice(route.indexOf(' ') + 1);
  const person = /\/people\/:/.test(route);
  const value = (name: string): string => {
    if (name === 'task') return task;
    if (name === 'user') return 'DC%202235';
    if (!one) return 'x';
    if (route.includes('/break-glass/:id')) return one.broken ?? one.id;
    if (person) return name === 'reference' ? `PER-${one.person.number}` : one.person.id;
    return names[name]!(one);
  };
  return `${path.replaceAll(/:(\w+)/g, (_, name: string) => value(name))}${one ? queryOf(route, one) : ''}`;
};

/** Asks, with a body that no command takes, so that nothing is recorded by whoever is let in. */
export const asked = async (desk: SignedIn, user: string, route: string, url: string, reason = true): Promise<Verdict> => {
  const method = route.startsWith('POST ') ? 'POST' : 'GET';
  const came = await desk.ask(user, method, url, { reason, ...(method === 'POST' && { body: { unheardOf: true } }) });
  const event = /^\/events\/\d+$/.exec(String(came.headers.location))?.[0];
  return verdictOf(event === undefined ? came : await desk.ask(user, 'GET', event, { reason }));
};

/** Whoever looks at who looked says for what, once a session; before that everybody is asked, whatever they name. */
export const saysWhy = async (desk: SignedIn, user: string): Promise<void> => {
  const { text } = await desk.ask(user, 'GET', '/investigations/INV-999999/views');
  const token = /name="token" value="([^"]+)"/.exec(text.slice(text.indexOf('/audit/purpose')))![1]!;
  await desk.ask(user, 'POST', '/audit/purpose', { body: { token, to: '/account', purpose: 'LAWFULNESS' } });
};
