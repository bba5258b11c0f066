import type { MessagePort } from 'node:worker_threads';
import type { EventStore, Filter, Position, StoredEvent } from '#platform/event-store';

/** What read models need of a log: they never append. */
export interface LogReader extends Pick<EventStore, 'readStream' | 'readAll' | 'subscribe' | 'head' | 'close'> {
  /**
   * The log up to and including a position, one stream after another and each in the order of its revisions; a stream may run over several
   * pages. Left out by stores that cannot read in this order.
   */
  readByStream?(until: Position, options?: { readonly filter?: Filter }): AsyncIterable<readonly StoredEvent[]>;
}

/** Opens a reading connection inside a thread or child process: `heads` tells a thread of new events, a child that only reads has none. */
export type OpenLog = (logFile: string, heads?: MessagePort) => LogReader;
