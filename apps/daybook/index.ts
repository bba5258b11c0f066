export { openDaybook } from './compose';
export type { Daybook, OpenOptions } from './compose';
export { serve, stopOnSignals } from './serve';
export type { RunningServer } from './serve';
export { createServer } from './server';
