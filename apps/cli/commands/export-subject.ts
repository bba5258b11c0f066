import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { instantOf } from '#kernel';
import type { InvestigationId } from '#kernel';
import type { ExtractMade } from '#contexts/oversight';
import type { Reader } from '#platform/access';
import type { Daybook } from '../../daybook';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';

interface Asked {
  readonly out: string;
  readonly leaveOut?: readonly string[];
}

/** Whoever takes records out is somebody. */
const account = ({ account: reader }: Daybook): Reader => {
  if (!reader) throw new ExitError(exits.refused, 'this account is nobody in the settings of this folder, so it takes nothing out of it');
  return reader;
};

const investigationsIn = ({ queries }: Daybook, references: readonly string[]): ReadonlySet<InvestigationId> =>
  new Set(references.map((reference) => {
    const found = queries.resolve(reference);
    if (found === undefined) throw new ExitError(exits.notSo, `${reference} is not the reference of an investigation`);
    return found;
  }));

/** Written whole or not at all, for its owner alone. */
const written = (file: string, text: string): void => {
  const handle = fs.openSync(file, 'wx', 0o600);
  try {
    fs.writeFileSync(handle, text);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
};

const tellLeftOut = ({ queries }: Daybook, { leftOut, extract }: ExtractMade, say: (text: string) => void): void => {
  const texts = Object.values(extract.withheld).reduce((sum, count) => sum + count, 0);
  if (texts > 0) say(`${texts} texts are withheld: about others (s.45(4)(e)), or not assessed; each is marked where it stood\n`);
  if (leftOut.length > 0)
    say(`left out, and not mentioned in the file: ${leftOut.map((id) => queries.one(id)?.reference ?? id).join(', ')}; record the ground (DPA 2018 s.45(4)(a) or (b), s.45(7))\n`);
};

/** `daybook export subject PER-n --out FILE` */
export const exportSubject = (group: Command, context: CommandContext): void => {
  group.command('subject').summary('everything held about a person, for that person')
    .description('Texts about others are marked and withheld; RESTRICTED and SENSITIVE investigations are left out. It is recorded as a disclosure.')
    .argument('<person>', 'PER- reference or id')
    .requiredOption('--out <file>', 'a file that does not exist yet')
    .option('--leave-out <investigations...>', 'investigations of which the person may not learn now')
    .action(async (reference: string, { out, leaveOut = [] }: Asked) => {
      const file = path.resolve(context.cwd, out);
      if (fs.existsSync(file)) throw new ExitError(exits.refused, `${file} exists already; an export overwrites nothing`);
      const daybook = await context.daybook();
      const nominalId = daybook.people.resolve(reference);
      const now = daybook.clock();
      const made = nominalId && (await daybook.extracts.of(nominalId, instantOf(now), investigationsIn(daybook, leaveOut)));
      if (!made) throw new ExitError(exits.notSo, `${reference} is nobody in this ledger`);
      const text = `${JSON.stringify(made.extract, null, 2)}\n`;
      // Recorded first: nothing leaves of which there is no record.
      await daybook.looks.record(account(daybook), {
        kind: 'disclosure', door: 'CLI', route: 'export subject', shown: [{ kind: 'person', ids: [nominalId] }], recipients: [{ organisation: 'DATA_SUBJECT' }],
        digest: createHash('sha256').update(text).digest('hex'),
      });
      written(file, text);
      tellLeftOut(daybook, made, (words) => context.output.err(words));
      context.output.err(`what is held about ${reference} is in ${file}\n`);
    });
};
