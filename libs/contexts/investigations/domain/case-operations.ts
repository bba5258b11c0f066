import { operationKey } from './codes';

const keysIn = (operations: string | null): readonly string[] => operations?.split('\n').filter(Boolean) ?? [];

const asText = (keys: ReadonlySet<string>): string | null => (keys.size === 0 ? null : `\n${[...keys].sort().join('\n')}\n`);

/** How rows write the operations that an investigation belongs to: their keys in order, a line feed before, between and after; null when there are none. */
export const withOperation = (operations: string | null, code: string): string | null => asText(new Set([...keysIn(operations), operationKey(code)]));

export const withoutOperation = (operations: string | null, code: string): string | null =>
  asText(new Set(keysIn(operations).filter((key) => key !== operationKey(code))));
