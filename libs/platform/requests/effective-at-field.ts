import { MalformedError, parseEffectiveAt } from '#kernel';

const FIELDS = new Set(['precision', 'from', 'to', 'about']);

/** What is wrong with a date as somebody sent it, with the path of the part concerned; undefined when nothing is. */
export const effectiveAtFault = (value: unknown, path: string): { readonly field: string; readonly rule: string } | undefined => {
  const unknown = typeof value === 'object' && value !== null ? Object.keys(value).find((key) => !FIELDS.has(key)) : undefined;
  if (unknown !== undefined) return { field: `${path}.${unknown}`, rule: 'is not a field of a date' };
  try {
    parseEffectiveAt(value, path);
    return undefined;
  } catch (error) {
    if (error instanceof MalformedError) return error;
    throw error;
  }
};
