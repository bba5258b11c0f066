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
import { buildPrefix, prefixRows, recordedPrefix } from './recorded-prefix';
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
  const live = new Database(order.file, { readonly: true, timeout: 5000 });
  live.exec('BEGIN');
  const file = new ReadFile(live);
  const head = await reading.log.head();
  const targets = [...projections, recordedPrefix].filter(({ name }) => order.names.includes(name))
    .map((projection) => ({ projection, until: file.checkpoint(projection) ?? head }));
  const side = openSideFile(order.sideFile);
  const built = await build(side, targets, reading);
  side.close();
  const sideName = attachSide(live, order.sideFile);
  const reports = targets.map(({ projection, until }): Rebuilt => ({
    ...compare(live, file, projection, sideName), checkpoint: until, ...built(projection.name),
  }));
  live.close();
  return reports;
};

interface Built {
  readonly events: number;
  readonly seconds: number;
}

/** The read models all at once, then the recorded prefix, which needs the log in another order. */
const build = async (
  side: Database.Database, targets: readonly { readonly projection: Projection; readonly until: Checkpoint }[], reading: Pick<Beside, 'codec' | 'log' | 'largestEvent'>,
): Promise<(name: string) => Built> => {
  const started = performance.now();
  const models = targets.filter(({ projection }) => projection !== recordedPrefix);
  const events = models.length > 0 ? await buildInBulk({ db: side, targets: models, ...reading }) : new Map<string, number>();
  const between = performance.now();
  const prefix = targets.find(({ projection }) => projection === recordedPrefix);
  const read = prefix ? await buildPrefix(side, reading.log, prefix.until) : 0;
  const ended = performance.now();
  return (name) => (name === recordedPrefix.name
    ? { events: read, seconds: (ended - between) / 1000 } : { events: events.get(name) ?? 0, seconds: (between - started) / 1000 });
};

const compare = (
  live: Database.Database, file: ReadFile, projection: Projection, side: string,
): Pick<RebuildReport, 'name' | 'version' | 'digest' | 'liveDigest' | 'result' | 'differences'> => {
  const { name, version } = projection;
  const rows = projection === recordedPrefix ? prefixRows : projection;
  const digest = digestOf(live, rows, side);
  if (!file.checkpoint(projection)) return { name, version, digest, liveDigest: '', result: 'swapped', differences: [] };
  const liveDigest = digestOf(live, rows);
  const equal = digest === liveDigest;
  return {
    name, version, digest, liveDigest,
    result: equal ? 'swapped' : 'different', differences: equal ? [] : differencesOf(live, rows, side),
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
