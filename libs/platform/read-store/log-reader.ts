import type { EventStore } from '#platform/event-store';

/** What read models need of a log: they never append. */
export type LogReader = Pick<EventStore, 'readStream' | 'readAll' | 'subscribe' | 'head' | 'close'>;

/** Opens a reading connection inside a thread or child process, from the text that crossed to it (for the embedded store: the log's path). */
export type OpenLog = (log: string) => Promise<LogReader>;
