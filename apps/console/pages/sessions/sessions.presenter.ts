import type { Session } from '#platform/sign-in';
import type { Page } from '../../rendering/page';
import { counted, formatMoment } from '../../words/format';
import { roleWords } from '../../words/roles';

export interface SessionsInput {
  readonly sessions: readonly Session[];
  readonly token: string;
  /** Whose sessions were ended just now. */
  readonly ended?: string;
  /** Why nothing was ended. */
  readonly error?: string;
  /** What was typed into the form of somebody who has left. */
  readonly left?: string;
  /** The box that is wrong. */
  readonly field?: 'left';
}

/** Who is signed in, for whoever has to end that: numbers and roles, no record. */
export const sessionsPage = ({ sessions, token, ended, error, field, left = '' }: SessionsInput): Page => ({
  view: 'pages/sessions/sessions.njk', title: 'Sessions', section: 'sessions', status: error ? 400 : 200,
  model: {
    heading: `${counted(sessions.length, 'session')} open`, token, ended, error, field, left,
    rows: sessions.map(({ reader: { id, role, team, agency }, opened, idleEndsAt }) => ({ user: id, place: [roleWords(role), team ?? agency].join(', '), opened: formatMoment(opened), ends: formatMoment(idleEndsAt) })),
  },
});
