import { Option } from 'commander';
import type { Command } from 'commander';
import { dayNumber, startOfLondonDay, StoreUnavailableError } from '#kernel';
import type { Reader } from '#platform/access';
import { extractQuestion, lookExtract, lookLogPurposes } from '#contexts/oversight';
import type { ExtractAsked, LookLogPurpose } from '#contexts/oversight';
import type { Daybook } from '../../daybook';
import { accountOf, isProgram } from '../account';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { newFile, takeOut } from '../taking-out';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly user?: string;
  readonly record?: string;
  readonly out: string;
  readonly open?: true;
  readonly covert?: true;
  readonly recipient: string;
  readonly purpose: LookLogPurpose;
}

/** Longest wait for the read models, ms. */
const CATCH_UP = 60_000;

const dayOf = (text: string, option: string): number => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayNumber(text) : NaN;
  if (Number.isNaN(day)) throw new ExitError(exits.usage, `${option} must be a date such as 2026-06-14`);
  return day;
};

const recordOf = async ({ access, people }: Daybook, reader: Reader, reference: string): Promise<ExtractAsked['record']> => {
  const { queries, readsPerson } = access.seenBy(reader);
  const investigation = queries.resolve(reference);
  if (investigation) return { kind: 'investigation', id: investigation };
  const person = people.resolve(reference);
  if (!person || !(await readsPerson(person))) throw new ExitError(exits.notSo, 'there is no record with that reference');
  return { kind: 'person', id: person };
};

const askedBy = async (daybook: Daybook, reader: Reader, { from, to, user, record, open, covert }: Options): Promise<ExtractAsked> => {
  if (covert && !daybook.oversight.seesCovert(reader) && !isProgram(reader)) throw new ExitError(exits.refused, 'looks of professional standards are told to professional standards alone');
  return {
    from: startOfLondonDay(dayOf(from, '--from')), before: startOfLondonDay(dayOf(to, '--to') + 1), covert: covert === true, open: open === true,
    ...(user !== undefined && { user }), ...(record !== undefined && { record: await recordOf(daybook, reader, record) }),
  };
};

/** The read models say what was recorded when, so they have to hold all of both logs. */
const caughtUp = async ({ store, reads, lookLog, lookReads }: Daybook): Promise<void> => {
  await Promise.all([reads.caughtUp(), lookReads.caughtUp()]);
  for (const [log, models] of [[store, reads], [lookLog, lookReads]] as const) {
    const last = log.positionOfNumber((await log.head()).number);
    if (last !== undefined && !(await models.waitFor(last, CATCH_UP))) throw new StoreUnavailableError('the read models are behind', 'no');
  }
};

const lines = async function* (daybook: Daybook, asked: ExtractAsked, count: { lines: number }): AsyncGenerator<string> {
  for await (const line of lookExtract(daybook, asked)) {
    count.lines++;
    yield `${JSON.stringify(line)}\n`;
  }
};

const take = async (context: CommandContext, options: Options): Promise<void> => {
  const file = newFile(context, options.out);
  const daybook = await context.daybook();
  const reader = accountOf(daybook);
  if (!isProgram(reader) && !daybook.access.may(reader, 'extractLog')) throw new ExitError(exits.refused, 'this account may not take out the log of looks');
  await caughtUp(daybook);
  const asked = await askedBy(daybook, reader, options);
  const count = { lines: 0 };
  const digest = await takeOut(file, lines(daybook, asked, count), (sha256) => daybook.looks.record(reader, {
    kind: 'disclosure', door: 'CLI', route: 'export looks', question: extractQuestion(asked), reason: { code: options.purpose }, recipients: [{ organisation: options.recipient }], digest: sha256,
    shown: [{ kind: 'look-log', ids: [] }, ...(asked.record ? [{ kind: asked.record.kind, ids: [asked.record.id] }] : [])], more: count.lines,
  }));
  context.output.err(`${count.lines.toLocaleString('en-GB')} operations written to ${file}, SHA-256 ${digest}\n`);
};

/** `daybook export looks --from D --to D --out FILE` */
export const exportLooks = (group: Command, context: CommandContext): void => {
  group.command('looks').summary('the statutory log (Data Protection Act 2018 s.62), one JSON line an operation')
    .description('Collection, alteration, consultation, disclosure, combination and erasure: when, by whom, of which records, to whom, and why. That it was taken out is itself recorded as a disclosure.')
    .requiredOption('--from <date>', 'first day, Europe/London').requiredOption('--to <date>', 'last day').requiredOption('--out <file>', 'a file that does not exist yet')
    .option('--user <id>', 'operations of one user').option('--record <ref>', 'operations on one investigation or person')
    .option('--recipient <organisation>', 'who gets it', 'Information Commissioner')
    .addOption(new Option('--purpose <purpose>', 'for what, of the four that section 62(4) allows').choices(lookLogPurposes).default('LAWFULNESS'))
    .option('--open', 'open what is sealed: words of reasons, names of recipients').option('--covert', 'with looks of professional standards')
    .action((options: Options) => take(context, options));
};
