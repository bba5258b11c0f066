import crypto from 'node:crypto';

// Fixed for ever: every id derived from a name depends on it.
const DAYBOOK = Buffer.from('b6a1f1f46a0f5c3e9a573f6f0c4f9b1d', 'hex');

// RFC 9562 section 5.5. Written out because ids are derived several times an event, and the package parses its namespace each time.
const uuid5 = (namespace: Uint8Array, name: string): string => {
  const hex = crypto.hash('sha1', Buffer.concat([namespace, Buffer.from(name, 'utf8')]));
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The UUIDv5 of these parts; the same parts give the same id on every machine. */
export const idFrom = (...parts: readonly string[]): string => uuid5(DAYBOOK, JSON.stringify(parts));

/** A resent command makes events with the same ids. */
export const eventId = (commandId: string, stream: string, ordinal: number): string =>
  uuid5(Buffer.from(commandId.replaceAll('-', ''), 'hex'), `${stream}\n${ordinal}`);
