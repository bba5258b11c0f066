import type { Command } from 'commander';
import type { RebuildReport } from '#platform/read-store';
import { mustLookAfter } from '../account';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';

const line = ({ name, events, seconds, result, digest, differences }: RebuildReport): string => {
  const rows = differences.map(({ table, key, live, rebuilt }) =>
    `  ${table} ${key}: ${live === null ? 'not in the live tables' : rebuilt === null ? 'only in the live tables' : 'differs'}`);
  return [`${name}: ${events.toLocaleString('en-GB')} events in ${seconds.toFixed(1)} s, digest ${digest}, ${result === 'swapped' ? 'as the live tables' : 'DIFFERENT; the live tables stay'}`, ...rows].join('\n');
};

/** `daybook rebuild [NAME]` */
export const rebuild = (program: Command, context: CommandContext): void => {
  program.command('rebuild').summary('rebuild read models beside the live ones, compare, swap')
    .description('Makes the rows of one or all read models again from the log. Equal digests: the new ones take over. Different: exit 1, and the first rows are named.')
    .argument('[name]', 'read model; default: all')
    .option('--json', 'the reports as an array')
    .action(async (name: string | undefined, { json }: { readonly json?: true }) => {
      const daybook = await context.daybook();
      mustLookAfter(daybook);
      const { reads, lookReads, dueWork: { underWay } } = daybook;
      const ofLooks = (await lookReads.status()).map((each) => each.name);
      const known = [...(await reads.status()).map((each) => each.name), ...ofLooks];
      if (name !== undefined && !known.includes(name)) throw new ExitError(exits.usage, `there is no read model ${name}; there are ${known.join(', ')}`);
      const looks = ofLooks.filter((each) => name === undefined || name === each);
      const reports = await underWay.during('REBUILD', async () => [
        ...(name !== undefined && ofLooks.includes(name) ? [] : await reads.rebuild(name)),
        ...(await Promise.all(looks.map((each) => lookReads.rebuild(each)))).flat(),
      ]);
      context.output.out(`${json ? JSON.stringify(reports, null, 2) : reports.map(line).join('\n')}\n`);
      if (reports.some(({ result }) => result === 'different')) throw new ExitError(exits.notSo, 'a rebuilt read model differs from the live one');
    });
};
