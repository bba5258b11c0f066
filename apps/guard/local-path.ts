/** An address of this program to go on to, with nothing that leads elsewhere; `/` for anything else. */
export const localPath = (text: string): string => (/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) && text.length <= 2_000 ? text : '/');
