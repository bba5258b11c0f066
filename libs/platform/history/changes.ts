import type { EffectiveAt } from '#kernel';

/** One field that two entries say differently; null where one of them does not have it. */
export interface Change {
  /** Path from the entry, for example `data.area` or `effectiveAt`. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Comparable {
  readonly data: object;
  readonly effectiveAt: EffectiveAt;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fields, one level into the data, in which a correction differs from what it corrects. */
export const changesBetween = (before: Comparable, after: Comparable): readonly Change[] => {
  const [was, is] = [before.data as Record<string, unknown>, after.data as Record<string, unknown>];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  const inData = fields
    .filter((field) => !same(was[field], is[field]))
    .map((field) => ({ field: `data.${field}`, before: was[field] ?? null, after: is[field] ?? null }));
  return same(before.effectiveAt, after.effectiveAt)
    ? inData
    : [{ field: 'effectiveAt', before: before.effectiveAt, after: after.effectiveAt }, ...inData];
};
