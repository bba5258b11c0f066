import type { InvestigationItem } from '#contexts/investigations';
import type { Page } from '../../rendering/page';

export interface RestrictedInput {
  readonly item: InvestigationItem;
  /** Where access can be taken in an emergency; absent where this reader may not. */
  readonly breakGlass?: string;
}

/** A record exists that this reader may not read: who can be asked, and nothing else of it. */
export const restrictedPage = ({ item: { reference, officer, team, area }, breakGlass }: RestrictedInput): Page => ({
  view: 'pages/restricted/restricted.njk', title: `${reference}: restricted`, section: 'investigations', status: 403,
  model: {
    heading: `Access to ${reference} is restricted`,
    rows: [{ key: 'Officer in the case', value: officer ?? 'Not allocated' }, { key: 'Team', value: team ?? 'No team' }, { key: 'Area', value: area }],
    breakGlass,
  },
});
