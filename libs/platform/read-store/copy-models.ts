import { Worker } from 'node:worker_threads';
import { compiled } from '#platform/settings';
import type { CopiedModel } from './copy-now';
import type { Projection } from './projection';
import { shapeOf } from './schema';

/** Copies a file of read models that may be in use to a new file, in a thread of its own. Rejects when it cannot be copied; what was begun stays. */
export const copyReadModels = (from: string, to: string): Promise<readonly CopiedModel[]> => {
  const worker = new Worker(compiled(require.resolve('./copy-models.thread')), { workerData: { from, to } });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', resolve);
  });
};

/** Whether a copied model has the tables that one of these projections fills; the projector throws away what is none of theirs, and builds the rest. */
export const isModelOf = (projections: readonly Projection[], { name, version, shape }: CopiedModel): boolean =>
  projections.some((projection) => projection.name === name && projection.version === version && shapeOf(projection) === shape);
