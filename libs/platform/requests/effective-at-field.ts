import { MalformedError, parseEffectiveAt } from '#kernel';

const EARLIEST = '1900';
const FIELDS = new Set(['precision', 'from', 'to', 'about']);

/** What is wrong with a date as somebody sent it, with the path of the part concerned; undefined when nothing is. */
export const effectiveAtFault = (value: unknown, path: string): { readonly field: string; readonly rule: string } | undefined => {
  const unknown = typeof value === 'object' && value !== null ? Object.keys(value).find((key) => !FIELDS.has(key)) : undefined;
  if (unknown !== undefined) return { field: `${path}.${unknown}`, rule: 'is not a field of a date' };
  try {
    const { from } = parseEffectiveAt(value, path);
    // Nobody records what was done before there were records: a slip of the keys, such as 1066.
    return from !== undefined && from < EARLIEST ? { field: `${path}.from`, rule: `must be in the year ${EARLIEST} or later` } : undefined;
  } catch (error) {
    if (error instanceof MalformedError) return error;
    throw error;
  }
};
