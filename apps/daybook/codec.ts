import { EventCodec } from '#platform/event-store';

/** Reads every event type of every shape there ever was. No type is past its first shape yet, so there is nothing to turn into today's. */
export const codec = new EventCodec();
