import path from 'node:path';
import { StoreUnavailableError } from '#kernel';
import type { Clock, NominalId } from '#kernel';
import { openEmbeddedReader } from '#platform/event-store';
import type { EmbeddedEventStore, EventCodec } from '#platform/event-store';
import type { Folder } from '#platform/folder';
import { openReadStore } from '#platform/read-store';
import type { ReadAlarm, ReadStore } from '#platform/read-store';
import { compiled } from '#platform/settings';
import type { Settings } from '#platform/settings';
import { openSink, SiemFeed } from '#platform/siem';
import { openSpool } from '#platform/spool';
import type { Logger } from '#platform/telemetry';
import type { Vault } from '#platform/vault';
import { disclosuresOf, lookMessage, LookQueries, Looks } from '#contexts/oversight';
import { lookProjections } from './projections';
import type { Watch } from './watch/watch';

/** The second log: who looked at what. It has read models of its own, so that it never slows those of the ledger. */
export interface LooksRoom {
  /** Nothing is shown before it is recorded here. */
  readonly looks: Looks;
  /** Its events alone, with numbers of their own. */
  readonly lookLog: ReturnType<typeof openEmbeddedReader>;
  readonly lookReads: ReadStore;
}

export interface LooksSurroundings {
  readonly settings: Settings;
  readonly folder: Folder;
  readonly store: EmbeddedEventStore;
  readonly codec: EventCodec;
  readonly vault: Vault;
  readonly program: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly watch: Watch;
  readonly onAlarm: (alarm: ReadAlarm) => void;
  /** What is opened here is let go in the opposite order. */
  add<T>(thing: T, release: () => Promise<void>): T;
}

/** Room for some four thousand looks that a full disk cannot take away. */
const LIVE_RESERVE = 4 * 1024 * 1024;

const openRecorder = async ({ folder, store, codec, vault, program, clock, logger, watch, add }: LooksSurroundings): Promise<Looks> => {
  const looks = new Looks({
    store: watch.store(store), codec, vault, clock, program, spool: openSpool(folder.spool, { reserve: folder.kind === 'live' ? LIVE_RESERVE : 0 }),
    onSpooling: (begins) => (begins ? logger.error('looks go to the spool') : logger.info('looks are in the log again')),
    ...(watch.look && { onKept: watch.look }),
  });
  add(looks, () => looks.close());
  await looks.drain();
  return looks;
};

/** Tells security monitoring of looks as they come, where it is set. */
const openFeed = ({ settings: { siem }, folder, store, codec, vault, logger, add }: LooksSurroundings): void => {
  if (!siem) return;
  const reader = openEmbeddedReader(folder.log, { view: 'looks', heads: store.headPort() });
  add(reader, () => reader.close());
  const feed = new SiemFeed({
    log: reader, placeFile: folder.siemPlace, sink: openSink(siem), lineOf: (event) => lookMessage(event, codec, vault),
    onHeldUp: (begins) => (begins ? logger.error('security monitoring cannot be reached') : logger.info('security monitoring is told again')),
  });
  add(feed, () => feed.close());
};

/** Opens the log of looks and gives it what was left in the spool. Its read models go on catching up when this settles. @throws StoreUnavailableError */
export const openLooks = async (around: LooksSurroundings): Promise<LooksRoom> => {
  const { folder, store, clock, watch, onAlarm, add } = around;
  const looks = await openRecorder(around);
  const reader = openEmbeddedReader(folder.log, { view: 'looks' });
  const lookLog = add(reader, () => reader.close());
  openFeed(around);
  const extension = path.extname(__filename);
  const readStore = await openReadStore({
    file: folder.lookReads, logFile: folder.log, heads: () => store.headPort(), log: lookLog, projections: lookProjections, clock, early: true, onAlarm,
    threadFile: compiled(path.join(__dirname, `looks-projector.thread${extension}`)),
    rebuildFile: compiled(path.join(__dirname, `looks-rebuild.child${extension}`)),
  });
  watch.batches(readStore, 'looks');
  return { looks, lookLog, lookReads: add(readStore, () => readStore.close()) };
};

/** What oversight asks of looks and of what users recorded. */
export const lookQueriesOf = ({ lookReads }: LooksRoom, reads: Pick<ReadStore, 'db'>): LookQueries => new LookQueries(lookReads, reads);

/** Longest wait for the read models to hold every disclosure that is in the log, ms. */
const CATCH_UP = 60_000;

/** Those to whom a person's records were disclosed, by the number of the disclosure in the log of looks. @throws StoreUnavailableError */
export const recipientsOf = ({ lookLog, lookReads }: LooksRoom) => ({
  of: async (id: NominalId): Promise<readonly string[]> => {
    const last = lookLog.positionOfNumber((await lookLog.head()).number);
    if (last !== undefined && !(await lookReads.waitFor(last, CATCH_UP))) throw new StoreUnavailableError('the log of looks is behind', 'no');
    return disclosuresOf(lookReads.db, 'person', id);
  },
});
