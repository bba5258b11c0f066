import path from 'node:path';
import type { Command } from 'commander';
import { snapshotOf } from '../../daybook';
import type { SnapshotUsed } from '../../daybook';
import type { CommandContext } from '../context';
import { lookedAfter } from '../looked-after';

/** What the program says when a new folder was to be filled from a snapshot. */
export const snapshotInWords = ({ snapshot, rebuilt }: SnapshotUsed): string => {
  if (!snapshot) return 'there is no snapshot in the folder of DAYBOOK_SNAPSHOT yet: the whole log is read\n';
  const anew = rebuilt.length === 0 ? '' : `; of another version and built anew from the log: ${rebuilt.join(', ')}`;
  return `filled from the snapshot of ${snapshot.madeAt}, to event ${snapshot.number}${anew}\n`;
};

/** `daybook snapshot` */
export const snapshot = (program: Command, context: CommandContext): void => {
  program.command('snapshot').summary('copy the log and the read models while they are in use, for a new process to start from')
    .description('Puts the copy in the place of the one that stands there. It is as sensitive as the data folder, and has to be made anew after every erasure.')
    .requiredOption('--to <folder>', 'folder for snapshots alone, as DAYBOOK_SNAPSHOT names it')
    .action(async ({ to }: { readonly to: string }) => {
      const daybook = await lookedAfter(context, 'snapshot');
      const place = path.resolve(context.cwd, to);
      const made = await daybook.dueWork.underWay.during('BACKUP', () => snapshotOf(daybook, place));
      context.output.out(`${JSON.stringify({ number: made.number, lastErasure: made.lastErasure, bytes: made.files.reduce((sum, { bytes }) => sum + bytes, 0) })}\n`);
      context.output.err(`the snapshot is in ${place}; the one before is gone from there. Its keys are not in it.\n`);
    });
};
