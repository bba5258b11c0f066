export { openStaging } from './staging';
export type { StagedGroup, Staging } from './staging';
