import { setTimeout as delay } from 'node:timers/promises';
import { Option } from 'commander';
import type { Command } from 'commander';
import { fillSample, makeDataFolder, openDaybook, parts, sampleMark, samples, serve, stopOnSignals } from '../../daybook';
import type { Daybook, Part, Unread } from '../../daybook';
import { StoreUnavailableError } from '#kernel';
import { folderKinds, serveCommands } from '#platform/folder';
import type { FolderKind } from '#platform/folder';
import { openTelemetry } from '#platform/telemetry';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { snapshotInWords } from './snapshot';

/** Catching up that is done so soon is not worth a word, ms. */
const SOON = 2_000;
/** Longest wait for the read models before the program says that it serves all the same, ms. */
const PATIENCE = 60_000;
/** Between two looks whether what a process shares is there, ms. */
const AGAIN = 1_000;

/** Runs a command line that another process sent. */
export type RunCommand = (argv: readonly string[], context: CommandContext) => Promise<number>;

const sampleOption = (): Option => new Option('--sample <name>', 'sample to make the folder from when there is none').choices(samples);

const keep = ({ settings }: CommandContext, kekFile: string): string =>
  `Keep safe, apart from each other: the data folder ${settings.data}, the keys ${settings.keys} and the key-encryption key ${kekFile}. Without the keys nobody can read a sealed text again.\n`;

const makeSample = async (context: CommandContext, name: string): Promise<void> => {
  const daybook = await openDaybook(context.settings, { make: { kind: 'sample', sample: sampleMark(name) }, fill: fillSample });
  context.output.err(keep(context, daybook.folder.kekFile));
  await daybook.close();
};

/** `daybook init` */
const init = (program: Command, context: CommandContext): void => {
  program.command('init').summary('make a data folder, for good of one kind')
    .addOption(new Option('--as <kind>', 'what the folder is for').choices(folderKinds).makeOptionMandatory())
    .addOption(sampleOption())
    .action(async ({ as, sample }: { readonly as: FolderKind; readonly sample?: string }) => {
      if ((as === 'sample') !== (sample !== undefined)) throw new ExitError(exits.usage, 'a sample folder, and no other, is made with --sample');
      if (sample !== undefined) return makeSample(context, sample);
      const { kekFile } = await makeDataFolder(context.settings, { kind: as });
      context.output.err(keep(context, kekFile));
    });
};

/** Says that it listens when catching up takes a while, and that it serves when the pages have figures to show. */
const tellServing = async ({ reads, store, signIn }: Daybook, url: string, part: Part, { output }: CommandContext): Promise<void> => {
  const caughtUp = reads.caughtUp().then(() => true, () => true);
  const late = (ms: number): Promise<boolean> => Promise.race([caughtUp, delay(ms, false, { ref: false })]);
  const listens = `Daybook listens on ${url} and is catching up with ${(store.currentHead().number + 1).toLocaleString('en-GB')} events; until then questions are answered with 503.\n`;
  if (!(await late(SOON))) output.err(listens);
  if (!(await late(PATIENCE))) output.err('The read models take long; /health/ready says how far they are.\n');
  const who = signIn.identity && (part === 'all' || part === 'console') ? ' Users are invented: choose one at sign-in.' : '';
  output.err(`Daybook${part === 'all' ? '' : ` (${part})`} serves ${url}.${who} Stop it with Ctrl+C.\n`);
};

/** Processes of several have log, keys and jobs where all of them see them: a file of one process is nothing that another may write to. */
const checkPart = ({ settings }: CommandContext, part: Part, sample: string | undefined): void => {
  if (sample !== undefined) throw new ExitError(exits.usage, 'a process of several makes no sample: make it once with daybook init --as sample --sample NAME');
  const missing = [
    ...(settings.eventStore === undefined ? ['DAYBOOK_EVENT_STORE (KurrentDB)'] : []),
    ...(settings.state === undefined ? ['DAYBOOK_STATE_URL (PostgreSQL)'] : []),
    ...(part === 'worker' && settings.redis === undefined ? ['DAYBOOK_REDIS_URL (Redis)'] : []),
  ];
  if (missing.length > 0) throw new ExitError(exits.usage, `start --as ${part} shares a ledger with other processes and needs ${missing.join(', ')}`);
};

/** A process of several does not end because what it shares is away while it starts: it waits for that, and says for what. */
const openPatiently = async (open: () => Promise<Daybook>, { output }: CommandContext): Promise<Daybook> => {
  for (let said = ''; ;) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      if (error.message !== said) output.err(`daybook: ${error.message}; this process starts when that is over\n`);
      said = error.message;
      await delay(AGAIN);
    }
  }
};

/** `daybook start` */
const begin = (program: Command, context: CommandContext, run: RunCommand): void => {
  program.command('start').summary('the all-in-one program: pages, JSON door, read models; or one process of several')
    .addOption(sampleOption())
    .addOption(new Option('--as <part>', 'one process of several over one log: the JSON door, the pages, or what the program does by itself').choices(parts))
    .action(async ({ sample, as = 'all' }: { readonly sample?: string; readonly as?: Part }) => {
      if (as !== 'all') checkPart(context, as, sample);
      const make = sample === undefined ? undefined : { kind: 'sample' as const, sample: sampleMark(sample) };
      const fill = async (unread: Unread): Promise<void> => {
        const made = await fillSample(unread);
        if (made) context.output.err(`made the sample: ${made.events.toLocaleString('en-GB')} events in ${made.seconds.toFixed(1)} s\n`);
      };
      const open = (): Promise<Daybook> =>
        openDaybook(context.settings, { make, fill, early: true, joinOnly: as !== 'all', onSnapshot: (used) => context.output.err(snapshotInWords(used)), telemetry: openTelemetry(context.settings.telemetry, as === 'all' ? 'daybook' : `daybook-${as}`) });
      const daybook = await (as === 'all' ? open() : openPatiently(open, context));
      let stop = (): Promise<void> => daybook.close();
      try {
        const running = await serve(daybook, as);
        stop = running.stop;
        const socket = await serveCommands(daybook.folder.socket, (command, output, signal) =>
          run(command.argv, { settings: context.settings, output, signal, cwd: command.cwd, isTTY: command.isTTY, columns: command.columns, daybook: () => Promise.resolve(daybook) }));
        stopOnSignals({ ...running, stop: () => socket.close().then(() => running.stop()) });
        await tellServing(daybook, running.url, as, context);
      } catch (error) {
        await stop();
        throw error;
      }
    });
};

/** Commands that make a folder or own one. */
export const starting = (program: Command, context: CommandContext, run: RunCommand): void => {
  init(program, context);
  begin(program, context, run);
};
