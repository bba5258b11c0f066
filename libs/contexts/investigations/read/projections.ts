import type { Projection } from '#platform/read-store';
import { investigationProjections as investigations } from './investigation.projection';
import { personCases } from './person-cases.projection';

/** Every read model over investigations. */
export const investigationProjections: readonly Projection[] = [...investigations, personCases];
