import path from 'node:path';
import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { importPoliceUk } from '#contexts/investigations';
import type { ImportProgress, ImportSummary } from '#contexts/investigations';
import { START } from '#platform/event-store';
import { counted, formatNumber } from '../../console';
import { refusalSentence } from '../../words';
import { mustLookAfter } from '../account';
import type { CommandContext } from '../context';

/** Longest wait for the read models after the last event, ms. */
const CATCH_UP = 60_000;

// The sender's terminal may belong to another process: the bar writes to it through this.
const terminal = ({ output, columns }: CommandContext): NodeJS.WriteStream =>
  Object.assign(new Writable({ write: (chunk: Buffer, _, done) => { output.err(chunk.toString()); done(); } }), {
    isTTY: true, columns, getWindowSize: () => [columns, 24],
  }) as unknown as NodeJS.WriteStream;

const progressOf = (context: CommandContext): { show(progress: ImportProgress): void; end(): void } => {
  if (!context.isTTY) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar({ format: '{phase} [{bar}] {percentage}% {eta_formatted} left', stream: terminal(context), hideCursor: true, fps: 5 });
  let phase = '';
  return {
    show: ({ phase: next, done, total }) => {
      if (next !== phase) {
        if (phase !== '') bar.stop();
        bar.start(total, done, { phase: (phase = next) });
      } else bar.update(done);
    },
    end: () => bar.stop(),
  };
};

const reasonWords: Readonly<Record<string, string>> = {
  NO_CRIME_ID: 'without a Crime ID (such as anti-social behaviour)', MONTH_IN_FUTURE: 'of a month that this folder’s clock has not reached', BAD_MONTH: 'with a month that cannot be read',
  WRONG_COLUMN_COUNT: 'with too many or too few columns', TOO_LONG: 'with a value that is too long',
};

/** What an import did as people read it. */
export const importInWords = (summary: ImportSummary): string => [
  `${counted(summary.rows, 'row')} in ${counted(summary.files, 'file')}: ${formatNumber(summary.used)} used, ${counted(summary.duplicates, 'duplicate')}, `
    + `${formatNumber(summary.unmatched)} unmatched, ${formatNumber(summary.rejected)} rejected`,
  ...Object.entries(summary.reasons).sort(([, a], [, b]) => b - a).map(([reason, rows]) => `  ${counted(rows, 'row')} rejected: ${reasonWords[reason] ?? refusalSentence(reason)} (${reason})`),
  `${counted(summary.events, 'event')} written in ${summary.seconds.toFixed(1)} s`,
  ...(summary.rejected + summary.unmatched > 0 ? [`rows that were not used, by file and line: ${summary.report}`] : []),
].join('\n');

const goneOf = ({ signal }: CommandContext): Promise<unknown> =>
  (signal?.aborted ? Promise.resolve() : new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true })));

/** `daybook import police-uk PATH...` */
export const importCommands = (program: Command, context: CommandContext): void => {
  program.command('import').summary('take facts in from another system')
    .command('police-uk').summary('monthly files of data.police.uk')
    .description('Reads *-street.csv and *-outcomes.csv, plain or .gz, in any order and any number of times.')
    .argument('<path...>', 'files or folders')
    .option('--json', 'the summary as JSON')
    .action(async (paths: readonly string[], { json }: { readonly json?: true }) => {
      const daybook = await context.daybook();
      mustLookAfter(daybook);
      const { ledger, folder, clock, store, reads, dueWork } = daybook;
      const progress = progressOf(context);
      const summary = await dueWork.underWay.during('IMPORT', (report) => importPoliceUk({
        paths: paths.map((each) => path.resolve(context.cwd, each)), ledger, dataFolder: folder.path, now: clock, signal: context.signal,
        onProgress: (at) => {
          progress.show(at);
          report({ stage: at.phase.toUpperCase(), done: at.done, total: at.total });
        },
      })).finally(progress.end);
      // Nobody waits for the figures any more when the sender has gone.
      const { number } = store.currentHead();
      await Promise.race([reads.waitFor(store.positionOfNumber(number) ?? START, CATCH_UP), goneOf(context)]);
      context.output.out(`${json ? JSON.stringify(summary, null, 2) : importInWords(summary)}\n`);
    });
};
