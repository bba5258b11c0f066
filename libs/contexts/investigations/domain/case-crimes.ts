import type { Crime } from './investigation.events';

export interface CaseCrime {
  /** The first instant (ms) from which it counts. */
  readonly from: number;
  readonly force: string | null;
  readonly reference: string | null;
}

/** Adds a crime in place; the first entry about it tells from when it counts. */
export const addCrime = (crimes: Map<string, CaseCrime>, { crimeId, force, crimeReference }: Crime, from: number): void => {
  if (!crimes.has(crimeId)) crimes.set(crimeId, { from, force: force ?? null, reference: crimeReference ?? null });
};
