import type { Sensitivity } from '#contexts/investigations';
import { handlingWords } from '../words/codes';
import { formatMoment } from '../words/format';
import type { Assets } from './environment';
import type { MenuEntry } from './menu';
import { liveBar } from './live-bar';
import type { Page } from './page';
import type { UserBar } from './user-bar';

/** What a data folder is: decided when it was made, for good. */
export type FolderKind = 'sample' | 'trial' | 'live';

export interface Surroundings {
  readonly assets: Assets;
  readonly folderKind: FolderKind;
  /** Milliseconds, of the folder's own clock. */
  readonly now: number;
  readonly nonce: string;
  /** Who reads it; absent when nobody is signed in. */
  readonly user?: UserBar;
  /** What this reader may open. */
  readonly menu: readonly MenuEntry[];
  /** Of the investigation that the page is about. */
  readonly sensitivity?: Sensitivity;
}

const folderNames: Record<FolderKind, string> = {
  sample: 'Sample with its own clock', trial: 'Trial data folder', live: 'Live data folder',
};

/** What surrounds every page: marking, navigation, notices and the stamp for print. */
export const shellOf = (page: Pick<Page, 'section' | 'past' | 'counted' | 'bare' | 'live'>, { assets, folderKind, now, nonce, user, menu, sensitivity }: Surroundings) => ({
  assets,
  nonce,
  marking: 'OFFICIAL-SENSITIVE',
  handling: 'policing purposes only, do not forward',
  shielded: sensitivity && handlingWords[sensitivity],
  bare: page.bare === true,
  user: page.bare ? undefined : user,
  navigation: page.bare ? [] : menu.map(({ id, text, href }) => ({ text, href, active: id === page.section })),
  folder: folderKind === 'sample' ? `${folderNames.sample}: ${formatMoment(now)}` : folderNames[folderKind],
  invented: folderKind === 'sample',
  past: page.past,
  live: liveBar(page, user),
  printed: formatMoment(now),
  counted: page.counted ?? '',
});
