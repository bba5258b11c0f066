export { bringFiles } from './bring-snapshot';
export { readSnapshot } from './manifest';
export type { Snapshot, SnapshotFile } from './manifest';
export { restoreSnapshot } from './restore-snapshot';
export { takeSnapshot } from './take-snapshot';
export type { SnapshotSources } from './take-snapshot';
