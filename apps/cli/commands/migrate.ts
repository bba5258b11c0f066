import type { Command } from 'commander';
import { moveLog } from '#platform/event-store';
import { FolderError, holdFolder, logIsElsewhere, readFolder } from '#platform/folder';
import type { CommandContext } from '../context';

interface Asked {
  readonly to: string;
}

/** `daybook migrate` */
export const migrate = (program: Command, context: CommandContext): void => {
  program.command('migrate').summary('move the log into an empty EventStoreDB or KurrentDB; numbers stay as they are')
    .requiredOption('--to <url>', 'its connection string, as DAYBOOK_EVENT_STORE takes it')
    .action(async ({ to }: Asked) => {
      const { settings, output } = context;
      const hold = holdFolder(settings.data);
      try {
        const folder = readFolder(settings);
        if (!folder) throw new FolderError('NO_SUCH_PLACE', `${settings.data} is no data folder`);
        const tell = (moved: number, of: number): void => void (context.isTTY && output.err(`\r${moved} of ${of} events`));
        const { events, numbered, digest } = await moveLog({ file: folder.log, url: to, onProgress: tell });
        // If it dies before this line, the folder's own file is still the log, and the same command again finds everything moved.
        logIsElsewhere(settings);
        output.out(`${JSON.stringify({ events, numbered, digest })}\n`);
        output.err('every event was read back and is the same; set DAYBOOK_EVENT_STORE to that connection string from now on: the file in the folder is its copy\n');
      } finally {
        hold.release();
      }
    });
};
