import fs from 'node:fs';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { parse } from 'csv-parse';
import { intervalOf } from '#kernel';
import type { PoliceUkFile, PoliceUkKind } from './police-uk-files';
import { SourceFileError } from './source-file-error';

export type RowFault = 'WRONG_COLUMN_COUNT' | 'NO_CRIME_ID' | 'BAD_MONTH' | 'MONTH_IN_FUTURE' | 'TOO_LONG';

/** What the import reads of one row; a row that cannot be used has a fault instead. */
export type PoliceUkRow = { readonly line: number } & (
  | { readonly fault: RowFault }
  | { readonly kind: 'street'; readonly crimeId: string; readonly month: string; readonly area: string; readonly offence: string }
  | { readonly kind: 'outcomes'; readonly crimeId: string; readonly month: string; readonly code: string }
);

const needed = {
  street: ['Crime ID', 'Month', 'LSOA name', 'Crime type'],
  outcomes: ['Crime ID', 'Month', 'Outcome type'],
} as const satisfies Record<PoliceUkKind, readonly string[]>;

const MONTH = /^(19|20)\d{2}-(0[1-9]|1[0-2])$/;
const LONGEST = 300;

/** District of an LSOA name: `Rotherham 001A` is in `Rotherham`; `Unknown` where the row has none. */
export const districtOf = (lsoaName: string): string => lsoaName.trim().replace(/\s+\d{3}[A-Z]+$/, '') || 'Unknown';

/**
 * The rows of one file, in its order. `now` (ms): a month that has not begun by then is a fault; `onBytes` is told of what was read.
 * @throws SourceFileError when the file is damaged, is not CSV, or lacks a column
 */
export async function* readPoliceUkRows(file: PoliceUkFile, now: number, onBytes: (bytes: number) => void): AsyncGenerator<PoliceUkRow> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 65_536 });
  const broken = pipeline([fs.createReadStream(file.path), counting(onBytes), ...(file.gzipped ? [zlib.createGunzip()] : []), parser]);
  broken.catch(() => undefined); // the loop below sees the same error
  let read: ((cells: readonly string[], line: number) => PoliceUkRow) | undefined;
  try {
    for await (const { record, info } of parser as Readable & AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (read) yield read(record, info.lines);
      else read = rowReader(file, record, now);
    }
  } catch (error) {
    throw asSourceFileError(file, error);
  }
  if (!read) throw new SourceFileError('MISSING_COLUMNS', file.path, 'is empty: there is no header line');
}

const counting = (onBytes: (bytes: number) => void): Transform =>
  new Transform({
    transform(chunk: Buffer, _, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });

const rowReader = (file: PoliceUkFile, header: readonly string[], now: number): ((cells: readonly string[], line: number) => PoliceUkRow) => {
  const names = header.map((name) => name.trim());
  const missing = needed[file.kind].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new SourceFileError('MISSING_COLUMNS', file.path, `is no ${file.kind} file of data.police.uk: column ${missing.map((name) => `"${name}"`).join(', ')} is missing`);
  }
  const [id, month, area, last] = ['Crime ID', 'Month', 'LSOA name', file.kind === 'street' ? 'Crime type' : 'Outcome type'].map((name) => names.indexOf(name));
  return (cells, line) => {
    if (cells.length !== names.length) return { line, fault: 'WRONG_COLUMN_COUNT' };
    const cell = (index: number | undefined): string => (cells[index!] ?? '').replace(/\s+/g, ' ').trim();
    const row = { crimeId: cell(id), month: cell(month), area: districtOf(cell(area)), text: cell(last) || 'Unknown' };
    const fault = faultOf(row, now);
    if (fault) return { line, fault };
    const { crimeId, month: when, area: district, text } = row;
    return file.kind === 'street'
      ? { line, kind: 'street', crimeId, month: when, area: district, offence: text }
      : { line, kind: 'outcomes', crimeId, month: when, code: text };
  };
};

const faultOf = (row: { crimeId: string; month: string; area: string; text: string }, now: number): RowFault | undefined => {
  if (row.crimeId === '') return 'NO_CRIME_ID';
  if (!MONTH.test(row.month)) return 'BAD_MONTH';
  if (intervalOf({ precision: 'month', from: row.month }).earliest > now) return 'MONTH_IN_FUTURE';
  return [row.crimeId, row.area, row.text].some((text) => text.length > LONGEST) ? 'TOO_LONG' : undefined;
};

const asSourceFileError = (file: PoliceUkFile, cause: unknown): unknown => {
  if (cause instanceof SourceFileError) return cause;
  const { code, lines } = cause as { code?: string; lines?: number };
  if (code?.includes('CSV') || code?.startsWith('INVALID_')) return new SourceFileError('BAD_CSV', file.path, `line ${lines ?? '?'} is not CSV (${code})`, { cause });
  if (code?.startsWith('Z_')) return new SourceFileError('DAMAGED_FILE', file.path, `cannot be unpacked to its end (${code})`, { cause });
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EIO') return new SourceFileError('NO_SUCH_FILE', file.path, `cannot be read (${code})`, { cause });
  return cause;
};
