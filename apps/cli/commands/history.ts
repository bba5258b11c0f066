import type { Command } from 'commander';
import { msOf } from '#kernel';
import type { HistoryEntry } from '#contexts/investigations';
import { formatEffective, formatMoment, formatNumber, wordsOf } from '../../console';
import { ambiguousReference } from '../../words';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { asAtOf, settled } from '../moments';
import type { MomentOptions } from '../moments';

const cells = (number: string, recorded: string, happened: string, what: string): string => `${number.padStart(9)}  ${recorded.padEnd(29)}  ${happened.padEnd(29)}  ${what}`;

const line = ({ number, type, effectiveAt, recordedAt, actor, correctedBy }: HistoryEntry): string => {
  const put = correctedBy ? ` (${correctedBy.as === 'void' ? 'taken away' : 'corrected'} by event ${formatNumber(correctedBy.number)})` : '';
  return cells(formatNumber(number), formatMoment(msOf(recordedAt)), formatEffective(effectiveAt), `${wordsOf(type).title}, by ${actor.id}${put}`);
};

/** A case history as people read it, a line an event; moments are Europe/London. */
export const historyInWords = (entries: readonly HistoryEntry[]): string =>
  [cells('Event', 'Recorded', 'Happened', 'What'), ...entries.map(line)].join('\n');

const notOne = (named: readonly string[]): string => (named.length > 1 ? ambiguousReference(named) : 'there is no investigation with that reference');

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
      const { queries, history: caseHistory, moments: recorded, clock } = await context.daybook();
      const id = queries.resolve(ref);
      if (!id) throw new ExitError(exits.notSo, notOne(queries.named(ref)));
      const entries = await caseHistory.history(id, await settled(asAtOf(moments, clock), recorded));
      if (entries.length === 0) throw new ExitError(exits.notSo, 'there was no such investigation at that moment');
      context.output.out(`${json ? JSON.stringify(entries, null, 2) : historyInWords(entries)}\n`);
    });
};
