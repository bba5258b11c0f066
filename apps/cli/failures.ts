import { CommanderError } from 'commander';
import { SourceFileError } from '#contexts/investigations';
import { DomainError, MalformedError, StoreUnavailableError } from '#kernel';
import { BackupRefusedError, MoveRefusedError } from '#platform/event-store';
import { FolderBusyError, FolderError } from '#platform/folder';
import { SettingsError } from '#platform/settings';
import { SignInError } from '#platform/sign-in';
import { KeyEncryptionError, KeyMissingError } from '#platform/vault';
import { refusalSentence } from '../words';
import { ExitError, exits } from './context';

interface Failure {
  readonly exit: number;
  readonly sentence: string;
}

/** Why this program cannot listen where it is asked to; undefined for any other fault. */
const portFault = (error: unknown): string | undefined => {
  const { code, syscall, address, port, setting = 'DAYBOOK_PORT' } = (error ?? {}) as { code?: unknown; syscall?: unknown; address?: unknown; port?: unknown; setting?: string };
  if (syscall !== 'listen') return undefined;
  const place = `port ${String(port)} of ${String(address)}`;
  if (code === 'EADDRINUSE') return `${place} is in use by another program: stop that one, or set ${setting} to another port`;
  if (code === 'EACCES') return `${place} may not be used by this account: set ${setting} to a port from 1024 on`;
  return `${place} cannot be listened on (${String(code)}): see ${setting === 'DAYBOOK_PORT' ? 'DAYBOOK_LISTEN and DAYBOOK_PORT' : setting}`;
};

/** The code of what made a copy fail, where it has one: a full disk, a folder that is not there. */
const causeOf = ({ cause }: Error): string => {
  const { code } = (cause ?? {}) as { code?: unknown };
  const words: Readonly<Record<string, string>> = { ENOSPC: 'the disk is full', SQLITE_FULL: 'the disk is full', EACCES: 'this account may not write there', EROFS: 'that disk is read-only' };
  return typeof code === 'string' ? `: ${words[code] ?? code}` : '';
};

const failureOf = (error: unknown): Failure => {
  if (error instanceof ExitError) return { exit: error.exit, sentence: error.message };
  // commander has said it already.
  if (error instanceof CommanderError) return { exit: error.exitCode === 0 ? exits.done : exits.usage, sentence: '' };
  if (error instanceof MalformedError) return { exit: exits.usage, sentence: error.message };
  if (error instanceof SettingsError || error instanceof SourceFileError) return { exit: exits.usage, sentence: error.message };
  if (error instanceof DomainError) return { exit: exits.refused, sentence: `refused: ${refusalSentence(error.code)} (${error.code})` };
  if (error instanceof FolderError || error instanceof KeyEncryptionError || error instanceof KeyMissingError || error instanceof SignInError) return { exit: exits.refused, sentence: error.message };
  if (error instanceof MoveRefusedError) return { exit: exits.refused, sentence: error.message };
  if (error instanceof BackupRefusedError) return { exit: exits.refused, sentence: `${error.message}${causeOf(error)}` };
  if (error instanceof FolderBusyError) return { exit: exits.busy, sentence: error.message };
  if (error instanceof StoreUnavailableError) return { exit: exits.unreachable, sentence: error.message };
  if (error instanceof Error && error.name === 'AbortError') return { exit: exits.unreachable, sentence: 'stopped half way; the same command again does the rest' };
  const listening = portFault(error);
  if (listening !== undefined) return { exit: exits.unreachable, sentence: listening };
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
