export type { LiveNotice, LiveNotices } from './live-notice';
export { MemoryLiveNotices } from './memory';
