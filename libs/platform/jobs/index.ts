export { inProcessJobs } from './adapters/in-process';
export type { JobsOptions } from './adapters/in-process';
export { jobId } from './job';
export type { Due, Job } from './job';
export type { DeadLetter, JobCounts, Jobs, JobsHealth, JobsTrouble, RunningJob } from './jobs';
export type { Doing, DueQuestion, Progress, Reaction } from './reaction';
export { Reconciler } from './reconciler';
export type { ReconcilerLag } from './reconciler';
