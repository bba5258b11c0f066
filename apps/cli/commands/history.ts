import type { Command } from 'commander';
import { msOf } from '#kernel';
import type { HistoryEntry } from '#contexts/investigations';
import { formatEffective, formatMoment, formatNumber, wordsOf } from '../../console';
import { accountOf } from '../account';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { asAtOf, settled } from '../moments';
import type { MomentOptions } from '../moments';
import { Opening } from '../opening';
import { reasonFor, withReason } from '../reasons';
import type { ReasonOptions } from '../reasons';

const cells = (number: string, recorded: string, happened: string, what: string): string => `${number.padStart(9)}  ${recorded.padEnd(29)}  ${happened.padEnd(29)}  ${what}`;

const line = ({ number, type, effectiveAt, recordedAt, actor, correctedBy }: HistoryEntry): string => {
  const put = correctedBy ? ` (${correctedBy.as === 'void' ? 'taken away' : 'corrected'} by event ${formatNumber(correctedBy.number)})` : '';
  return cells(formatNumber(number), formatMoment(msOf(recordedAt)), formatEffective(effectiveAt), `${wordsOf(type).title}, by ${actor.id}${put}`);
};

/** A case history as people read it, a line an event; moments are Europe/London. */
export const historyInWords = (entries: readonly HistoryEntry[]): string =>
  [cells('Event', 'Recorded', 'Happened', 'What'), ...entries.map(line)].join('\n');

interface HistoryOptions extends MomentOptions, ReasonOptions {
  readonly json?: true;
}

/** Nothing is printed before it is on record. */
const show = async (context: CommandContext, ref: string, { json, effectiveAt, recordedAt, ...why }: HistoryOptions): Promise<void> => {
  const daybook = await context.daybook();
  const { access, history: caseHistory, looks, moments, clock } = daybook;
  const reader = accountOf(daybook);
  const id = await new Opening(daybook, reader, 'history').investigation(ref);
  const reason = reasonFor(await access.reasonNeeded(reader, id), why);
  const entries = await caseHistory.history(id, await settled(asAtOf({ effectiveAt, recordedAt }, clock), moments));
  if (entries.length === 0) throw new ExitError(exits.notSo, 'there was no such investigation at that moment');
  await looks.record(reader, {
    kind: 'consultation', door: 'CLI', route: 'history', shown: [{ kind: 'investigation', ids: [id] }], question: { effectiveAt, recordedAt }, ...(reason && { reason }),
  });
  context.output.out(`${json ? JSON.stringify(entries, null, 2) : historyInWords(entries)}\n`);
};

/** `daybook history REF` */
export const history = (program: Command, context: CommandContext): void => {
  withReason(program.command('history')).summary('everything recorded about one investigation')
    .description('Prints the case history in the order of recording, at any pair of moments; sealed texts are opened. That it was looked at stands on record.')
    .argument('<ref>', 'INV- reference, id, crime reference or source id')
    .option('--effective-at <moment>', 'what had happened by then (default: now)')
    .option('--recorded-at <moment>', 'what the ledger held by then (default: now)')
    .option('--json', 'an array of events')
    .action((ref: string, options: HistoryOptions) => show(context, ref, options));
};
