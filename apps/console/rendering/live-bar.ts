import type { Page } from './page';
import type { UserBar } from './user-bar';

const words = (topic: string): string => {
  if (topic === 'figures') return 'Update the figures';
  return topic === 'list' ? 'Update the list' : 'Update this page';
};

/** The place at which a script says that there is more; without a session, and in the past, there is none. */
export const liveBar = ({ live, past }: Pick<Page, 'live' | 'past'>, user: UserBar | undefined) =>
  (live && !past && user?.session ? { topic: live.topic, since: live.since, href: live.update, words: words(live.topic), channel: user.session.channel } : undefined);
