import { investigationProjections } from '#contexts/investigations';
import { nominalProjections } from '#contexts/nominals';
import { oversightProjections } from '#contexts/oversight';
import type { Projection } from '#platform/read-store';

/** Every read model of the program; the live projector and a rebuild run the same list. */
export const projections: readonly Projection[] = [...investigationProjections, ...nominalProjections, ...oversightProjections];
