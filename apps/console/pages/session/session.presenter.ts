import type { InventedUser, Session, StrangerReason } from '#platform/sign-in';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { formatMoment } from '../../words/format';
import { roleWords } from '../../words/roles';

interface Notice {
  readonly title: string;
  readonly lines: readonly string[];
  readonly action?: { readonly text: string; readonly href: string };
  readonly status?: number;
}

const noticePage = ({ title, lines, action, status = 200 }: Notice): Page =>
  ({ view: 'pages/session/notice.njk', title, status, bare: true, model: { heading: title, lines, action } });

const signInAt = (returnTo: string): string => address('/sign-in', { return: returnTo === '/' ? undefined : returnTo });

/** Before somebody signs in: what they are about to enter, and that it is watched. */
export const signInPage = (returnTo: string): Page => noticePage({
  title: 'Sign in to Daybook',
  lines: [
    'Daybook holds personal data about children, victims and suspects. Look only at what you need for a policing purpose.',
    'What you look at is recorded, with your name, the time and the reason you give.',
  ],
  action: { text: 'Sign in', href: address('/sign-in/start', { return: returnTo === '/' ? undefined : returnTo }) },
});

export const signedOutPage = (): Page =>
  noticePage({ title: 'You are signed out', lines: ['Close the browser if others use this machine.'], action: { text: 'Sign in again', href: '/sign-in' } });

/** While the browser goes on to the identity provider, to end its session too. */
export const signingOutPage = (href: string): Page =>
  noticePage({ title: 'You are signed out of Daybook', lines: ['Your identity provider is told to sign you out as well.'], action: { text: 'Go on', href } });

export const timedOutPage = (returnTo: string): Page => noticePage({
  title: 'You were signed out',
  lines: ['Daybook signs you out when you have not used it for some time, and at the end of a day’s work. What you had sent in a form before is kept.'],
  action: { text: 'Sign in again', href: signInAt(returnTo) },
});

const strangerLines: Readonly<Record<StrangerReason, string>> = {
  NO_RULE: 'Your identity provider knows you, but Daybook has no role for you.',
  ONE_FACTOR: 'Daybook lets in only those who have proved who they are in two ways, such as a password and a code.',
  NOT_OURS: 'The sign-in took too long, or began in another browser.',
  NOT_FRESH: 'You were asked to prove again who you are, and your identity provider did not ask you.',
};

/** Somebody whom the identity provider sent back and who is not let in. */
export const strangerPage = (reason: StrangerReason, contact: string | undefined): Page => noticePage({
  title: reason === 'NOT_OURS' ? 'Sign in again' : 'You cannot be signed in',
  lines: [strangerLines[reason], ...(reason === 'NOT_OURS' ? [] : [`Ask ${contact ?? 'the people who run Daybook for you'}.`])],
  action: { text: 'Sign in again', href: '/sign-in' },
  status: 403,
});

/** The users of a sample or trial folder, to be chosen from. */
export const choicePage = (users: readonly InventedUser[], action: string): Page => ({
  view: 'pages/session/choice.njk', title: 'Choose a user', bare: true,
  model: { action, users: users.map(({ id, name, role, agency, team }) => ({ id, name, role: roleWords(role), team: team ?? agency })) },
});

/** Who is signed in here, and where else. */
export const accountPage = (sessions: readonly Session[], own: string, token: string): Page => ({
  view: 'pages/session/account.njk', title: 'Your sessions',
  model: {
    token,
    sessions: sessions.map(({ reader, opened, idleEndsAt, endsAt }) => ({ here: reader.session === own, opened: formatMoment(opened), idleEndsAt: formatMoment(idleEndsAt), endsAt: formatMoment(endsAt) })),
  },
});
