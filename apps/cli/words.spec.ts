import type { Figures, HistoryEntry } from '#contexts/investigations';
import { DomainError } from '#kernel';
import { BackupRefusedError } from '#platform/event-store';
import { figuresInWords } from './commands/figures';
import { historyInWords } from './commands/history';
import { importInWords } from './commands/import-police-uk';
import { tellFailure } from './failures';

const figures = {
  definition: { name: 'headline', version: 1, thresholdDays: 84 }, scope: 'all', area: { code: null, name: 'all' }, theme: 'CSE', team: 'North team',
  effectiveAt: '2019-06-30T22:59:59.999Z', recordedAt: '2019-12-31T17:00:00.000Z', number: 48_213, position: '1', incomplete: 1,
  investigations: { active: 1800, noSuspectIdentified: 4, suspectOutstanding: 207, suspectOutstandingOverThreshold: 1 },
  suspectLinks: { outstanding: 219, overThreshold: 1 }, people: { outstanding: 1 }, bands: [{ from: 85, to: null, investigations: 1, suspectLinks: 1 }],
} satisfies Figures;

describe('what the command line says to people', () => {
  it('of figures: where, when in London, and to which event', () => {
    const [ground, moments] = figuresInWords(figures).split('\n');
    expect(ground).toBe('All areas, Child sexual exploitation, North team');
    expect(moments).toBe('As at 30 June 2019 at 11:59pm, as recorded by 31 December 2019 at 5:00pm. Counted to event 48,213.');
    expect(figuresInWords(figures)).toContain('1 over 12 weeks; 1 person');
    expect(figuresInWords({ ...figures, number: -1 })).toContain('No event had been recorded.');
  });

  it('of a history: each event in its words, London times, and what became of it', () => {
    const entry = {
      number: 31_442, type: 'SuspectArrested', effectiveAt: { precision: 'day', from: '2019-06-14' }, recordedAt: '2019-06-15T08:05:00.000Z', actor: { kind: 'unverified', id: 'unverified' },
      correctedBy: { as: 'replacement', event: 'x', number: 31_500 },
    } as unknown as HistoryEntry;
    const [head, line] = historyInWords([entry]).split('\n');
    expect(head!.indexOf('What')).toBe(line!.indexOf('Suspect arrested'));
    expect(line!.trim().split(/ {2,}/)).toEqual(['31,442', '15 June 2019 at 9:05am', '14 June 2019', 'Suspect arrested, by unverified (corrected by event 31,500)']);
  });

  it('of an import: one file is one file, and why rows were rejected', () => {
    const summary = { rows: 13_142, used: 0, duplicates: 0, unmatched: 0, rejected: 13_142, reasons: { NO_CRIME_ID: 2, MONTH_IN_FUTURE: 13_140 }, events: 0, seconds: 0.5, report: '/x.csv', files: 1, ignored: 0 };
    const lines = importInWords(summary).split('\n');
    expect(lines[0]).toBe('13,142 rows in 1 file: 0 used, 0 duplicates, 0 unmatched, 13,142 rejected');
    expect(lines[1]).toMatch(/^ {2}13,140 rows rejected: of a month .* clock has not reached \(MONTH_IN_FUTURE\)$/);
    expect(lines[2]).toContain('2 rows rejected: without a Crime ID');
    expect(importInWords({ ...summary, rejected: 0, reasons: {} })).not.toContain('rows that were not used');
  });

  const told = (error: unknown): { exit: number; said: string } => {
    let said = '';
    const exit = tellFailure(error, (text) => { said += text; });
    return { exit, said };
  };

  it.each([
    ['a port in use', Object.assign(new Error('x'), { code: 'EADDRINUSE', syscall: 'listen', address: '127.0.0.1', port: 3000 }), 4, ['port 3000 of 127.0.0.1', 'another program', 'DAYBOOK_PORT']],
    ['a port that is forbidden', Object.assign(new Error('x'), { code: 'EACCES', syscall: 'listen', address: '127.0.0.1', port: 80 }), 4, ['port 80', 'DAYBOOK_PORT', '1024']],
    ['a rule that refuses', new DomainError('CRIME_WITHOUT_OUTCOME'), 3, ['Every crime needs an outcome', 'CRIME_WITHOUT_OUTCOME']],
    ['a disk that is full', new BackupRefusedError('COPY_FAILED', 'the log could not be copied', { cause: Object.assign(new Error('Quennell'), { code: 'SQLITE_FULL' }) }), 3, ['could not be copied: the disk is full']],
    ['a copy that failed of itself', new BackupRefusedError('COPY_FAILED', 'the log could not be copied', { cause: new Error('Quennell') }), 3, ['could not be copied\n']],
    ['an unknown fault', new TypeError('Quennell'), 4, ['TypeError']],
  ])('of %s: what it is and what to do, and nothing of a record', (_, error, exit, parts) => {
    const answer = told(error);
    expect(answer.exit).toBe(exit);
    for (const part of parts) expect(answer.said).toContain(part);
    expect(answer.said).not.toContain('Quennell');
  });
});
