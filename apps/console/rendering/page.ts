import type { PastMark } from '../pages/as-at/looking';

export type Section = 'dashboard' | 'my-work' | 'investigations' | 'suspects' | 'people' | 'retention' | 'audit' | 'sessions' | 'jobs' | 'help';

/** What a page shows of the ledger, so that a script can say when there is more. */
export interface LivePage {
  /** `figures`, `list`, or one record as `recordTopic` names it. */
  readonly topic: string;
  /** Number of the last event that it shows. */
  readonly since: number;
  /** Address that shows the newest. */
  readonly update: string;
}

/** What a presenter makes: one view with its model, ready to be rendered. */
export interface Page {
  /** File of the view, for example `pages/dashboard/dashboard.njk`. */
  readonly view: string;
  /** Of the browser tab: references only, never a name. */
  readonly title: string;
  readonly section?: Section;
  /** HTTP status; 200 when not given. */
  readonly status?: number;
  /** Set while the page shows a moment in the past. */
  readonly past?: PastMark;
  /** `Ledger event 48,213.` for the print stamp. */
  readonly counted?: string;
  /** Set on pages of now that grow as events are recorded; never on one of the past. */
  readonly live?: LivePage;
  /** Set on pages for whoever is not signed in: no menu, no user. */
  readonly bare?: true;
  readonly model: object;
}
