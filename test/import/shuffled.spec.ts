import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { fold } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { investigation } from '../../libs/contexts/investigations/domain/investigation.decider';
import type { InvestigationEvent } from '../../libs/contexts/investigations/domain/investigation.events';
import { LATEST } from '../../libs/contexts/investigations/read/case-tracks';
import { investigationProjections } from '../../libs/contexts/investigations/read/investigation.projection';
import { MemoryReads } from '../support/memory-reads';
import { ImportedLog } from './imported-log';

const HISTORIES = Number(process.env['DAYBOOK_HISTORIES'] ?? 2_000);

/** One row of a monthly file. */
interface SourceRow {
  readonly kind: 'street' | 'outcomes';
  readonly crime: string;
  readonly month: string;
  readonly area: string;
  readonly what: string;
}

const month = fc.constantFrom('2022-01', '2022-02', '2022-03', '2022-04');
const row: fc.Arbitrary<SourceRow> = fc.record({
  kind: fc.constantFrom('street' as const, 'outcomes' as const),
  crime: fc.constantFrom('a', 'b', 'c'),
  month,
  area: fc.constantFrom('Northton 001A', 'South Vale 012C', ''),
  what: fc.constantFrom('Burglary', 'Drugs', 'Suspect charged', 'Local resolution'),
});
/** The rows of a history, how each is dealt to a run, and the order of the files within the runs. */
const history = fc.record({ rows: fc.array(row, { minLength: 1, maxLength: 14 }), runs: fc.array(fc.nat(2), { minLength: 14, maxLength: 14 }), backwards: fc.boolean() });

const header = { street: 'Crime ID,Month,LSOA name,Crime type', outcomes: 'Crime ID,Month,LSOA name,Outcome type' };

const writeFiles = (folder: string, rows: readonly SourceRow[]): string[] => {
  const files = new Map<string, string[]>();
  for (const { kind, crime, month: when, area, what } of rows) {
    const file = path.join(folder, `${when}-anyshire-${kind}.csv`);
    const lines = files.get(file) ?? [header[kind]];
    lines.push([crime, when, area, what].join(','));
    files.set(file, lines);
  }
  fs.mkdirSync(folder, { recursive: true });
  for (const [file, lines] of files) fs.writeFileSync(file, `${lines.join('\n')}\n`);
  return [...files.keys()];
};

const byStream = (events: readonly RecordedEvent[]): Map<string, RecordedEvent<InvestigationEvent>[]> => {
  const streams = new Map<string, RecordedEvent<InvestigationEvent>[]>();
  for (const event of events as RecordedEvent<InvestigationEvent>[]) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  return streams;
};

/** What the rules see of every case, without how it came to be recorded. */
const decided = (events: readonly RecordedEvent[]): unknown =>
  Object.fromEntries([...byStream(events)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stream, recorded]) => [stream, { ...fold(investigation, recorded), recorded: [] }]));

const tables = investigationProjections.flatMap((projection) => projection.tables.map(({ name }) => name));
const rowsOf = (reads: MemoryReads): unknown => Object.fromEntries(tables.map((table) => [table, reads.rows(table)]));

/** Read models that follow the log event by event, with what they remember of a stream dropped before each. */
const followed = (events: readonly RecordedEvent[]): MemoryReads => {
  const reads = new MemoryReads(investigationProjections);
  events.forEach((event, i) => {
    reads.forget(event.stream, events.slice(0, i).filter(({ stream }) => stream === event.stream));
    reads.apply(event);
  });
  return reads;
};

/** How each case stood over effective time, as the read models know it now, by whatever account it was recorded. */
const knownNow = (reads: MemoryReads): unknown => reads.db.all(KNOWN_NOW, LATEST);
const KNOWN_NOW = `SELECT investigation, status, active, kind, area, openedAt, openedPrecision, effFrom, effTo
  FROM investigation_rect JOIN investigation USING (opener) WHERE recTo = ? ORDER BY investigation, effFrom`;

describe('a history of a source', () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-histories-'));
  afterAll(() => fs.rmSync(root, { recursive: true }));

  it(`comes to the same by rules, by read models live and rebuilt, and in any order of files and runs (${HISTORIES} histories)`, async () => {
    let n = 0;
    const property = fc.asyncProperty(history, async ({ rows, runs, backwards }) => {
      const folder = path.join(root, String(n++));
      const [whole, parted] = [await ImportedLog.open(), await ImportedLog.open()];
      await whole.import(...writeFiles(path.join(folder, 'whole'), rows));
      for (const run of [0, 1, 2]) {
        const files = writeFiles(path.join(folder, String(run)), rows.filter((_, i) => runs[i] === run));
        if (files.length > 0) await parted.import(...(backwards ? files.reverse() : files));
      }
      const [straight, crooked] = [await whole.events(), await parted.events()];
      expect(decided(crooked)).toEqual(decided(straight));
      const [live, rebuilt] = [followed(crooked), await parted.reads()];
      expect(rowsOf(rebuilt)).toEqual(rowsOf(live));
      expect(knownNow(live)).toEqual(knownNow(await whole.reads()));
      await Promise.all([whole.close(), parted.close()]);
      fs.rmSync(folder, { recursive: true });
    });
    await fc.assert(property, { numRuns: HISTORIES });
  }, 600_000);
});
