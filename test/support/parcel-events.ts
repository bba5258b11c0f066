import { randomUUID } from 'node:crypto';
import { instantOf } from '#kernel';
import type { EventToAppend } from '#platform/event-store';

const bytes = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

/** The envelope of a toy event, as bytes. `at`: when it was recorded, ms. */
export const envelope = (at = 0, v = 1): Uint8Array =>
  bytes({ effectiveAt: { precision: 'unknown' }, recordedAt: instantOf(at), v });

/** A toy event on its way into a store. */
export const parcelEvent = (type: string, data: object = {}, at?: number): EventToAppend =>
  ({ id: randomUUID(), type, data: bytes(data), metadata: envelope(at) });

export const sent = (place: string, at?: number): EventToAppend => parcelEvent('ParcelSent', { place }, at);
export const moved = (place: string, at?: number): EventToAppend => parcelEvent('ParcelMoved', { place }, at);
export const lost = (at?: number): EventToAppend => parcelEvent('ParcelLost', {}, at);
export const garbled = (): EventToAppend => ({ ...moved('x'), data: Buffer.from('{"place":"x"') });
