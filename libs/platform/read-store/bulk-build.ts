import type { Database } from 'better-sqlite3';
import { categoryOf } from '#kernel';
import type { LogReader } from './log-reader';
import { describeError } from './poison';
import { EVERY_CATEGORY, follows } from './projection';
import type { Projection } from './projection';
import { ReadFile } from './read-file';
import type { Checkpoint } from './read-store';
import { PendingRows, RowWriter } from './rows';
import { applyEvent, LazyEvent } from './stream-replay';
import type { Reading } from './stream-replay';
import { wholeStreams } from './whole-streams';

/** Rows that wait before they are written. */
const ROWS_AT_ONCE = 20_000;

interface Builder {
  readonly projection: Projection;
  readonly until: Checkpoint;
  readonly pending: PendingRows;
  events: number;
}

export interface BulkBuild extends Reading {
  /** A side file. */
  readonly db: Database;
  readonly log: Pick<LogReader, 'readAll' | 'readByStream'>;
  /** Each with the checkpoint to build it to. */
  readonly targets: readonly { readonly projection: Projection; readonly until: Checkpoint }[];
}

/**
 * Builds projections from the first event, one whole stream after another, so that no state is kept for longer than its stream lasts and
 * each row is written once. Answers how many events each of them has read.
 */
export const buildInBulk = async ({ db, log, targets, ...reading }: BulkBuild): Promise<ReadonlyMap<string, number>> => {
  const file = new ReadFile(db);
  const writer = new RowWriter(db);
  for (const { projection } of targets) file.lay(projection, { indexed: false });
  const builders = targets.map((target): Builder => ({ ...target, pending: new PendingRows(target.projection), events: 0 }));
  const furthest = targets.map(({ until }) => until).reduce((a, b) => (a.number > b.number ? a : b));
  const flush = db.transaction(() => builders.forEach(({ pending }) => pending.drain(writer)));
  const categories = [...new Set(targets.map(({ projection }) => projection.category))];
  const chosen = categories.includes(EVERY_CATEGORY) ? undefined : categories;
  for await (const events of wholeStreams(log, furthest, chosen)) {
    buildStream(file, builders, events.map((stored) => new LazyEvent(stored, reading)));
    if (builders.reduce((rows, { pending }) => rows + pending.size, 0) > ROWS_AT_ONCE) flush();
  }
  flush();
  for (const { projection, until } of targets) {
    file.index(projection);
    file.saveCheckpoint(projection, until);
  }
  return new Map(builders.map(({ projection, events }) => [projection.name, events]));
};

const buildStream = (file: ReadFile, builders: readonly Builder[], events: readonly LazyEvent[]): void => {
  const { stream, number } = events[0]!.stored;
  if (number < 0) return;
  const category = categoryOf(stream);
  for (const builder of builders) if (follows(builder.projection, category)) follow(file, builder, stream, events);
};

const follow = (file: ReadFile, builder: Builder, stream: string, events: readonly LazyEvent[]): void => {
  const { projection, until, pending } = builder;
  let revision = 0;
  try {
    const state = projection.open(stream);
    for (const event of events) {
      if (event.stored.number > until.number) break;
      revision = event.stored.revision;
      builder.events++;
      pending.add(applyEvent(projection, state, event));
    }
  } catch (error) {
    file.park(projection.name, { stream, revision, error: describeError(error) });
  }
};
