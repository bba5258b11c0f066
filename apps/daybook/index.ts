export { openDaybook } from './compose';
export type { Daybook, OpenOptions, Unread } from './compose';
export { fillSample, sampleMark, samples } from './sample/with-sample';
export { serve, stopOnSignals } from './serve';
export type { RunningServer } from './serve';
