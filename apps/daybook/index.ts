export { openDaybook } from './compose';
export type { Daybook, OpenOptions, Unread } from './compose';
export { makeDataFolder } from './data-folder';
export { fillSample, sampleMark, samples } from './sample/with-sample';
export { parts } from './parts';
export type { Part } from './parts';
export { serve, stopOnSignals } from './serve';
export type { RunningServer } from './serve';
