import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { backUpKeys, backUpLog, holdFolder, restoreKeys, restoreLog, rotateKek } from '#platform/folder';
import { restoreSnapshot } from '#platform/snapshot';
import { lookedAfter } from '../looked-after';
import type { CommandContext } from '../context';

const isFolder = (place: string): boolean => fs.statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** `daybook backup`, `restore`, `keys backup`, `keys restore` */
export const backups = (program: Command, context: CommandContext): void => {
  const place = (file: string): string => path.resolve(context.cwd, file);

  program.command('backup').summary('copy the log to one file while it is in use').argument('<file>', 'a file that does not exist yet')
    .action(async (file: string) => {
      const { folder, store, dueWork } = await lookedAfter(context, 'backup');
      await dueWork.underWay.during('BACKUP', () => backUpLog(folder, async (to) => void (await store.backup(to)), place(file)));
      context.output.err(`the log is in ${place(file)}; its keys are not: back them up apart from it (daybook keys backup)\n`);
    });

  program.command('restore').summary('restore a log into an empty folder').argument('<file>', 'a file that daybook backup made, or a folder of daybook snapshot: with its read models')
    .action(async (file: string) => {
      const hold = holdFolder(context.settings.data);
      try {
        const from = place(file);
        const kind = isFolder(from) ? await restoreSnapshot(context.settings, from) : restoreLog(context.settings, from).kind;
        context.output.err(`restored a ${kind} folder; its keys must be in ${context.settings.keys} before it is opened (daybook keys restore)\n`);
      } finally {
        hold.release();
      }
    });

  keyCommands(program, context, place);
};

/** `daybook keys backup`, `keys restore`, `keys rotate` */
const keyCommands = (program: Command, context: CommandContext, place: (file: string) => string): void => {
  const keys = program.command('keys').summary('the keys of sealed values');
  keys.command('backup').summary('copy the wrapped keys to one file').argument('<file>', 'a file that does not exist yet')
    .action(async (file: string) => {
      const { keys: store, folder } = await lookedAfter(context, 'keys backup');
      await backUpKeys(store, place(file));
      context.output.err(`the wrapped keys are in ${place(file)}; they open nothing without the key-encryption key ${folder.kekFile}, which is not in it\n`);
    });
  keys.command('restore').summary('restore wrapped keys where there are none').argument('<file>', 'a file that daybook keys backup made')
    .action(async (file: string) => {
      await restoreKeys(context.settings, place(file));
      context.output.err(`the keys are in ${context.settings.keys}; put their key-encryption key beside them or name it in DAYBOOK_KEK_FILE\n`);
    });
  keys.command('rotate').summary('wrap the keys under a new key-encryption key').requiredOption('--new-kek <file>', 'the new key, made and kept as the old one was')
    .action(async ({ newKek }: { readonly newKek: string }) => {
      const { keys: store, folder } = await lookedAfter(context, 'keys rotate');
      const state = await rotateKek(context.settings, store, place(newKek));
      context.output.err(state === 'in place' ? rotated(folder.kekFile) : waiting(folder.kekFile, place(newKek)));
    });
};

const rotated = (file: string): string =>
  `the keys open with the new key-encryption key alone, which is in ${file}; keep a copy safe, make a new backup of the keys, and keep the old key only as long as older backups of the keys\n`;

const waiting = (file: string, newFile: string): string =>
  `the keys are wrapped under the new key-encryption key; put ${newFile} in the place of ${file}, then start again or run this command again: until then they open with either\n`;
