import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { CommandContext } from '../context';

/** A token is passed on and forgotten in some file: it is good for half a day at most. */
const MOST_MINUTES = 720;

const minutesOf = (text: string): number => {
  const minutes = Number(text);
  if (!/^\d{1,3}$/.test(text) || minutes < 1 || minutes > MOST_MINUTES) throw new InvalidArgumentError(`must be from 1 to ${MOST_MINUTES}.`);
  return minutes;
};

/** `daybook token` */
export const token = (program: Command, context: CommandContext): void => {
  program.command('token').summary('an access token of an invented user, for the JSON door')
    .description('Prints an access token for /api. Only for sample and trial folders, whose users are invented; in a live folder tokens come from the identity provider.')
    .requiredOption('--as <user>', 'id of the user, such as "DS 2393"')
    .option('--minutes <number>', 'how long it is good for', minutesOf, 60)
    .action(async ({ as, minutes }: { readonly as: string; readonly minutes: number }) => {
      const { signIn } = await context.daybook();
      context.output.out(`${await signIn.tokenFor(as, minutes)}\n`);
    });
};
