import { formatNumber } from './format';

/** The bands in their fixed order, as the pages name them, with the value that addresses use. */
export const bandWords = [
  { from: 0, wait: '0-28', address: '0-28', text: '0 to 28 days' },
  { from: 29, wait: '29-56', address: '29-56', text: '29 to 56 days' },
  { from: 57, wait: '57-84', address: '57-84', text: '57 to 84 days' },
  { from: 85, wait: '85+', address: 'over-84', text: 'Over 12 weeks' },
] as const;

/** The four headline figures, as the pages name them. */
export const headlineWords = {
  active: 'Active investigations',
  noSuspectIdentified: 'Active with no suspect identified',
  suspectOutstanding: 'Active with suspects outstanding',
  suspectOutstandingOverThreshold: 'Active with a suspect over 12 weeks',
} as const;

/** One line of change against four weeks before. */
export const changeWords = (now: number, before: number): string => {
  if (now === before) return 'Same as 28 days ago';
  const difference = formatNumber(Math.abs(now - before));
  return now > before ? `${difference} more than 28 days ago` : `${difference} fewer than 28 days ago`;
};

/** How an area is spoken of. */
export const areaWords = (area: string): string => (area === 'all' ? 'all areas' : area);
