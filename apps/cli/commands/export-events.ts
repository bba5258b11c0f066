import type { Command } from 'commander';
import { START } from '#platform/event-store';
import type { EmbeddedEventStore, StoredEvent } from '#platform/event-store';
import { accountOf, isProgram } from '../account';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { givenReason, withReason } from '../reasons';
import type { ReasonOptions } from '../reasons';
import { newFile, takeOut } from '../taking-out';
import { exportLooks } from './export-looks';
import { exportSubject } from './export-subject';

interface Options extends ReasonOptions {
  readonly out: string;
  readonly recipient?: string;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

// Keys in canonical order; data and metadata are the bytes that the log holds, so nothing is encoded anew.
const line = ({ data, id, metadata, number, revision, stream, type }: StoredEvent): string =>
  `{"data":${text(data)},"id":${JSON.stringify(id)},"metadata":${text(metadata)},"number":${number},"revision":${revision},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}\n`;

const take = async (context: CommandContext, { out, recipient, ...why }: Options): Promise<void> => {
  const file = newFile(context, out);
  const reason = givenReason(why);
  const daybook = await context.daybook();
  const reader = accountOf(daybook);
  // The log holds every record, of which no role may know.
  if (!isProgram(reader)) throw new ExitError(exits.refused, 'the whole log is taken out by the account of the program itself (SYSTEM) alone');
  const count = { events: 0 };
  const { store, looks, dueWork } = daybook;
  const total = store.currentHead().number + 1;
  const digest = await dueWork.underWay.during('EXPORT', (report) => takeOut(file, lines(store, count, () => report({ stage: 'READING', done: count.events, total })), (sha256) => looks.record(reader, {
    kind: 'disclosure', door: 'CLI', route: 'export events', shown: [{ kind: 'event', ids: [] }], more: count.events, recipients: [{ organisation: recipient ?? reader.agency }], digest: sha256, ...(reason && { reason }),
  })));
  context.output.err(`${count.events.toLocaleString('en-GB')} events written to ${file}, SHA-256 ${digest}\n`);
};

const lines = async function* (store: Pick<EmbeddedEventStore, 'readAll'>, count: { events: number }, onPage: () => void): AsyncGenerator<string> {
  for await (const page of store.readAll(START)) {
    // Looks stand in the same log and have no number in the ledger; they are taken out on their own.
    const events = page.filter(({ number }) => number >= 0);
    count.events += events.length;
    onPage();
    yield events.map(line).join('');
  }
};

/** `daybook export events --out FILE`, and the other exports. */
export const exportEvents = (program: Command, context: CommandContext): void => {
  const group = program.command('export').summary('take records out');
  exportSubject(group, context);
  exportLooks(group, context);
  withReason(group.command('events')).summary('every event as it is stored, one JSON line each')
    .description('Streams the ledger in order, without the log of looks. Personal and free-text fields stay sealed. That it was taken out is itself recorded as a disclosure.')
    .requiredOption('--out <file>', 'a file that does not exist yet')
    .option('--recipient <organisation>', 'who gets it (default: the agency of this account)')
    .action((options: Options) => take(context, options));
};
