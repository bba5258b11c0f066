import type { EventToAppend } from '../../../libs/platform/event-store';

/** The events of one batch; the same numbers give the same events. */
export declare const batchOf: (run: number, batch: number, count: number, bytes?: number) => EventToAppend[];
