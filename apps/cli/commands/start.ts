import { Option } from 'commander';
import type { Command } from 'commander';
import { fillSample, openDaybook, sampleMark, samples, serve, stopOnSignals } from '../../daybook';
import type { Unread } from '../../daybook';
import { folderKinds, holdFolder, makeFolder, serveCommands } from '#platform/folder';
import type { FolderKind } from '#platform/folder';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';

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
      const hold = holdFolder(context.settings.data);
      try {
        const { kekFile } = await makeFolder(context.settings, { kind: as });
        context.output.err(keep(context, kekFile));
      } finally {
        hold.release();
      }
    });
};

/** `daybook start` */
const begin = (program: Command, context: CommandContext, run: RunCommand): void => {
  program.command('start').summary('the all-in-one program: pages, JSON door, read models')
    .addOption(sampleOption())
    .action(async ({ sample }: { readonly sample?: string }) => {
      const make = sample === undefined ? { kind: 'trial' as const } : { kind: 'sample' as const, sample: sampleMark(sample) };
      const fill = async (unread: Unread): Promise<void> => {
        const made = await fillSample(unread);
        if (made) context.output.err(`made the sample: ${made.events.toLocaleString('en-GB')} events in ${made.seconds.toFixed(1)} s\n`);
      };
      const daybook = await openDaybook(context.settings, { make, fill });
      try {
        if (daybook.folder.kind === 'live') throw new ExitError(exits.refused, 'a live folder does not start without sign-in, which this version does not have yet');
        const running = await serve(daybook);
        const socket = await serveCommands(daybook.folder.socket, (command, output) =>
          run(command.argv, { settings: context.settings, output, cwd: command.cwd, isTTY: command.isTTY, columns: command.columns, daybook: () => Promise.resolve(daybook) }));
        stopOnSignals({ url: running.url, stop: () => socket.close().then(() => running.stop()) });
        context.output.err(`Daybook serves ${running.url}. Access control is not on yet: this machine only. Stop it with Ctrl+C.\n`);
      } catch (error) {
        await daybook.close();
        throw error;
      }
    });
};

/** Commands that make a folder or own one. */
export const starting = (program: Command, context: CommandContext, run: RunCommand): void => {
  init(program, context);
  begin(program, context, run);
};
