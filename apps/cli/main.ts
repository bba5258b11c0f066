#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openDaybook } from '../daybook';
import type { Daybook } from '../daybook';
import { forwardCommand, readFolder } from '#platform/folder';
import { readSettings } from '#platform/settings';
import { snapshotInWords } from './commands/snapshot';
import { exits } from './context';
import { tellFailure } from './failures';
import { runCommand } from './run-command';

// What is made here is for this account alone.
process.umask(0o077);

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

/** An import keeps little and makes much garbage: with a small heap it is collected while it is small. */
const SMALL_HEAP = ['--max-old-space-size=112', '--max-semi-space-size=4'];

/** Memory for the streams written last: what fits that heap. */
const REMEMBERED_BYTES = 10_000_000;

const inSmallHeap = async (argv: readonly string[]): Promise<number | undefined> => {
  if (argv[0] !== 'import' || process.execArgv.includes(SMALL_HEAP[0]!)) return undefined;
  const child = spawn(process.execPath, [...process.execArgv, ...SMALL_HEAP, __filename, ...argv], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [exit] = (await once(child, 'close')) as [number | null];
  return exit ?? exits.unreachable;
};

const main = async (argv: readonly string[]): Promise<number> => {
  const exit = (await passedOn(argv)) ?? (await inSmallHeap(argv));
  if (exit !== undefined) return exit;
  let own: Promise<Daybook> | undefined;
  const settings = readSettings();
  const daybook = (): Promise<Daybook> => (own ??= openDaybook(settings, {
    remembered: REMEMBERED_BYTES,
    onSnapshot: (used) => output.err(snapshotInWords(used)),
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
