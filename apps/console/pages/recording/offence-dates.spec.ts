import { begin, entry } from '../investigation/case.fixtures';
import { readAnswers } from './answers';
import { correctionValues } from './correction-values';
import { tasks } from './tasks';

const now = Date.parse('2019-12-31T17:00:00Z');
const crime = tasks.find(({ slug }) => slug === 'crime')!;
const context = { now, resolvePerson: () => undefined, fixed: {} };
const said = (fields: Record<string, string>) => readAnswers(crime, { offence: 'Grooming', 'when-day': '30', 'when-month': '12', 'when-year': '2019', ...fields }, context);

beforeEach(begin);

describe('when an offence happened', () => {
  it('may be known to the month or year alone', () => {
    expect(said({ 'offenceFrom-year': '1987', 'offenceTo-month': '6', 'offenceTo-year': '1991' })).toMatchObject({ errors: [], plain: { offenceFrom: '1987', offenceTo: '1991-06' } });
    expect(said({ 'offenceFrom-day': '14', 'offenceFrom-month': '6', 'offenceFrom-year': '2019' })).toMatchObject({ errors: [], plain: { offenceFrom: '2019-06-14' } });
    expect(said({ 'offenceFrom-day': '14', 'offenceFrom-year': '2019' }).errors[0]).toMatchObject({ field: expect.stringContaining('offenceFrom') as string });
  });

  it.each(['2019-06-14', '2019-06', '1987'])('comes back into its boxes for a correction: %s', (offenceFrom) => {
    const values = correctionValues(crime, entry('CrimeRecorded', { crimeId: 'c', offence: 'Grooming', offenceFrom }), new Map());
    expect(readAnswers(crime, values, context)).toMatchObject({ errors: [], plain: { offenceFrom } });
  });
});
