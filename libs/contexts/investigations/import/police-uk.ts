import path from 'node:path';
import { DomainError } from '#kernel';
import type { Clock, Decider, Fact } from '#kernel';
import { idFrom } from '#platform/event-store';
import type { Ledger } from '#platform/event-store';
import type { Staging } from '#platform/staging';
import type { InvestigationCommand } from '../domain/investigation.commands';
import { investigation } from '../domain/investigation.decider';
import type { InvestigationEvent } from '../domain/investigation.events';
import { contextOf, crimeOf, stagedValue, useOf } from './police-uk-crime';
import type { PoliceUkCrime, RowUse } from './police-uk-crime';
import { findPoliceUkFiles } from './police-uk-files';
import type { PoliceUkFile } from './police-uk-files';
import { readPoliceUkRows } from './police-uk-rows';
import { openPile } from './pile';
import { ReportFile } from './report-file';

export interface ImportProgress {
  /** First all files are read (bytes), then what they say is recorded (crimes). */
  readonly phase: 'reading' | 'recording';
  readonly done: number;
  readonly total: number;
}

export interface PoliceUkImport {
  /** Files and folders, in any order. */
  readonly paths: readonly string[];
  readonly ledger: Ledger;
  /** The report and, while the import runs, its staging file go here. */
  readonly dataFolder: string;
  readonly now: Clock;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Commands in flight at once; they share the store's disk writes. */
  readonly window?: number;
  /** Stops the import between two crimes, with what was recorded by then; the same import again records the rest. */
  readonly signal?: AbortSignal;
}

/** `rows` = `used` + `duplicates` + `unmatched` + `rejected`, always. */
export interface ImportSummary {
  readonly rows: number;
  /** Rows that said something new. */
  readonly used: number;
  /** Rows that said what an earlier row, of this run or of one before, had said. */
  readonly duplicates: number;
  /** Outcomes of crimes that no street file has shown yet; kept, and in force as soon as one does. */
  readonly unmatched: number;
  /** Rows that cannot be used; each stands in the report with its reason. */
  readonly rejected: number;
  /** Of the rejected rows, how many for which reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly events: number;
  readonly seconds: number;
  /** CSV file of `file,line,reason` for every rejected and unmatched row. */
  readonly report: string;
  readonly files: number;
  /** Files of another kind, such as stop-and-search, that were left alone. */
  readonly ignored: number;
}

const WINDOW = 128;
const tally = () => ({ rows: 0, used: 0, duplicates: 0, unmatched: 0, rejected: 0, reasons: {} as Record<string, number>, events: 0 });
type Tally = ReturnType<typeof tally>;

/**
 * Records what these files of data.police.uk say, by the counting rule of one investigation a crime id. All files are read and checked
 * before anything is recorded; saying again what the ledger holds writes nothing, whatever the order of files or runs.
 * @throws SourceFileError when a file is missing, damaged or of another form: nothing was recorded; @throws what `signal` was aborted with
 */
export const importPoliceUk = async (options: PoliceUkImport): Promise<ImportSummary> => {
  const started = options.now();
  const clockStart = process.hrtime.bigint();
  const { files, ignored } = await findPoliceUkFiles(options.paths);
  const folder = path.join(options.dataFolder, 'imports');
  const pile = openPile(folder);
  const counts = tally();
  const report = ReportFile.make(folder, `police-uk-${new Date(started).toISOString().replaceAll(':', '-')}`);
  try {
    await readAll(files, options, pile.staging, report, counts).catch((error: unknown) => {
      report.discard();
      throw error;
    });
    // If it dies from here on, some crimes are recorded and the rest are not; the same command again records the rest.
    await recordAll(options, pile.staging, idFrom('import-police-uk', String(started)), counts).finally(() => {
      reportMarked(files, pile.staging, report);
      report.close();
    });
  } finally {
    pile.close();
  }
  const seconds = Number(process.hrtime.bigint() - clockStart) / 1e9;
  return { ...counts, seconds: Math.round(seconds * 1000) / 1000, report: report.file, files: files.length, ignored };
};

const readAll = async (files: readonly PoliceUkFile[], { now, onProgress, signal }: PoliceUkImport, staging: Staging, report: ReportFile, counts: Tally): Promise<void> => {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const moment = now();
  let done = 0;
  for (const [index, file] of files.entries()) {
    const onBytes = (bytes: number): void => onProgress?.({ phase: 'reading', done: done += bytes, total });
    for await (const row of readPoliceUkRows(file, moment, onBytes)) {
      signal?.throwIfAborted();
      counts.rows++;
      if ('fault' in row) {
        reject(counts, row.fault, 1);
        report.add(file.path, row.line, row.fault);
      } else staging.add(row.crimeId, stagedValue(row), `${index}:${row.line}`);
    }
  }
};

const recordAll = async ({ ledger, onProgress, window = WINDOW, signal }: PoliceUkImport, staging: Staging, run: string, counts: Tally): Promise<void> => {
  const total = staging.sort();
  const groups = staging.groups();
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let next = groups.next(); !next.done; next = groups.next()) {
      try {
        signal?.throwIfAborted();
        await recordCrime(ledger, crimeOf(next.value), run, staging, counts);
      } catch (error) {
        groups.return?.(); // the other lanes find nothing more to take
        throw error;
      }
      onProgress?.({ phase: 'recording', done: ++done, total });
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: window }, lane));
  const failed = lanes.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
};

const recordCrime = async (ledger: Ledger, crime: PoliceUkCrime, run: string, staging: Staging, counts: Tally): Promise<void> => {
  try {
    const { news, seen } = await transact(ledger, crime, run);
    const use = useOf(crime, news, seen);
    if (use.unmatched > 0) staging.mark(crime.id, 'UNMATCHED');
    add(counts, use, news.length);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    staging.mark(crime.id, error.code);
    reject(counts, error.code, crime.streetRows + crime.outcomeRows);
  }
};

const reject = (counts: Tally, reason: string, rows: number): void => {
  counts.rejected += rows;
  counts.reasons[reason] = (counts.reasons[reason] ?? 0) + rows;
};

const add = (counts: Tally, { used, duplicates, unmatched }: RowUse, events: number): void => {
  counts.used += used;
  counts.duplicates += duplicates;
  counts.unmatched += unmatched;
  counts.events += events;
};

/** What was new, and whether any street file, now or before, has shown the crime. */
const transact = async (ledger: Ledger, crime: PoliceUkCrime, run: string): Promise<{ news: readonly Fact<InvestigationEvent>[]; seen: boolean }> => {
  const stream = `investigation-${crime.facts.investigationId}`;
  const { decider, news } = listening(investigation);
  await ledger.transact(decider, stream, { type: 'RecordFromSource', data: crime.facts, context: contextOf(crime, run) });
  if (crime.streetRows > 0) return { news: news(), seen: true };
  const { events } = await ledger.history<InvestigationEvent>(stream);
  return { news: news(), seen: events.some(({ type }) => type === 'InvestigationOpened') };
};

/** The same rules, with an ear on what they decided last: nothing when the ledger found the command already recorded. */
const listening = <S>(decider: Decider<InvestigationCommand, S, InvestigationEvent>) => {
  let last: readonly Fact<InvestigationEvent>[] = [];
  const decide = (command: InvestigationCommand, state: S): readonly Fact<InvestigationEvent>[] => (last = decider.decide(command, state));
  return { decider: { ...decider, decide }, news: () => last };
};

const reportMarked = (files: readonly PoliceUkFile[], staging: Staging, report: ReportFile): void => {
  for (const { place, note } of staging.marked()) {
    const [file, line] = place.split(':').map(Number);
    report.add(files[file!]!.path, line!, note);
  }
};
