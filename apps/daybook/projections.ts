import { investigationProjections } from '#contexts/investigations';
import { nominalProjections } from '#contexts/nominals';
import { looksProjection, oversightProjections, userActs } from '#contexts/oversight';
import type { Projection } from '#platform/read-store';

/** Every read model of the ledger; the live projector and a rebuild run the same list. */
export const projections: readonly Projection[] = [...investigationProjections, ...nominalProjections, ...oversightProjections, userActs as Projection];

/** Every read model of the log of looks. */
export const lookProjections: readonly Projection[] = [looksProjection as Projection];
