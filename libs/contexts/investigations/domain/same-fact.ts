import { isSealed, isUnsealed } from '#kernel';

const isPrivate = (value: unknown): boolean => isSealed(value) || isUnsealed(value);

const keysOf = (value: object): string[] => Object.keys(value).filter((key) => (value as Record<string, unknown>)[key] !== undefined);

/** True when two facts say the same in everything that a rule may read: sealed values count as given or not given, never by what they hold. */
export const sameFact = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isPrivate(a) || isPrivate(b)) return isPrivate(a) && isPrivate(b);
  const [keys, others] = [keysOf(a), keysOf(b)];
  return keys.length === others.length
    && keys.every((key) => sameFact((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
};

/** True when a fact holds anything sealed: whether two such facts are the same cannot be told. */
export const hasPrivate = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (isPrivate(value) || Object.values(value).some(hasPrivate));
