import type { Daybook } from '../daybook';
import type { CommandOutput } from '#platform/folder';
import type { Settings } from '#platform/settings';

/** What a command works with, in its own process or inside the program that owns the folder. */
export interface CommandContext {
  readonly settings: Settings;
  readonly output: CommandOutput;
  /** Where the sender stands; relative paths start there. */
  readonly cwd: string;
  /** Whether the sender's stderr is a terminal, and how wide. */
  readonly isTTY: boolean;
  readonly columns: number;
  /** Aborted when the sender has gone away; undefined in the sender's own process. */
  readonly signal?: AbortSignal;
  /** The open folder: the owner's, or one opened for this command alone. */
  daybook(): Promise<Daybook>;
}

/** Ends a command with this exit code; the sentence goes to stderr. */
export class ExitError extends Error {
  override readonly name = 'ExitError';
  constructor(readonly exit: number, message: string) {
    super(message);
  }
}

/** Exit codes of the command line. */
export const exits = { done: 0, notSo: 1, usage: 2, refused: 3, unreachable: 4, busy: 5 } as const;
