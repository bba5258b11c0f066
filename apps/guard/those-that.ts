/** Of these, in their order, those of which it holds. */
export const thoseThat = async <T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<readonly T[]> => {
  const answers = await Promise.all(items.map(holds));
  return items.filter((_, i) => answers[i]);
};
