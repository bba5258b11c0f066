import { crimeOf, stagedValue, useOf } from './police-uk-crime';
import { districtOf } from './police-uk-rows';

const street = (month: string, area: string, offence = 'Burglary') => ({ line: 2, kind: 'street', crimeId: 'a', month, area, offence }) as const;
const outcome = (month: string, code: string) => ({ line: 2, kind: 'outcomes', crimeId: 'a', month, code }) as const;

const crime = (...rows: Parameters<typeof stagedValue>[0][]) => {
  const counts = new Map<string, number>();
  for (const value of rows.map(stagedValue).sort()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return crimeOf({ key: 'a', values: [...counts].map(([value, count]) => ({ value, count })) });
};

describe('one crime of data.police.uk', () => {
  it('is in the district of its LSOA name', () => {
    expect(['Rotherham 001A', 'Central Bedfordshire 025E', '', ' ', 'King\'s Lynn and West Norfolk 001A', 'Elsewhere'].map(districtOf))
      .toEqual(['Rotherham', 'Central Bedfordshire', 'Unknown', 'Unknown', 'King\'s Lynn and West Norfolk', 'Elsewhere']);
  });

  it('is opened in the first month that shows it, in the alphabetically first area of that month', () => {
    expect(crime(street('2022-02', 'Aa'), street('2022-01', 'Luton'), street('2022-01', 'Bedford')).facts.opened)
      .toEqual({ effectiveAt: { precision: 'month', from: '2022-01' }, area: 'Bedford', offence: 'Burglary' });
  });

  it('has each outcome once, in order of month and label', () => {
    const { facts, outcomeRows } = crime(outcome('2022-02', 'A'), outcome('2022-01', 'C'), outcome('2022-01', 'B'), outcome('2022-01', 'C'));
    expect(facts.outcomes.map((each) => [each.effectiveAt.from, each.outcome.code])).toEqual([['2022-01', 'B'], ['2022-01', 'C'], ['2022-02', 'A']]);
    expect(outcomeRows).toBe(4);
    expect(facts.opened).toBeUndefined();
  });

  it('accounts for each row: used when it said something new, else a duplicate; unmatched while the crime has not been seen', () => {
    const both = crime(street('2022-01', 'Luton'), street('2022-01', 'Luton'), outcome('2022-01', 'A'));
    const news = [{ type: 'InvestigationOpened', data: {} }, { type: 'CrimeRecorded', data: {} }, { type: 'OutcomeAssigned', data: {} }] as never;
    expect(useOf(both, news, true)).toEqual({ used: 2, duplicates: 1, unmatched: 0 });
    expect(useOf(both, [], true)).toEqual({ used: 0, duplicates: 3, unmatched: 0 });
    expect(useOf(crime(outcome('2022-01', 'A'), outcome('2022-01', 'A')), news, false)).toEqual({ used: 0, duplicates: 0, unmatched: 2 });
  });
});
