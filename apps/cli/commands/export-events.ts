import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { START } from '#platform/event-store';
import type { StoredEvent } from '#platform/event-store';
import { ExitError, exits } from '../context';
import type { CommandContext } from '../context';
import { exportLooks } from './export-looks';
import { exportSubject } from './export-subject';

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

// Keys in canonical order; data and metadata are the bytes that the log holds, so nothing is encoded anew.
const line = ({ data, id, metadata, number, revision, stream, type }: StoredEvent): string =>
  `{"data":${text(data)},"id":${JSON.stringify(id)},"metadata":${text(metadata)},"number":${number},"revision":${revision},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}\n`;

/** `daybook export events --out FILE`, and the other exports. */
export const exportEvents = (program: Command, context: CommandContext): void => {
  const group = program.command('export').summary('take records out');
  exportSubject(group, context);
  exportLooks(group, context);
  group.command('events').summary('every event as it is stored, one JSON line each')
    .description('Streams the log in order. Personal and free-text fields stay sealed.')
    .requiredOption('--out <file>', 'a file that does not exist yet')
    .option('--reason <text>', 'accepted for scripts; this version does not log disclosures yet')
    .action(async ({ out }: { readonly out: string }) => {
      const file = path.resolve(context.cwd, out);
      if (fs.existsSync(file)) throw new ExitError(exits.refused, `${file} exists already; an export overwrites nothing`);
      const { store } = await context.daybook();
      let events = 0;
      const lines = async function* (): AsyncGenerator<string> {
        for await (const page of store.readAll(START)) {
          events += page.length;
          yield page.map(line).join('');
        }
      };
      try {
        await pipeline(lines, fs.createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }));
      } catch (error) {
        fs.rmSync(file, { force: true }); // half an export must not look like one
        throw error;
      }
      context.output.err(`${events.toLocaleString('en-GB')} events written to ${file}\n`);
    });
};
