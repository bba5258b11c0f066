export { defineProjection } from './projection';
export type { Cell, Patch, Projection, Row, Table } from './projection';
export type { Checkpoint, ProjectionStatus, ReadDatabase, ReadStore, RebuildReport } from './read-store';
