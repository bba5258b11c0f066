#!/usr/bin/env node
import { openDaybook } from '../daybook';
import type { Daybook } from '../daybook';
import { forwardCommand, readFolder } from '#platform/folder';
import { readSettings } from '#platform/settings';
import { tellFailure } from './failures';
import { runCommand } from './run-command';

const output = {
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
};

/** Commands that make, own or restore a folder, or need none: never passed on to an owner. */
const isLocal = ([first, second]: readonly string[]): boolean =>
  first === undefined || first.startsWith('-') || ['init', 'start', 'restore', 'help'].includes(first) || (first === 'keys' && second === 'restore');

const passedOn = async (argv: readonly string[]): Promise<number | undefined> => {
  if (isLocal(argv) || argv.includes('--help') || argv.includes('-h')) return undefined;
  const folder = readFolder(readSettings());
  if (!folder) return undefined;
  return forwardCommand(folder.socket, { argv, cwd: process.cwd(), isTTY: process.stderr.isTTY === true, columns: process.stderr.columns ?? 80 }, output);
};

const main = async (argv: readonly string[]): Promise<number> => {
  const exit = await passedOn(argv);
  if (exit !== undefined) return exit;
  let own: Promise<Daybook> | undefined;
  const settings = readSettings();
  const daybook = (): Promise<Daybook> => (own ??= openDaybook(settings, {
    onMade: ({ path, kind }) => output.err(`made a ${kind} folder in ${path}\n`),
  }));
  try {
    return await runCommand(argv, { settings, output, cwd: process.cwd(), isTTY: process.stderr.isTTY === true, columns: process.stderr.columns ?? 80, daybook });
  } finally {
    await own?.then((opened) => opened.close(), () => undefined);
  }
};

void main(process.argv.slice(2)).catch((error: unknown) => tellFailure(error, output.err)).then((exit) => {
  process.exitCode = exit;
});
