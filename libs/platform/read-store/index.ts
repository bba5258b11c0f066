export type { LogReader, OpenLog } from './log-reader';
export { openReadStore } from './open-read-store';
export type { ReadAlarm, ReadStoreOptions } from './open-read-store';
export { defineProjection } from './projection';
export type { Cell, Patch, Projection, Row, Table } from './projection';
export { runProjectorThread } from './projector-thread';
export type { ProjectorThreadOptions } from './projector-thread';
export type { Checkpoint, ProjectionStatus, ReadDatabase, ReadStore, RebuildReport } from './read-store';
export { runRebuildChild } from './rebuild-child';
