import type { Reaction } from '#platform/jobs';

/** Everything that the program does by itself after what was recorded. */
export const reactionsOf = (): readonly Reaction[] => [];
