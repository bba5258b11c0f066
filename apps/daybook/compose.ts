import fs from 'node:fs';
import path from 'node:path';
import { msOf } from '#kernel';
import type { Clock, Envelope } from '#kernel';
import type { Reader } from '#platform/access';
import { Ledger } from '#platform/event-store';
import type { EmbeddedEventStore, EventCodec, StoredEvent } from '#platform/event-store';
import { Drafts, openPostgresDrafts, SqliteDrafts } from '#platform/drafts';
import { folderClock, holdFolder, kekSourceOf, openKeys, openState } from '#platform/folder';
import type { Folder } from '#platform/folder';
import { MemoryLiveNotices } from '#platform/live-notice';
import type { LiveNotices } from '#platform/live-notice';
import { openReadStore, RecordedMoments } from '#platform/read-store';
import type { ReadAlarm, ReadStore } from '#platform/read-store';
import { compiled, fromRoot } from '#platform/settings';
import type { Settings } from '#platform/settings';
import { faultFields, openLogger } from '#platform/telemetry';
import type { Logger, LogMessage, Telemetry } from '#platform/telemetry';
import type { Postgres } from '#platform/postgres';
import { openVault } from '#platform/vault';
import type { KeptKeyStore, Vault } from '#platform/vault';
import type { SignIn } from '#platform/sign-in';
import { CaseHistory, EscalationReader, InvestigationReader, loadReviewIntervals, PersonCases } from '#contexts/investigations';
import { NominalReader, PersonHistory } from '#contexts/nominals';
import { DataSubjects, loadRetentionPeriods, replayErasures, RetentionReader, SubjectExtracts } from '#contexts/oversight';
import type { ErasureReplay, LookQueries } from '#contexts/oversight';
import { announce } from './announce';
import { CaughtUpReads } from './caught-up-reads';
import { codec } from './codec';
import { dataFolder } from './data-folder';
import type { FolderOptions } from './data-folder';
import { openDueWork } from './due-work';
import type { DueWork } from './due-work';
import { keysAreBehind } from './keys-in-step';
import { lookQueriesOf, openLooks, recipientsOf } from './looks';
import type { LooksRoom } from './looks';
import { openLog } from './open-log';
import { projections } from './projections';
import { reactionsOf } from './reactions';
import { sampleReviewIntervals } from './sample/escalation-script';
import { whoMay } from './who-may';
import type { WhoMay } from './who-may';
import { Watch } from './watch/watch';
import { accountFor, signInFor } from './sign-in/open-sign-in';

/** A data folder, open, with everything that works on it. This process is its owner until it is closed. */
export interface Daybook extends LooksRoom, WhoMay {
  readonly settings: Settings;
  readonly folder: Folder;
  readonly store: EmbeddedEventStore;
  readonly codec: EventCodec;
  /** The PostgreSQL of keys and of what is remembered of people; undefined where those are files. */
  readonly state: Postgres | undefined;
  readonly keys: KeptKeyStore;
  /** Whether it was opened with keys older than its log: some of what was sealed cannot be read. */
  readonly keysBehind: boolean;
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly reads: ReadStore;
  readonly moments: RecordedMoments;
  /** Everything that is asked of investigations: one for all doors, because it keeps what holds now in memory. */
  readonly queries: InvestigationReader;
  /** What is to be escalated, and what was and waits. */
  readonly escalations: EscalationReader;
  readonly history: CaseHistory;
  readonly people: NominalReader;
  readonly personHistory: PersonHistory;
  readonly personCases: PersonCases;
  /** Who looked at what, for those who may ask. */
  readonly lookQueries: LookQueries;
  /** Rights of data subjects: what is decided, and erasures. */
  readonly dataSubjects: DataSubjects;
  readonly retention: RetentionReader;
  /** Who is signed in; asks the real time, not the folder's clock. */
  readonly signIn: SignIn;
  /** Who the command line is, run by the account of this program; undefined in a live folder whose mapping does not name the account. */
  readonly account: Reader | undefined;
  readonly extracts: SubjectExtracts;
  /** What follows from what was recorded: found by query, done as jobs. */
  readonly dueWork: DueWork;
  readonly clock: Clock;
  /** What people have typed and not recorded yet. */
  readonly drafts: Drafts;
  /** Word of what was recorded, for pages that are open. */
  readonly notices: LiveNotices;
  /** Name and version of this program, as its events carry it. */
  readonly program: string;
  /** District name, or `all`: the area when none is given. */
  readonly homeArea: string;
  readonly logger: Logger;
  /** Stands around what is measured and traced. */
  readonly watch: Watch;
  /** Ends what is under way, then lets the folder go. May be called more than once. */
  close(): Promise<void>;
}

/** A folder open for writing, before anything reads it. */
export type Unread = Pick<Daybook, 'folder' | 'store' | 'codec' | 'vault' | 'program'>;

export interface OpenOptions extends FolderOptions {
  /** Writes to the log before the read models are opened, which then take it in bulk. */
  readonly fill?: (unread: Unread) => Promise<unknown>;
  /** Settle before the read models have caught up; until then every question that needs them is refused with CatchingUpError. */
  readonly early?: boolean;
  /** Bytes of memory for the streams written last; default: what serves many users at once. */
  readonly remembered?: number;
  /** What is told beside the log; default: nothing. */
  readonly telemetry?: Telemetry;
}

type Release = () => Promise<void> | void;

/** What was opened, to be let go in the opposite order; a failure on the way lets the rest go all the same. */
class Opened {
  private readonly releases: Release[] = [];
  private closing: Promise<void> | undefined;

  add<T>(thing: T, release: Release): T {
    this.releases.push(release);
    return thing;
  }

  close(): Promise<void> {
    return (this.closing ??= this.unwind());
  }

  private async unwind(): Promise<void> {
    const failures: unknown[] = [];
    for (let release = this.releases.pop(); release; release = this.releases.pop()) {
      try {
        await release();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

const programName = (): string => {
  const { name, version } = JSON.parse(fs.readFileSync(fromRoot('package.json'), 'utf8')) as { name: string; version: string };
  return `${name} ${version}`;
};

const recordedAt = ({ metadata }: StoredEvent): number => {
  try {
    return msOf((JSON.parse(Buffer.from(metadata).toString('utf8')) as Partial<Envelope>).recordedAt ?? '');
  } catch {
    return NaN;
  }
};

/** Of the newest event that says so: one that cannot be read is parked by the read models, and is no reason not to start. */
const lastRecordedAt = (store: EmbeddedEventStore): number | undefined => {
  for (let { number } = store.currentHead(); number >= 0; number--) {
    const stored = store.eventByNumber(number);
    const at = stored ? recordedAt(stored) : NaN;
    if (!Number.isNaN(at)) return at;
  }
  return undefined;
};

const alarms: Record<ReadAlarm['kind'], LogMessage> = {
  STREAM_PARKED: 'stream parked', REBUILD_DIFFERS: 'rebuild differs', PROJECTOR_STOPPED: 'projector stopped',
};

const keysOf = async (opened: Opened, settings: Settings, folder: Folder, state: Postgres | undefined): Promise<KeptKeyStore> => {
  const store = await openKeys(settings, state, folder.id);
  const keys = opened.add(store, () => store.close());
  if (keys.rotating) await keys.resumeRotation(await kekSourceOf(settings).read(folder.kekFile));
  return keys;
};

const draftsOf = async (folder: Folder, vault: Vault, state: Postgres | undefined): Promise<Drafts> =>
  new Drafts({ store: state ? await openPostgresDrafts(state) : new SqliteDrafts(path.join(folder.keys, 'drafts.db')), vault, now: Date.now });

const stateOf = (opened: Opened, settings: Settings): Postgres | undefined => {
  const postgres = openState(settings);
  return postgres && opened.add(postgres, () => postgres.close());
};

/** Ends what a crash left of an erasure. Its keys are gone already; what is missing waits for the read models, which know where a person is named. */
const resumeErasures = async (reads: ReadStore, subjects: DataSubjects, store: EmbeddedEventStore, logger: Logger): Promise<void> => {
  try {
    await reads.caughtUp();
    const erasures = await subjects.resume(store);
    if (erasures > 0) logger.info('erasures resumed', { erasures });
  } catch (error) {
    if (reads.ready) logger.error('erasures not ended', faultFields(error)); // else it is closed before it has caught up: the next start ends them
  }
};

interface Start {
  readonly keysBehind: boolean;
  readonly replayed: ErasureReplay;
  readonly rotating: boolean;
}

const tellStart = (logger: Logger, { keysBehind, replayed, rotating }: Start): void => {
  if (keysBehind) logger.error('keys older than the log');
  if (replayed.destroyed > 0) logger.info('erasures replayed', { keys: replayed.destroyed });
  if (replayed.unreadable > 0) logger.error('erasures unreadable', { events: replayed.unreadable });
  if (rotating) logger.info('key-encryption key waits for its file');
};

const watchOf = (opened: Opened, { telemetry }: OpenOptions): Watch => {
  const watch = new Watch(telemetry);
  return opened.add(watch, () => watch.telemetry.close());
};

/** The program's own log, with what is to say of this start. */
const loggerOf = (watch: Watch, clock: Clock, start: Start): Logger => {
  const logger = openLogger((line) => void process.stderr.write(line), clock, watch.source);
  watch.telemetry.onLost(() => logger.warn('traces cannot be sent'));
  tellStart(logger, start);
  return logger;
};

const noticesOf = (opened: Opened, reads: ReadStore, store: EmbeddedEventStore): LiveNotices => {
  const word = new MemoryLiveNotices();
  const notices = opened.add(word, () => word.close());
  return opened.add(notices, announce(reads, store, notices));
};

const openInto = async (opened: Opened, settings: Settings, options: OpenOptions): Promise<Daybook> => {
  const hold = holdFolder(settings.data);
  opened.add(hold, () => hold.release());
  const watch = watchOf(opened, options);
  const folder = await dataFolder(settings, options);
  const state = stateOf(opened, settings);
  const keys = await keysOf(opened, settings, folder, state);
  const vault = await openVault(watch.keys(keys));
  const signIn: SignIn = opened.add(await signInFor(folder, settings, state), () => signIn.close());
  const log = await openLog(settings, folder);
  const store = opened.add(log, () => log.close());
  // First of all: with restored keys, nobody may read what was erased since.
  const replayed = await replayErasures(store, keys);
  const keysBehind = await keysAreBehind(store, keys);
  const program = programName();
  await options.fill?.({ folder, store, codec, vault, program });
  const clock = folderClock(folder, () => lastRecordedAt(store));
  // A sample's own clock stands still between two starts; what people typed grows old all the same.
  const typed = await draftsOf(folder, vault, state);
  const drafts = opened.add(typed, () => typed.close());
  const logger = loggerOf(watch, clock, { keysBehind, replayed, rotating: keys.rotating });
  const onAlarm = ({ kind, facts }: ReadAlarm): void => logger.error(alarms[kind], facts);
  const room = await openLooks({ settings, folder, store, codec, vault, program, clock, logger, watch, onAlarm, add: (thing, release) => opened.add(thing, release) });
  const readStore = await openReadStore({
    file: folder.reads, logFile: folder.log, heads: () => log.headPort(), log: store, projections, clock, early: options.early,
    threadFile: compiled(path.join(__dirname, `projector.thread${path.extname(__filename)}`)),
    rebuildFile: compiled(path.join(__dirname, `rebuild.child${path.extname(__filename)}`)),
    onAlarm,
  });
  const reads = opened.add(readStore, () => readStore.close());
  watch.batches(reads, 'ledger');
  const notices = noticesOf(opened, reads, store);
  const shown = new CaughtUpReads(reads, () => store.currentHead().number);
  const ledger = new Ledger(watch.store(store), codec, vault, clock, program, options.remembered, watch.command);
  const personCases = new PersonCases(shown);
  const dataSubjects = new DataSubjects({ ledger, vault, keys, clock, recipients: recipientsOf(room) }, personCases);
  void resumeErasures(reads, dataSubjects, store, logger);
  const moments = new RecordedMoments({ reads, log: store, writer: ledger, clock });
  const queries = new InvestigationReader(shown, clock, moments);
  // The invented force of a sample has a policy of its own: its time is not ours.
  const escalations = new EscalationReader(shown, clock, folder.sample ? sampleReviewIntervals : loadReviewIntervals());
  const [people, lookQueries] = [new NominalReader(shown), lookQueriesOf(room, shown)];
  const rights = whoMay({ ledger, store, vault, notes: signIn.notes, reads: shown, queries, escalations, people, personCases, dataSubjects, lookQueries, looks: room.looks, clock });
  const due = openDueWork({ reactions: watch.reactions(reactionsOf({ ...rights, escalations, ledger, clock })), reads, clock, logger, redis: settings.redis, ledger: folder.id });
  const dueWork = opened.add(due, () => due.close());
  return {
    settings, folder, state, store, codec, keys, keysBehind, vault, ledger, reads, clock, program, logger, watch,
    moments, signIn, drafts, notices,
    account: accountFor(folder, settings, signIn),
    queries, escalations, people, lookQueries,
    ...rights,
    history: new CaseHistory(ledger, vault, shown),
    personHistory: new PersonHistory(ledger, vault, shown),
    personCases, dataSubjects, dueWork,
    retention: new RetentionReader(shown, loadRetentionPeriods()),
    ...room,
    extracts: new SubjectExtracts({ ledger, vault, cases: personCases }),
    homeArea: settings.homeArea ?? folder.sample?.homeArea ?? 'all',
    close: () => opened.close(),
  };
};

/**
 * Opens the data folder that the settings name, making a trial folder when there is none.
 * @throws FolderBusyError when another process owns it; @throws FolderError, KeyEncryptionError, StoreUnavailableError
 */
export const openDaybook = async (settings: Settings, options: OpenOptions = {}): Promise<Daybook> => {
  const opened = new Opened();
  try {
    return await openInto(opened, settings, options);
  } catch (error) {
    await opened.close().catch(() => undefined); // the first failure is the one to tell of
    throw error;
  }
};
