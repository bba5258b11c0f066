import { Command } from 'commander';
import { backups } from './commands/backups';
import { exportEvents } from './commands/export-events';
import { figures } from './commands/figures';
import { history } from './commands/history';
import { importCommands } from './commands/import-police-uk';
import { migrate } from './commands/migrate';
import { rebuild } from './commands/rebuild';
import { snapshot } from './commands/snapshot';
import { starting } from './commands/start';
import { token } from './commands/token';
import type { CommandContext } from './context';
import { exits } from './context';
import { tellFailure } from './failures';

const programFor = (context: CommandContext): Command => {
  const program = new Command('daybook')
    .description('An event-sourced intelligence and investigation ledger. Results go to stdout, words for people to stderr.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => context.output.out(text), writeErr: (text) => context.output.err(text) })
    .helpCommand(true)
    .addHelpText('after', '\nExit codes: 0 done, 1 the thing asked for is not so, 2 wrong usage, 3 refused by a rule, 4 store not reachable, 5 busy.\nSettings are DAYBOOK_* variables; see docs/operations.md.');
  // Commands added from here on inherit how errors and words are passed on.
  starting(program, context, runCommand);
  for (const add of [figures, history, importCommands, rebuild, exportEvents, backups, snapshot, migrate, token]) add(program, context);
  return program;
};

/** Runs one command line (without the program's name) and gives its exit code. */
export const runCommand = async (argv: readonly string[], context: CommandContext): Promise<number> => {
  try {
    await programFor(context).parseAsync([...argv], { from: 'user' });
    return exits.done;
  } catch (error) {
    return tellFailure(error, (text) => context.output.err(text));
  }
};
