const wordsOf = (name: string): string =>
  name.normalize('NFKD').toLowerCase().replace(/[\p{M}'’ʼ]/gu, '').split(/[^\p{L}\p{N}]+/u).filter(Boolean).sort().join(' ');

/** True when two names are written alike: capitals, accents, punctuation and the order of the names make no difference. */
export const sameName = (a: string, b: string): boolean => wordsOf(a) !== '' && wordsOf(a) === wordsOf(b);
