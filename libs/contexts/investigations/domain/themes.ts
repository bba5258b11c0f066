import { exploitationTypes } from './codes';
import type { ExploitationType } from './codes';

/** One bit a theme, in the order of `exploitationTypes` (which only ever grows at its end). */
export const themesMask = (themes: readonly ExploitationType[]): number =>
  exploitationTypes.reduce((mask, theme, bit) => (themes.includes(theme) ? mask | (1 << bit) : mask), 0);

/** The themes of a mask, in the order of `exploitationTypes`. */
export const themesOf = (mask: number): ExploitationType[] => exploitationTypes.filter((_, bit) => (mask & (1 << bit)) !== 0);
