import { FolderError, folderKinds, makeFolder } from '#platform/folder';
import type { Bring, Folder, FolderMark } from '#platform/folder';
import { readLedgerMark, writeLedgerMark } from '#platform/event-store';
import type { Settings } from '#platform/settings';
import { refusePlainLog } from './open-log';

/** What every process over one log must agree on. It stands with the log, where all of them see it. */
type LedgerMark = Pick<FolderMark, 'format' | 'id' | 'kind' | 'sample'>;

export interface Joining {
  readonly eventStore: string;
  /** The data folder that is there already. */
  readonly existing?: Folder;
  /** What the folder is to be; absent: what the ledger is, and a trial where there is none. */
  readonly make?: Pick<FolderMark, 'kind' | 'sample'>;
  /** Whether the ledger must be there: a process of several never makes one by the way. */
  readonly joinOnly?: boolean;
  /** How the folder is filled when it joins a ledger that is there; absent, or nothing answered: it stays empty. */
  readonly bring?: (ledger: Pick<FolderMark, 'id'>) => Bring | undefined;
}

const markOf = ({ format, id, kind, sample }: FolderMark): LedgerMark => ({ format, id, kind, ...(sample && { sample }) });

const asMark = (value: Readonly<Record<string, unknown>>): LedgerMark => {
  const mark = value as unknown as Partial<LedgerMark>;
  if (mark.format !== 1 || typeof mark.id !== 'string' || !folderKinds.some((kind) => kind === mark.kind))
    throw new FolderError('OTHER_LEDGER', 'the log in DAYBOOK_EVENT_STORE says of its ledger what this version of Daybook cannot read');
  return mark as LedgerMark;
};

const words = ({ kind, sample }: Pick<FolderMark, 'kind' | 'sample'>): string => (sample ? `the sample ${sample.name}` : kind);

const refuseOther = (data: string, ledger: LedgerMark, folder: FolderMark): void => {
  if (ledger.id !== folder.id || words(ledger) !== words(folder))
    throw new FolderError('OTHER_LEDGER', `${data} is of another ledger (${words(folder)}, ${folder.id}) than the log in DAYBOOK_EVENT_STORE (${words(ledger)}, ${ledger.id}): name the log that it belongs to, or an empty folder`);
};

const join = (settings: Settings, ledger: LedgerMark, { make, bring }: Pick<Joining, 'make' | 'bring'>): Promise<Folder> => {
  if (make && words(make) !== words(ledger))
    throw new FolderError('OTHER_LEDGER', `the log in DAYBOOK_EVENT_STORE is of a ledger that is ${words(ledger)}, for good: it cannot be joined as ${words(make)}`);
  return makeFolder(settings, { id: ledger.id, kind: ledger.kind, ...(ledger.sample && { sample: ledger.sample }) }, bring?.(ledger));
};

// Processes that start at different times must have one clock between them.
const withClock = ({ kind, sample }: Pick<FolderMark, 'kind' | 'sample'>): Pick<FolderMark, 'kind' | 'sample'> =>
  ({ kind, ...(sample && { sample: { ...sample, from: new Date().toISOString() } }) });

/**
 * The data folder of a process whose log others share: it becomes what the ledger is. The first one says what that is.
 * @throws FolderError when it is another ledger, or there is none and this process may not make one; @throws StoreUnavailableError
 */
export const joinLedger = async (settings: Settings, { eventStore, existing, make, joinOnly = false, bring }: Joining): Promise<Folder> => {
  if ((existing ?? make)?.kind === 'live') refusePlainLog(eventStore);
  const stands = await readLedgerMark(eventStore);
  if (stands) {
    const ledger = asMark(stands);
    if (existing) refuseOther(settings.data, ledger, existing);
    return existing ?? join(settings, ledger, { make, bring });
  }
  if (joinOnly && !existing)
    throw new FolderError('NO_LEDGER', 'the log in DAYBOOK_EVENT_STORE has no ledger yet: make it once with daybook init --as sample|trial|live, then start the processes that share it');
  // If it dies between the two, the next start finds the folder and says for the ledger what it is.
  const folder = existing ?? (await makeFolder(settings, withClock(make ?? { kind: 'trial' })));
  refuseOther(settings.data, asMark(await writeLedgerMark(eventStore, markOf(folder))), folder);
  return folder;
};
