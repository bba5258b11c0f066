import crypto from 'node:crypto';
import type { Outgoing } from './outgoing';
import type { PeerLog } from './peer-log';
import type { ReadPlan } from './read-plan';
import { boundsOf, newestRow, readForwards, resolve, rowsAfter } from './reading';
import { toRecorded } from './records';
import type { Recorded } from './records';
import { streamDeleted } from './refusals';
import type { Caller } from './rights';
import type { Room } from './room';
import { encodeCaughtUp, encodeCheckpoint, encodeConfirmation, encodeEvent } from './wire';

const PAGE = 256;
const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume));

/** Follows a stream or the log until the reader leaves. Old and new events come through the same read, so none is lost or comes twice between them. */
export const subscribe = async (room: Room, plan: ReadPlan, caller: Caller, out: Outgoing): Promise<void> => {
  // What is written after this line is noticed, however long the confirmation takes.
  const news = new News(room.log, out);
  try {
    if (plan.stream === undefined) await followAll(room.log, plan, out, news);
    else await followStream(room, plan, plan.stream, caller, out, news);
  } finally {
    news.stop();
  }
};

class News {
  private hasGrown = false;
  readonly stop: () => void;

  constructor(log: PeerLog, private readonly out: Outgoing) {
    this.stop = log.store.onHead(() => {
      this.hasGrown = true;
      out.wake();
    });
  }

  /** What is written from now on counts as new. */
  mark(): void {
    this.hasGrown = false;
  }

  async wait(): Promise<void> {
    while (!this.hasGrown && !this.out.isOver) await this.out.sleep();
    await breathe(); // whoever wrote it has first to unlearn what it changes
  }
}

const sendEvent = async (log: PeerLog, { resolveLinks, isStructured }: ReadPlan, event: Recorded, out: Outgoing): Promise<void> =>
  out.send(encodeEvent(resolveLinks ? await resolve(log, event) : { event }, isStructured));

const confirm = (out: Outgoing): Promise<void> => out.send(encodeConfirmation(crypto.randomUUID()));

const followAll = async (log: PeerLog, plan: ReadPlan, out: Outgoing, news: News): Promise<void> => {
  let row = plan.from === 'start' ? 0 : plan.from === 'end' ? newestRow(log) : plan.from;
  const checkpoints = new Checkpoints(plan, out, row);
  let isLive = false;
  await confirm(out);
  while (!out.isOver) {
    news.mark();
    const events = rowsAfter(log, row, PAGE);
    for (const event of events) {
      if (out.isOver) return;
      if (!plan.filter || plan.filter.passes(event)) await sendEvent(log, plan, event, out);
      row = event.row;
      await checkpoints.consider(row);
    }
    if (events.length > 0) await breathe();
    else if (isLive) await news.wait();
    else {
      await checkpoints.atEnd(row);
      await out.send(encodeCaughtUp());
      isLive = true;
    }
  }
};

/** Tells a filtered subscription from time to time how far the log was looked through. */
class Checkpoints {
  private considered = 0;

  constructor(private readonly plan: ReadPlan, private readonly out: Outgoing, private last: number) {}

  async consider(row: number): Promise<void> {
    if (this.plan.filter && ++this.considered >= this.plan.filter.checkpointEvery) await this.send(row);
  }

  async atEnd(row: number): Promise<void> {
    if (this.plan.filter && row > this.last) await this.send(row);
  }

  private send(row: number): Promise<void> {
    this.considered = 0;
    this.last = row;
    return this.out.send(encodeCheckpoint(row));
  }
}

const followStream = async (room: Room, plan: ReadPlan, stream: string, caller: Caller, out: Outgoing, news: News): Promise<void> => {
  const { log } = room;
  let bounds = await boundsOf(log, stream);
  let at = plan.from === 'start' ? -1 : plan.from === 'end' ? bounds.last : plan.from;
  await confirm(out);
  for (let reached = -2; reached < bounds.last && !out.isOver; bounds = await boundsOf(log, stream)) {
    for await (const event of readForwards(log, stream, at + 1, bounds)) {
      if (out.isOver) return;
      await sendEvent(log, plan, event, out);
    }
    reached = bounds.last;
    at = Math.max(at, reached);
  }
  await out.send(encodeCaughtUp());
  while (!out.isOver) {
    news.mark();
    await room.rights.require(caller, 'read', stream);
    at = await sendNew(log, plan, stream, at, out);
    await news.wait();
  }
};

// What is cut off or deleted just now was there when it was written: whoever listened then gets it.
const sendNew = async (log: PeerLog, plan: ReadPlan, stream: string, after: number, out: Outgoing): Promise<number> => {
  for (let at = after; ;) {
    const { events } = await log.store.readStream(stream, { from: at + 1, limit: PAGE });
    for (const event of events.map(toRecorded)) {
      if (event.isTombstone) throw streamDeleted(stream);
      await sendEvent(log, plan, event, out);
      at = event.revision;
    }
    if (events.length === 0 || out.isOver) return at;
    await breathe();
  }
};
