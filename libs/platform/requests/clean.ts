import type { InvalidEntry } from './invalid-request';

const DEPTH = 12;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const text = (value: string, field: string, faults: InvalidEntry[]): string | undefined => {
  if (value.includes('\0') || LONE_SURROGATE.test(value)) {
    faults.push({ field, message: `${field} must not contain NUL or broken characters` });
    return undefined;
  }
  return value.normalize('NFC').trim() || undefined;
};

const plainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const walk = (value: unknown, field: string, depth: number, faults: InvalidEntry[]): unknown => {
  if (typeof value === 'string') return text(value, field, faults);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (depth > DEPTH) {
    faults.push({ field, message: `${field} is nested too deeply` });
    return undefined;
  }
  if (Array.isArray(value)) return value.map((item, i) => walk(item, `${field}[${i}]`, depth + 1, faults) ?? '');
  if (!plainObject(value)) return value;
  const ours = Object.entries(value).filter(([key]) => key !== '__proto__');
  if (ours.length < Object.keys(value).length) faults.push({ field: '__proto__', message: '__proto__ is not a field of this request' });
  const entries = ours.map(([key, item]) => [key, walk(item, field ? `${field}.${key}` : key, depth + 1, faults)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
};

/**
 * A copy of what was sent with every string in NFC and trimmed; empty strings and nulls count as not given.
 * The entries name strings that hold NUL or half a surrogate pair, and branches nested more than twelve deep.
 */
export const cleaned = (plain: unknown): { readonly value: unknown; readonly faults: readonly InvalidEntry[] } => {
  const faults: InvalidEntry[] = [];
  return { value: walk(plain, '', 0, faults), faults };
};
