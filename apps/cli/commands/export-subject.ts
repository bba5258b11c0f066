import type { Command } from 'commander';
import { instantOf } from '#kernel';
import type { InvestigationId } from '#kernel';
import type { ExtractMade } from '#contexts/oversight';
import type { Reader } from '#platform/access';
import type { Daybook } from '../../daybook';
import { accountOf } from '../account';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { Opening } from '../opening';
import { reasonFor, withReason } from '../reasons';
import type { ReasonOptions } from '../reasons';
import { newFile, takeOut } from '../taking-out';

interface Asked extends ReasonOptions {
  readonly out: string;
  readonly leaveOut?: readonly string[];
  readonly tell?: readonly string[];
}

const investigationsIn = ({ access }: Daybook, reader: Reader, references: readonly string[]): ReadonlySet<InvestigationId> => {
  const { queries } = access.seenBy(reader);
  return new Set(references.map((reference) => {
    const found = queries.resolve(reference);
    if (found === undefined) throw new ExitError(exits.notSo, `${reference} is not the reference of an investigation`);
    return found;
  }));
};

const tellLeftOut = ({ access }: Daybook, reader: Reader, { leftOut, extract }: ExtractMade, say: (text: string) => void): void => {
  const { queries } = access.seenBy(reader);
  const texts = Object.values(extract.withheld).reduce((sum, count) => sum + count, 0);
  if (texts > 0) say(`${texts} texts are withheld: about others (s.45(4)(e)), or not assessed; each is marked where it stood\n`);
  // Of an investigation that is hidden from this account, not even that it is left out.
  const known = leftOut.flatMap((id) => queries.one(id)?.reference ?? []);
  if (known.length > 0) say(`left out, and not mentioned in the file: ${known.join(', ')}; record the ground (DPA 2018 s.45(4)(a) or (b), s.45(7))\n`);
};

const take = async (context: CommandContext, reference: string, { out, leaveOut = [], tell = [], ...why }: Asked): Promise<void> => {
  const file = newFile(context, out);
  const daybook = await context.daybook();
  const reader = accountOf(daybook);
  const nominalId = await new Opening(daybook, reader, 'export subject').subject(reference);
  const reason = reasonFor(await daybook.access.reasonNeededFor(reader, nominalId), why);
  const made = await daybook.extracts.of(nominalId, instantOf(daybook.clock()), { leaveOut: investigationsIn(daybook, reader, leaveOut), tell: investigationsIn(daybook, reader, tell) });
  if (!made) throw new ExitError(exits.notSo, `${reference} is nobody in this ledger`);
  const text = async function* (): AsyncGenerator<string> {
    yield `${JSON.stringify(made.extract, null, 2)}\n`;
  };
  await takeOut(file, text(), (digest) => daybook.looks.record(reader, {
    kind: 'disclosure', door: 'CLI', route: 'export subject', shown: [{ kind: 'person', ids: [nominalId] }], recipients: [{ organisation: 'DATA_SUBJECT' }], digest, ...(reason && { reason }),
  }));
  tellLeftOut(daybook, reader, made, (words) => context.output.err(words));
  context.output.err(`what is held about ${reference} is in ${file}\n`);
};

/** `daybook export subject PER-n --out FILE` */
export const exportSubject = (group: Command, context: CommandContext): void => {
  withReason(group.command('subject')).summary('everything held about a person, for that person')
    .description('Texts about others are marked and withheld; RESTRICTED and SENSITIVE investigations are left out, and those on which something runs against the person unless told of. It is recorded as a disclosure.')
    .argument('<person>', 'PER- reference or id')
    .requiredOption('--out <file>', 'a file that does not exist yet')
    .option('--leave-out <investigations...>', 'investigations of which the person may not learn now')
    .option('--tell <investigations...>', 'investigations of which they may, though something runs against them there')
    .action((reference: string, options: Asked) => take(context, reference, options));
};
