import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Settings } from '#platform/settings';
import { FolderError } from './errors';
import { kekFileOf } from './kek-place';
import { makeKeys, ownerOfShared } from './key-place';

/** `sample`: invented records and a clock of its own; `trial`: to try things out; `live`: real records. Decided once, for good. */
export type FolderKind = 'sample' | 'trial' | 'live';
export const folderKinds: readonly FolderKind[] = ['sample', 'trial', 'live'];

/** What a folder made from a sample remembers of it. */
export interface SampleMark {
  readonly name: string;
  /** The sample's own now, a UTC instant. */
  readonly until: string;
  readonly homeArea: string;
  /** The machine's time, a UTC instant, at which the sample's clock began to go, where several processes share it; absent: with each start. */
  readonly from?: string;
}

/** What a data folder is, as `daybook.json` in it says. */
export interface FolderMark {
  readonly format: 1;
  /** UUID; its keys carry it too. */
  readonly id: string;
  readonly kind: FolderKind;
  readonly sample?: SampleMark;
  /** Who holds the log of which the folder has a copy; absent: the folder's own file is the log. */
  readonly logIn?: 'kurrentdb';
  /** Where its keys are, for good unless they are restored elsewhere; absent: in a folder. */
  readonly state?: 'postgres';
}

/** A data folder with the places of what it holds. */
export interface Folder extends FolderMark {
  readonly path: string;
  readonly log: string;
  readonly reads: string;
  /** Read models of the log of looks. */
  readonly lookReads: string;
  /** How far the log of looks was sent to security monitoring. */
  readonly siemPlace: string;
  /** File of the looks that wait for the log. */
  readonly spool: string;
  readonly socket: string;
  readonly keys: string;
  readonly kekFile: string;
}

const MARK = 'daybook.json';
const MAKING = 'daybook.json.making';
/** Gathers what is brought into a folder that is being made. Nothing in it is original. */
const BROUGHT = 'brought';
/** Names that may stand in a folder which is none yet: what its owner needs to hold it, and what an attempt to make it left. */
const ownFiles = new Set([MAKING, `${MAKING}.new`, `${MARK}.new`, BROUGHT, 'owner.lock', 'owner.lock-journal', 'owner.pid', 'lost+found']);

const readMark = (file: string): FolderMark | undefined => {
  if (!fs.existsSync(file)) return undefined;
  try {
    const mark = JSON.parse(fs.readFileSync(file, 'utf8')) as FolderMark;
    if (mark.format === 1 && folderKinds.includes(mark.kind) && typeof mark.id === 'string') return mark;
  } catch {
    // falls through to the sentence below
  }
  throw new FolderError('FOLDER_UNREADABLE', `${file} cannot be read by this version of Daybook`);
};

/** What a folder says that it is, wherever its keys are; undefined when it is no data folder. @throws FolderError */
export const markOf = (settings: Settings): FolderMark | undefined => readMark(path.join(settings.data, MARK));

/** Writes the mark of a folder so that it is there whole or not at all. Nothing else makes a folder what it is. */
export const writeMark = (folder: string, mark: FolderMark, name = MARK): void => {
  const file = path.join(folder, name);
  const handle = fs.openSync(`${file}.new`, 'w', 0o600);
  fs.writeSync(handle, `${JSON.stringify(mark, null, 2)}\n`);
  fs.fsyncSync(handle);
  fs.closeSync(handle);
  fs.renameSync(`${file}.new`, file);
  syncPlace(folder);
};

const syncPlace = (folder: string): void => {
  const place = fs.openSync(folder, 'r');
  fs.fsyncSync(place);
  fs.closeSync(place);
};

/** True when a folder is missing or holds nothing but what its owner needs to hold it. */
export const isEmptyFolder = (folder: string): boolean =>
  !fs.existsSync(folder) || fs.readdirSync(folder).every((name) => ownFiles.has(name));

const placed = (settings: Settings, mark: FolderMark): Folder => ({
  ...mark,
  path: settings.data,
  log: path.join(settings.data, 'log.db'),
  reads: path.join(settings.data, 'read.db'),
  siemPlace: path.join(settings.data, 'spool', 'siem-place'),
  lookReads: path.join(settings.data, 'looks.db'),
  spool: path.join(settings.data, 'spool', 'looks'),
  socket: path.join(settings.data, 'daybook.sock'),
  keys: settings.keys,
  kekFile: kekFileOf(settings),
});

// Links are followed: a link out of the data folder is apart from it, a link into it is not.
const real = (place: string): string => {
  try {
    return fs.realpathSync(place);
  } catch {
    const parent = path.dirname(place);
    return parent === place ? place : path.join(real(parent), path.basename(place));
  }
};
const inside = (place: string, folder: string): boolean => {
  const relative = path.relative(real(folder), real(place));
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
};

/** What the mark of a folder says of where its keys are. */
export const stateOf = ({ state }: Settings): Pick<FolderMark, 'state'> => (state ? { state: 'postgres' } : {});

/** What the mark of a folder says of who holds its log. */
export const logOf = ({ eventStore }: Settings): Pick<FolderMark, 'logIn'> => (eventStore === undefined ? {} : { logIn: 'kurrentdb' });

/** What a live folder demands of its keys. @throws FolderError */
export const checkKeysApart = (settings: Settings, kind: FolderKind): void => {
  if (kind !== 'live') return;
  if (settings.kekFile === undefined)
    throw new FolderError('KEK_REQUIRED', 'a live folder needs a key-encryption key of yours: set DAYBOOK_KEK_FILE to a file of 32 random bytes (base64url or hexadecimal) that only its owner can read');
  for (const [variable, place] of [['DAYBOOK_KEYS', settings.keys], ['DAYBOOK_KEK_FILE', settings.kekFile]] as const)
    if (inside(place, settings.data))
      throw new FolderError('KEYS_INSIDE_DATA', `${variable} lies inside DAYBOOK_DATA; whoever holds the one must not hold the other with it`);
};

// Written to as if it were the log, a copy would be another one from then on; and a log would be taken for a copy.
const checkLog = ({ eventStore, data }: Settings, { logIn }: FolderMark): void => {
  if (logIn === 'kurrentdb' && eventStore === undefined)
    throw new FolderError('OTHER_LOG', `${data} has a copy of a log that KurrentDB holds; set DAYBOOK_EVENT_STORE to its connection string`);
  if (logIn === undefined && eventStore !== undefined)
    throw new FolderError('OTHER_LOG', `${data} holds its log itself; unset DAYBOOK_EVENT_STORE, or name an empty folder for the copy of the log in KurrentDB`);
};

/** Keys that are sought in the wrong place are not found, and new ones would open nothing. @throws FolderError */
const checkState = ({ data, state }: Settings, mark: FolderMark): void => {
  if (mark.state === 'postgres' && !state)
    throw new FolderError('STATE_ELSEWHERE', `the keys of ${data} are in PostgreSQL: set DAYBOOK_STATE_URL to it (or restore a backup of them here: daybook keys restore FILE)`);
  if (mark.state === undefined && state)
    throw new FolderError('STATE_ELSEWHERE', `the keys of ${data} are in a folder: unset DAYBOOK_STATE_URL, or move them: daybook keys backup FILE without it, daybook keys restore FILE with it`);
};

/** The data folder that the settings name; undefined when there is none. @throws FolderError when it cannot be used */
export const readFolder = (settings: Settings): Folder | undefined => {
  const mark = markOf(settings);
  if (!mark) return undefined;
  checkKeysApart(settings, mark.kind);
  checkLog(settings, mark);
  checkState(settings, mark);
  return placed(settings, mark);
};

/** Has the folder remember that KurrentDB holds its log from now on, and that its own file is the copy. Call it while holding the folder. @throws FolderError */
export const logIsElsewhere = (settings: Settings): void => {
  const mark = readMark(path.join(settings.data, MARK));
  if (!mark) throw new FolderError('NO_SUCH_PLACE', `${settings.data} is no data folder`);
  writeMark(settings.data, { ...mark, logIn: 'kurrentdb' });
};

/**
 * Puts what was brought into a data folder in its place; does nothing when all of it is. Call it while holding the folder, before anything in it is opened.
 * What stands there already is newer, and stays.
 */
export const placeBrought = ({ data }: Pick<Settings, 'data'>): void => {
  const brought = path.join(data, BROUGHT);
  if (!fs.existsSync(brought)) return;
  // If it dies between two of them, the next start does the rest.
  for (const name of fs.readdirSync(brought))
    if (!fs.existsSync(path.join(data, name))) fs.renameSync(path.join(brought, name), path.join(data, name));
  fs.rmSync(brought, { recursive: true });
  syncPlace(data);
};

/** Brings files of the names that they will have in the data folder into another folder, durably; all of them, or it throws. */
export type Bring = (into: string) => Promise<void>;

const gather = async (settings: Settings, bring: Bring): Promise<void> => {
  const brought = path.join(settings.data, BROUGHT);
  dropBrought(settings);
  fs.mkdirSync(brought, { mode: 0o700 });
  try {
    await bring(brought);
    syncPlace(brought);
  } catch (error) {
    dropBrought(settings);
    throw error;
  }
};

const dropBrought = ({ data }: Settings): void => fs.rmSync(path.join(data, BROUGHT), { recursive: true, force: true });

/**
 * Makes an empty data folder with keys beside it, or with an id the folder of one more process of a ledger, with what `bring` brings. Call it while
 * holding the folder (`holdFolder`).
 * @throws FolderError when there is one already, or something else stands in its place
 */
export const makeFolder = async (settings: Settings, { id: joined, ...what }: Pick<FolderMark, 'kind' | 'sample'> & Partial<Pick<FolderMark, 'id'>>, bring?: Bring): Promise<Folder> => {
  if (fs.existsSync(path.join(settings.data, MARK)))
    throw new FolderError('FOLDER_EXISTS', `${settings.data} is a data folder already; what it was made as is for good`);
  if (!isEmptyFolder(settings.data)) throw new FolderError('FOLDER_NOT_EMPTY', `${settings.data} is not empty and not a data folder`);
  checkKeysApart(settings, what.kind);
  // If it dies between here and the last line, the next attempt takes up the same id and finds its own keys.
  const begun = readMark(path.join(settings.data, MAKING));
  const id = joined ?? begun?.id ?? (await ownerOfShared(settings)) ?? randomUUID();
  const mark: FolderMark = { format: 1, id, ...what, ...logOf(settings), ...stateOf(settings) };
  writeMark(settings.data, mark, MAKING);
  await makeKeys(settings, mark.id);
  // Until the mark is there, the folder counts as empty, and what was brought of an earlier attempt is thrown away.
  if (bring) await gather(settings, bring);
  else dropBrought(settings);
  writeMark(settings.data, mark);
  fs.rmSync(path.join(settings.data, MAKING));
  placeBrought(settings);
  return placed(settings, mark);
};

/**
 * Makes a data folder of what `bring` brings, which is all of it but the keys: those must be there, or be restored, before it is opened. Call it while holding the folder.
 * @throws FolderError when it is not empty
 */
export const fillFolder = async (settings: Settings, { id, kind, sample }: Pick<FolderMark, 'id' | 'kind' | 'sample'>, bring: Bring): Promise<void> => {
  if (!isEmptyFolder(settings.data)) throw new FolderError('FOLDER_NOT_EMPTY', `${settings.data} is not empty; a snapshot is restored into an empty folder only`);
  checkKeysApart(settings, kind);
  await gather(settings, bring);
  writeMark(settings.data, { format: 1, id, kind, ...(sample && { sample }), ...logOf(settings), ...stateOf(settings) });
  placeBrought(settings);
};
