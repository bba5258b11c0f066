import { InvalidRequestError, validateRequest } from '#platform/requests';
import { investigationCommand } from './investigation-command';
import { investigationRequests } from './request-table';

const now = Date.parse('2019-12-31T17:00:00Z');
const sender = { actor: { kind: 'user', id: 'DC 1' }, route: 'test', now, digest: (text: string) => text } as const;
const names = { areaNamed: (text: string) => text, teamNamed: (text: string) => text };
const id = '6f2f4a2e-0000-4000-8000-000000000001' as never;
const crime = (more: object) => investigationCommand('RecordCrime', id, validateRequest(investigationRequests.RecordCrime, { offence: 'Grooming', ...more }), sender, names);

const faultOf = (act: () => unknown): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof InvalidRequestError) return error.entries;
    throw error;
  }
};

describe('a request about a crime', () => {
  it.each(['2019-06-14', '2019-06', '2019', '1987'])('may say of its offence as much as is known: %s', (offenceFrom) =>
    expect(crime({ offenceFrom }).data).toMatchObject({ offenceFrom }));

  it.each(['2019-02-30', '2019-13', '19', 'June 2019', '2019-6-1'])('gives dates that exist: not %s', (offenceFrom) =>
    expect(faultOf(() => crime({ offenceFrom }))).toEqual([{ field: 'offenceFrom', message: expect.stringContaining('must be a day, month or year that exists') }]));

  it.each([['offenceTo', '2035-01-01'], ['offenceTo', '2020'], ['offenceFrom', '2020-01'], ['offenceTo', '2020-01-01']])('has no %s in the future: %s', (field, date) =>
    expect(faultOf(() => crime({ [field]: date }))).toEqual([{ field, message: `${field} must be today or in the past` }]));

  it('may have an offence that ended today, this month or this year', () => {
    for (const offenceTo of ['2019-12-31', '2019-12', '2019']) expect(crime({ offenceTo }).data).toMatchObject({ offenceTo });
  });

  it('names the crime and the correction in which the date is wrong', () => {
    const opening = validateRequest(investigationRequests.OpenInvestigation, { kind: 'CRIME', area: 'Rotherham', themes: [], crimes: [{ offence: 'a' }, { offence: 'b', offenceTo: '2035' }] });
    expect(faultOf(() => investigationCommand('OpenInvestigation', undefined, opening, sender, names))).toEqual([{ field: 'crimes[1].offenceTo', message: 'crimes[1].offenceTo must be today or in the past' }]);
    const correction = validateRequest(investigationRequests.CorrectEntry, {
      event: id, type: 'CrimeRecorded', reason: 'x', effectiveAt: { precision: 'day', from: '2019-12-30' }, data: { offence: 'a', offenceTo: '2035' },
    });
    expect(faultOf(() => investigationCommand('CorrectEntry', id, correction, sender, names))).toEqual([{ field: 'data.offenceTo', message: 'data.offenceTo must be today or in the past' }]);
  });
});
