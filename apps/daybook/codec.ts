import { investigationShapes, investigationUpcasters } from '#contexts/investigations';
import { EventCodec } from '#platform/event-store';

/** Reads every event type of every shape there ever was, and writes today's. */
export const codec = new EventCodec(investigationUpcasters, investigationShapes);
