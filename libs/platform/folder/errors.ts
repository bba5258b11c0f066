export type FolderRefusal =
  | 'FOLDER_EXISTS' | 'FOLDER_NOT_EMPTY' | 'FOLDER_UNREADABLE' | 'KEYS_INSIDE_DATA' | 'KEK_REQUIRED' | 'KEYS_EXIST' | 'NOT_A_BACKUP' | 'FILE_EXISTS' | 'NO_SUCH_PLACE' | 'PATH_TOO_LONG' | 'OTHER_LOG' | 'OTHER_LEDGER' | 'NO_LEDGER' | 'PLAIN_LOG' | 'SNAPSHOT_BEFORE_ERASURE' | 'SNAPSHOT_BROKEN' | 'SNAPSHOT_OPEN_TO_OTHERS' | 'STATE_ELSEWHERE' | 'KEK_NEXT_ELSEWHERE';

/** What was asked of a data folder cannot be done with this one. The message says why and what to do; it names paths, never records. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  constructor(readonly code: FolderRefusal, message: string) {
    super(message);
  }
}

/** Another process owns the data folder. */
export class FolderBusyError extends Error {
  override readonly name = 'FolderBusyError';
  readonly code = 'FOLDER_BUSY';
  /** `pid` is undefined in the moment before the owner has written it down. */
  constructor(folder: string, readonly pid: number | undefined) {
    super(`${folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}; a data folder has one owner at a time`);
  }
}
