import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseMoment } from '#kernel';
import { fromRoot } from '#platform/settings';
import type { ImportSummary } from '../../libs/contexts/investigations/import/police-uk';
import { Seeded } from '../support/seeded';
import { ImportedLog } from './imported-log';

interface Count {
  readonly investigations: number;
  readonly months: Record<string, { readonly all: number; readonly byArea: Record<string, number> }>;
}

const sample = fromRoot('test', 'import', 'sample-csv');
const broken = (name: string): string => fromRoot('test', 'import', 'broken-csv', name);
const real = fromRoot('..', 'shared', 'data', 'police-uk', 'bedfordshire');
const monthsAway = 'not run: ../shared/data/police-uk/bedfordshire is not there';

const countIndependently = (...paths: readonly string[]): Count =>
  JSON.parse(execFileSync(process.execPath, [fromRoot('test', 'police-uk-count.mjs'), ...paths], { encoding: 'utf8', maxBuffer: 1 << 28 })) as Count;

const filesIn = (folder: string): string[] =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inner = path.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(inner) : [inner];
  });

const shuffled = (files: readonly string[], seed: number): string[] => {
  const seeded = new Seeded(seed);
  const rest = [...files];
  return Array.from(files, () => rest.splice(seeded.below(rest.length), 1)[0]!);
};

const expectWholeArithmetic = ({ rows, used, duplicates, unmatched, rejected, reasons }: ImportSummary): void => {
  expect(used + duplicates + unmatched + rejected).toBe(rows);
  expect(Object.values(reasons).reduce((sum, each) => sum + each, 0)).toBe(rejected);
};

/** Asks the read models for every month end, as true then, and compares with the count from the files alone. */
const expectEqualCounts = async (log: ImportedLog, { months, investigations }: Count): Promise<void> => {
  const questions = await log.questions();
  const seen: Count['months'] = {};
  for (const [month, { byArea }] of Object.entries(months)) {
    const asAt = { effective: parseMoment(month, ImportedLog.now), recorded: 'now' } as const;
    const active = (area: string): number => questions.figures({ area }, asAt).investigations.active;
    const known = Object.keys(byArea).filter((area) => questions.areas().some(({ name }) => name === area));
    seen[month] = { all: active('all'), byArea: Object.fromEntries(known.map((area) => [area, active(area)])) };
  }
  expect(seen).toEqual(months);
  expect(questions.list({ area: 'all', status: 'all' }, { limit: 1 }).total).toBe(investigations);
};

const rowsOf = (report: string): string[][] => fs.readFileSync(report, 'utf8').trimEnd().split('\n').slice(1).map((line) => line.split(','));

describe('importing data.police.uk', () => {
  let log: ImportedLog;
  beforeEach(async () => {
    log = await ImportedLog.open();
  });
  afterEach(() => log.close());

  describe('from a small dirty set of files', () => {
    it('counts open investigations at every month end as the files alone do', async () => {
      await log.import(sample);
      await expectEqualCounts(log, countIndependently(sample));
    });

    it('accounts for every row', async () => {
      const summary = await log.import(sample);
      expectWholeArithmetic(summary);
      expect(summary).toMatchObject({ files: 8, ignored: 1, rows: 87, used: 69, duplicates: 5, unmatched: 4, rejected: 9 });
      expect(summary.events).toBe((await log.events()).length);
    });

    it('names file, line and reason of every row it could not use, and nothing else of the row', async () => {
      const { report } = await log.import(sample);
      const reasons = rowsOf(report).map(([file, line, reason]) => `${path.basename(file!)}:${line} ${reason}`);
      expect(reasons).toContain('2022-01-anyshire-street.csv:4 NO_CRIME_ID');
      expect(reasons).toContain('2022-01-anyshire-street.csv:9 BAD_MONTH');
      expect(reasons).toContain('2022-01-anyshire-street.csv:13 WRONG_COLUMN_COUNT');
      expect(reasons).toContain('2022-03-anyshire-outcomes.csv.gz:17 BAD_MONTH');
      expect(reasons).toContain('2022-02-anyshire-outcomes.csv:14 UNMATCHED');
      expect(fs.readFileSync(report, 'utf8')).not.toMatch(/High Street|Northton|Barrel/);
    });

    it('writes nothing when the same files come again in another order', async () => {
      const first = await log.import(sample);
      const again = await log.import(...shuffled(filesIn(sample), 7));
      expect(again).toMatchObject({ events: 0, used: 0, rows: first.rows, unmatched: first.unmatched, rejected: first.rejected });
      expectWholeArithmetic(again);
    });

    it('comes to the same when the files come one by one, in any order', async () => {
      for (const file of shuffled(filesIn(sample).filter((file) => !file.includes('stop-and')), 3)) expectWholeArithmetic(await log.import(file));
      await expectEqualCounts(log, countIndependently(sample));
    });

    it('keeps outcomes of crimes not yet seen, and puts them into force when the crime arrives', async () => {
      const outcomes = filesIn(sample).filter((file) => file.includes('-outcomes'));
      const before = await log.import(...outcomes);
      expect(before.unmatched).toBe(before.rows - before.rejected);
      const after = await log.import(...filesIn(sample).filter((file) => file.includes('-street')));
      expect(after.unmatched).toBe(0);
      await expectEqualCounts(log, countIndependently(sample));
      expect((await log.import(...outcomes)).events).toBe(0);
    });

    it('leaves no file but its report behind', async () => {
      const { report } = await log.import(sample);
      expect(filesIn(log.folder)).toEqual([report]);
    });
  });

  describe('refuses the whole import, naming file and fault, and writes nothing', () => {
    it.each([
      ['a file that lacks a column', '2022-06-anyshire-street.csv', /2022-06-anyshire-street\.csv.*"Crime type"/],
      ['a quote that never ends', '2022-07-anyshire-street.csv', /2022-07-anyshire-street\.csv.*is not CSV/],
      ['a cut-off archive', '2022-08-anyshire-outcomes.csv.gz', /2022-08-anyshire-outcomes\.csv\.gz.*cannot be unpacked/],
      ['an empty file', '2022-09-anyshire-street.csv', /2022-09-anyshire-street\.csv.*no header/],
      ['a file that is not there', '2022-10-anyshire-street.csv', /2022-10-anyshire-street\.csv.*cannot be found/],
    ])('over %s', async (_, name, message) => {
      await expect(log.import(sample, broken(name))).rejects.toThrow(message);
      expect((await log.store.head()).number).toBe(-1);
      expect(filesIn(log.folder)).toEqual([]);
    });

    it('over a folder without a file of ours', async () => {
      await expect(log.import(fromRoot('docs'))).rejects.toThrow(/holds no file named like/);
    });
  });

  it('does not take a month that has not begun', async () => {
    const file = path.join(log.folder, '2026-04-anyshire-street.csv');
    fs.writeFileSync(file, 'Crime ID,Month,LSOA name,Crime type\na,2026-04,Northton 001A,Burglary\nb,2026-03,Northton 001A,Burglary\n');
    const summary = await log.import(file);
    expect(summary).toMatchObject({ rows: 2, used: 1, rejected: 1 });
    expect(rowsOf(summary.report)).toEqual([[file, '2', 'MONTH_IN_FUTURE']]);
  });

  const onRealFiles = fs.existsSync(real) ? it : it.skip;
  onRealFiles(`counts thirty months of a force's real files as an independent script does, and knows them again (${fs.existsSync(real) ? 'real files' : monthsAway})`, async () => {
    const first = await log.import(real);
    expectWholeArithmetic(first);
    expect(first).toMatchObject({ rows: 277_246, files: 60, ignored: 30 });
    await expectEqualCounts(log, countIndependently(real));
    const again = await log.import(...shuffled(filesIn(real), 11));
    expectWholeArithmetic(again);
    expect(again).toMatchObject({ rows: first.rows, events: 0, used: 0, unmatched: first.unmatched, rejected: first.rejected });
  }, 300_000);
});
