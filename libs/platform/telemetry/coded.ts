/** Ids, codes, names of types, streams and routes: nothing with blanks, quotes, `?`, `=` or letters that only names have. */
const CODED = /^[\w.:/@{}*-]{1,200}$/;

/** A text that is not plainly a code could hold a name, and is withheld. */
export const coded = (value: string): string => (CODED.test(value) ? value : '[withheld]');
