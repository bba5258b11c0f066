import { CommanderError } from 'commander';
import { SourceFileError } from '#contexts/investigations';
import { DomainError, MalformedError, StoreUnavailableError } from '#kernel';
import { BackupRefusedError } from '#platform/event-store';
import { FolderBusyError, FolderError } from '#platform/folder';
import { SettingsError } from '#platform/settings';
import { KeyEncryptionError } from '#platform/vault';
import { ExitError, exits } from './context';

interface Failure {
  readonly exit: number;
  readonly sentence: string;
}

const failureOf = (error: unknown): Failure => {
  if (error instanceof ExitError) return { exit: error.exit, sentence: error.message };
  // commander has said it already.
  if (error instanceof CommanderError) return { exit: error.exitCode === 0 ? exits.done : exits.usage, sentence: '' };
  if (error instanceof MalformedError) return { exit: exits.usage, sentence: error.message };
  if (error instanceof SettingsError || error instanceof SourceFileError) return { exit: exits.usage, sentence: error.message };
  if (error instanceof DomainError) return { exit: exits.refused, sentence: `refused: ${error.code}` };
  if (error instanceof FolderError || error instanceof KeyEncryptionError || error instanceof BackupRefusedError) return { exit: exits.refused, sentence: error.message };
  if (error instanceof FolderBusyError) return { exit: exits.busy, sentence: error.message };
  if (error instanceof StoreUnavailableError) return { exit: exits.unreachable, sentence: error.message };
  if (error instanceof Error && error.name === 'AbortError') return { exit: exits.unreachable, sentence: 'stopped half way; the same command again does the rest' };
  // Words of an unknown fault may quote a record; its name and code cannot.
  const { name = 'Error', code } = error instanceof Error ? (error as Error & { code?: string }) : {};
  return { exit: exits.unreachable, sentence: `the command failed: ${name}${code ? ` ${code}` : ''}` };
};

/** Says what went wrong and gives the exit code. */
export const tellFailure = (error: unknown, say: (text: string) => void): number => {
  const { exit, sentence } = failureOf(error);
  if (sentence !== '') say(`daybook: ${sentence}\n`);
  return exit;
};
