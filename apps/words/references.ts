/** What to say of a reference that names several records, instead of that there is none. */
export const ambiguousReference = (references: readonly string[]): string =>
  `That reference stands on ${references.length} investigations: ${references.slice(0, -1).join(', ')} and ${references.at(-1)!}. Choose one of these`;
