export type SourceFileFault = 'NO_SUCH_FILE' | 'NO_FILES' | 'MISSING_COLUMNS' | 'BAD_CSV' | 'DAMAGED_FILE';

/** A file of another system that cannot be read as what it says it is. Nothing was recorded from it or from those given with it. */
export class SourceFileError extends Error {
  override readonly name = 'SourceFileError';
  constructor(readonly code: SourceFileFault, readonly file: string, detail: string, options?: ErrorOptions) {
    super(`${file}: ${detail}`, options);
  }
}
