import type { Change, HistoryEntry } from '#contexts/investigations';
import { standingEntries } from '../investigation/case-view';

type Data = Readonly<Record<string, unknown>>;

/** What an entry of this type replaces: entries with the same key, field by field. */
const keys: Readonly<Record<string, (data: Data) => string>> = {
  InvestigationAllocated: () => 'owner',
  InvestigationReallocated: () => 'owner',
  OutcomeAssigned: ({ crimeId }) => `outcome ${String(crimeId)}`,
  OutcomeReplaced: ({ crimeId }) => `outcome ${String(crimeId)}`,
  InvestigationPlanSet: () => 'plan',
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const between = (before: Data, after: Data): Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !same(before[field], after[field]))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));

/** By event id, what entries changed that take over from an earlier one: owner, outcome, plan. */
export const takeovers = (entries: readonly HistoryEntry[]): ReadonlyMap<string, readonly Change[]> => {
  const last = new Map<string, Data>();
  const found = new Map<string, readonly Change[]>();
  for (const { id, type, data } of standingEntries(entries)) {
    const key = keys[type]?.(data as Data);
    if (key === undefined) continue;
    const before = last.get(key);
    if (before) found.set(id, between(before, data as Data));
    last.set(key, data as Data);
  }
  return found;
};
