import Database from 'better-sqlite3';
import type { EventCodec } from '#platform/event-store';
import { buildInBulk } from './bulk-build';
import { differencesOf, digestOf } from './digest';
import type { LogReader } from './log-reader';
import { describeError } from './poison';
import type { Projection } from './projection';
import { openEmbeddedLog } from './projector-thread';
import type { ProjectorThreadOptions } from './projector-thread';
import { openSideFile, ReadFile } from './read-file';
import type { Checkpoint, RebuildReport } from './read-store';
import { attachSide } from './side-file';

export interface RebuildOrder {
  readonly file: string;
  readonly logFile: string;
  readonly sideFile: string;
  /** Of the projections to rebuild. */
  readonly names: readonly string[];
}

/** What was found, and up to where the side file was built; `result` says what is to be done with it. */
export type Rebuilt = RebuildReport & { readonly checkpoint: Checkpoint };

export type FromRebuildChild = { readonly kind: 'rebuilt'; readonly reports: readonly Rebuilt[] } | { readonly kind: 'failed'; readonly error: string };

interface Beside {
  readonly order: RebuildOrder;
  readonly projections: readonly Projection[];
  readonly codec: EventCodec;
  readonly log: LogReader;
  readonly largestEvent?: number;
}

/**
 * Builds projections from the first event to a side file and compares them with the live tables at the same checkpoint. One read transaction
 * of the live file holds that checkpoint still, while the projector and every reader go on.
 */
export const rebuildBeside = async ({ order, projections, ...reading }: Beside): Promise<readonly Rebuilt[]> => {
  const started = performance.now();
  const live = new Database(order.file, { readonly: true, timeout: 5000 });
  live.exec('BEGIN');
  const file = new ReadFile(live);
  const head = await reading.log.head();
  const targets = projections.filter(({ name }) => order.names.includes(name))
    .map((projection) => ({ projection, until: file.checkpoint(projection) ?? head }));
  const side = openSideFile(order.sideFile);
  const events = await buildInBulk({ db: side, targets, ...reading });
  side.close();
  const seconds = (performance.now() - started) / 1000;
  const sideName = attachSide(live, order.sideFile);
  const reports = targets.map(({ projection, until }): Rebuilt => ({
    ...compare(live, file, projection, sideName), checkpoint: until, events: events.get(projection.name) ?? 0, seconds,
  }));
  live.close();
  return reports;
};

const compare = (
  live: Database.Database, file: ReadFile, projection: Projection, side: string,
): Pick<RebuildReport, 'name' | 'version' | 'digest' | 'liveDigest' | 'result' | 'differences'> => {
  const { name, version } = projection;
  const digest = digestOf(live, projection, side);
  if (!file.checkpoint(projection)) return { name, version, digest, liveDigest: '', result: 'swapped', differences: [] };
  const liveDigest = digestOf(live, projection);
  const equal = digest === liveDigest;
  return {
    name, version, digest, liveDigest,
    result: equal ? 'swapped' : 'different', differences: equal ? [] : differencesOf(live, projection, side),
  };
};

/** The body of the child process that rebuilds: takes one order, answers once, ends. It ends too when its parent does. */
export const runRebuildChild = (projections: readonly Projection[], codec: EventCodec, options: ProjectorThreadOptions = {}): void => {
  const answer = (message: FromRebuildChild): void => void process.send!(message, () => process.disconnect());
  process.once('disconnect', () => process.exit());
  process.once('message', (order: RebuildOrder) => {
    const log = (options.openLog ?? openEmbeddedLog)(order.logFile);
    rebuildBeside({ order, projections, codec, log, largestEvent: options.largestEvent }).then(
      (reports) => answer({ kind: 'rebuilt', reports }),
      (error: unknown) => answer({ kind: 'failed', error: describeError(error) }),
    );
  });
};
