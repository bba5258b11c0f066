import { THRESHOLD_DAYS } from '../domain/codes';

/** Days outstanding, both ends included; the last band is open. */
export const bands = [
  { from: 0, to: 28 },
  { from: 29, to: 56 },
  { from: 57, to: 84 },
  { from: 85, to: null },
] as const;

export { THRESHOLD_DAYS };

/** Place in `bands` of a wait of so many days. */
export const bandOf = (days: number): number => (days <= 28 ? 0 : days <= 56 ? 1 : days <= THRESHOLD_DAYS ? 2 : 3);

/** Place in `bands` of a band as it is written, `57-84` or `85+`; -1 when there is none such. */
export const bandNamed = (name: string): number => bands.findIndex(({ from, to }) => name === (to === null ? `${from}+` : `${from}-${to}`));

/**
 * Of starts, as London days: those in the band at place `band` on London day `today`, both ends included. Age is the local date of the moment
 * less the local date of the start, so a band moves at London midnight.
 */
export const startsInBand = (band: number, today: number): { readonly earliest: number; readonly latest: number } => {
  const { from, to } = bands[band]!;
  // A start that lies after the moment cannot be; were there one, it would count as of today.
  return { earliest: to === null ? Number.MIN_SAFE_INTEGER : today - to, latest: from === 0 ? Number.MAX_SAFE_INTEGER : today - from };
};
