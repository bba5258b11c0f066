import path from 'node:path';
import type { Command } from 'commander';
import { backUpKeys, backUpLog, holdFolder, restoreKeys, restoreLog } from '#platform/folder';
import type { CommandContext } from '../context';

/** `daybook backup`, `restore`, `keys backup`, `keys restore` */
export const backups = (program: Command, context: CommandContext): void => {
  const place = (file: string): string => path.resolve(context.cwd, file);

  program.command('backup').summary('copy the log to one file while it is in use').argument('<file>', 'a file that does not exist yet')
    .action(async (file: string) => {
      const { folder, store } = await context.daybook();
      await backUpLog(folder, async (to) => void (await store.backup(to)), place(file));
      context.output.err(`the log is in ${place(file)}; its keys are not: back them up apart from it (daybook keys backup)\n`);
    });

  program.command('restore').summary('restore a log into an empty folder').argument('<file>', 'a file that daybook backup made')
    .action((file: string) => {
      const hold = holdFolder(context.settings.data);
      try {
        const { kind } = restoreLog(context.settings, place(file));
        context.output.err(`restored a ${kind} folder; its keys must be in ${context.settings.keys} before it is opened (daybook keys restore)\n`);
      } finally {
        hold.release();
      }
    });

  const keys = program.command('keys').summary('the keys of sealed values');
  keys.command('backup').summary('copy the wrapped keys to one file').argument('<file>', 'a file that does not exist yet')
    .action(async (file: string) => {
      const { keys: store, folder } = await context.daybook();
      await backUpKeys(store, place(file));
      context.output.err(`the wrapped keys are in ${place(file)}; they open nothing without the key-encryption key ${folder.kekFile}, which is not in it\n`);
    });
  keys.command('restore').summary('restore wrapped keys where there are none').argument('<file>', 'a file that daybook keys backup made')
    .action((file: string) => {
      restoreKeys(context.settings, place(file));
      context.output.err(`the keys are in ${context.settings.keys}; put their key-encryption key beside them or name it in DAYBOOK_KEK_FILE\n`);
    });
};
