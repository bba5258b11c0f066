import { originalOf, isMetastream } from './peer-log';
import type { PeerLog } from './peer-log';
import { toRecorded } from './records';
import type { Recorded } from './records';
import { streamDeleted } from './refusals';

const PAGE = 256;

/** Where a read begins, in a stream by revision, in the log by row. */
export type From = 'start' | 'end' | number;

/** What a reader sees of a stream: its last revision and the first that is not cut off. */
export interface Bounds {
  readonly last: number;
  readonly first: number;
  /** Of the oldest event that is still shown, milliseconds since 1970. */
  readonly since: number;
  /** There is nothing to read from: never written, or deleted. */
  readonly isMissing: boolean;
}

/** @throws Refusal when the stream is tombstoned */
export const boundsOf = async (log: PeerLog, stream: string): Promise<Bounds> => {
  if ((await log.facts(originalOf(stream))).isTombstoned) throw streamDeleted(stream);
  const last = await log.last(stream);
  if (isMetastream(stream)) return { last, first: Math.max(0, last), since: 0, isMissing: last < 0 };
  const { metadata } = await log.facts(stream);
  const cut = metadata?.maxCount === undefined ? 0 : last - metadata.maxCount + 1;
  const since = metadata?.maxAge === undefined ? 0 : Date.now() - metadata.maxAge * 1000;
  return { last, first: Math.max(0, cut, metadata?.truncateBefore ?? 0), since, isMissing: last < 0 || metadata?.isDeleted === true };
};

const isShown = ({ first, since }: Bounds, { revision, created }: Recorded): boolean => revision >= first && created >= since;

export async function* readForwards(log: PeerLog, stream: string, from: From, bounds: Bounds): AsyncGenerator<Recorded> {
  let at = Math.max(bounds.first, from === 'start' ? 0 : from === 'end' ? Infinity : from);
  while (at <= bounds.last) {
    const { events } = await log.store.readStream(stream, { from: at, limit: Math.min(PAGE, bounds.last - at + 1) });
    if (events.length === 0) return;
    for (const event of events.map(toRecorded)) if (isShown(bounds, event)) yield event;
    at += events.length;
  }
}

export async function* readBackwards(log: PeerLog, stream: string, from: From, bounds: Bounds): AsyncGenerator<Recorded> {
  let at = Math.min(bounds.last, from === 'start' ? 0 : from === 'end' ? Infinity : from);
  while (at >= bounds.first) {
    const start = Math.max(bounds.first, at - PAGE + 1);
    const { events } = await log.store.readStream(stream, { from: start, limit: at - start + 1 });
    for (const event of events.map(toRecorded).reverse()) if (isShown(bounds, event)) yield event;
    at = start - 1;
  }
}

/** From a row on, itself included, up to the newest as it is when the read begins. */
export async function* readAllForwards(log: PeerLog, from: From): AsyncGenerator<Recorded> {
  const end = newestRow(log);
  for (let after = from === 'start' ? 0 : from === 'end' ? end : Math.max(0, from - 1); after < end;) {
    for (const event of rowsAfter(log, after, Math.min(PAGE, end - after))) yield event;
    after += PAGE;
  }
}

/** What lies before a row, newest first. */
export async function* readAllBackwards(log: PeerLog, from: From): AsyncGenerator<Recorded> {
  let before = from === 'start' ? 1 : from === 'end' ? newestRow(log) + 1 : from;
  while (before > 1) {
    const after = Math.max(0, before - 1 - PAGE);
    for (const event of rowsAfter(log, after, before - 1 - after).reverse()) yield event;
    before = after + 1;
  }
}

export const newestRow = (log: PeerLog): number => Number(log.store.currentHead().position);

export const rowsAfter = (log: PeerLog, row: number, limit: number): Recorded[] => log.store.page(String(row), limit).events.map(toRecorded);

/** What is sent of an event: itself, or with it the link that led there; the link alone when its target cannot be read. */
export interface Resolved {
  readonly event?: Recorded;
  readonly link?: Recorded;
}

const LINK = /^(\d+)@(.+)$/s;

export const resolve = async (log: PeerLog, event: Recorded): Promise<Resolved> => {
  const [, revision, stream] = (event.type === '$>' && LINK.exec(Buffer.from(event.data).toString('utf8'))) || [];
  if (revision === undefined || stream === undefined) return { event };
  if ((await log.facts(originalOf(stream))).isTombstoned) return { link: event };
  const bounds = await boundsOf(log, stream);
  const target = bounds.isMissing ? undefined : await log.eventAt(stream, Number(revision));
  return { link: event, event: target && isShown(bounds, target) ? target : undefined };
};
