import { v5 } from 'uuid';

// Fixed for ever: every id derived from a name depends on it.
const DAYBOOK = 'b6a1f1f4-6a0f-5c3e-9a57-3f6f0c4f9b1d';

/** The UUIDv5 of these parts; the same parts give the same id on every machine. */
export const idFrom = (...parts: readonly string[]): string => v5(JSON.stringify(parts), DAYBOOK);

/** A resent command makes events with the same ids. */
export const eventId = (commandId: string, stream: string, ordinal: number): string =>
  v5(`${stream}\n${ordinal}`, commandId);
