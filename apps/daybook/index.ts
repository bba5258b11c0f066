export { openDaybook } from './compose';
export type { Daybook, OpenOptions } from './compose';
export { sampleMark, samples, withSample } from './sample/with-sample';
export { serve, stopOnSignals } from './serve';
export type { RunningServer } from './serve';
