const LONGEST = 2_000;

/** An address of this program to go on to, with nothing that leads elsewhere; `otherwise` for anything else. */
export const localPath = (text: string, otherwise = '/'): string =>
  (text.length <= LONGEST && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) ? text : otherwise);
