import type { Command } from 'commander';
import type { HistoryEntry } from '#contexts/investigations';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { asAtOf } from '../moments';
import type { MomentOptions } from '../moments';

const line = ({ number, type, effectiveAt, recordedAt, actor, correctedBy }: HistoryEntry): string => {
  const put = correctedBy ? `  (${correctedBy.as === 'void' ? 'voided' : 'corrected'} by event ${correctedBy.number})` : '';
  return `${String(number).padStart(9)}  ${recordedAt}  ${(effectiveAt.from ?? 'unknown').padEnd(22)}  ${type}  by ${actor.id}${put}`;
};

/** `daybook history REF` */
export const history = (program: Command, context: CommandContext): void => {
  program.command('history').summary('everything recorded about one investigation')
    .description('Prints the case history in the order of recording, at any pair of moments; sealed texts are opened.')
    .argument('<ref>', 'INV- reference, id, crime reference or source id')
    .option('--effective-at <moment>', 'what had happened by then (default: now)')
    .option('--recorded-at <moment>', 'what the ledger held by then (default: now)')
    .option('--reason <text>', 'accepted for scripts; this version does not log looks yet')
    .option('--json', 'an array of events')
    .action(async (ref: string, { json, ...moments }: MomentOptions & { readonly json?: true }) => {
      const { queries, history: caseHistory, clock } = await context.daybook();
      const id = queries.resolve(ref);
      if (!id) throw new ExitError(exits.notSo, 'there is no investigation with that reference');
      const entries = await caseHistory.history(id, asAtOf(moments, clock));
      if (entries.length === 0) throw new ExitError(exits.notSo, 'there was no such investigation at that moment');
      context.output.out(`${json ? JSON.stringify(entries, null, 2) : entries.map(line).join('\n')}\n`);
    });
};
