import { readAnswers } from './answers';
import { newInvestigation, tasks } from './tasks';

const now = Date.parse('2019-12-31T17:00:00Z');
const context = { now, resolvePerson: (reference: string) => (reference === 'PER-104' ? '11111111-1111-4111-8111-111111111111' : undefined), fixed: {} };
const when = { 'when-day': '30', 'when-month': '12', 'when-year': '2019' };
const task = (slug: string) => tasks.find((each) => each.slug === slug)!;
const link = { linkId: '22222222-2222-4222-8222-222222222222' };

describe('the answers of a form', () => {
  it('report every fault at once, each at its box, in the order of the page', () => {
    const { errors } = readAnswers(newInvestigation, { kind: 'CRIME', 'when-day': '40' }, context);
    expect(errors.map(({ field }) => field)).toEqual(['area', 'offence', 'when-month']);
    expect(errors[0]!.text).toBe('Select the area');
  });

  it('ask for no crime when there is none', () => {
    const { errors, plain } = readAnswers(newInvestigation, { kind: 'PROACTIVE', area: 'Rotherham', ...when }, context);
    expect(errors).toEqual([]);
    expect(plain).not.toHaveProperty('crimes');
  });

  it('become the request of the command, the first crime in its list', () => {
    const { errors, plain } = readAnswers(newInvestigation, { kind: 'CRIME', area: 'Rotherham', themes: ['CSE', 'CCE'], offence: 'Grooming', title: 'Larchwood', ...when }, context);
    expect(errors).toEqual([]);
    expect(plain).toMatchObject({ kind: 'CRIME', area: 'Rotherham', themes: ['CSE', 'CCE'], title: 'Larchwood', crimes: [{ offence: 'Grooming' }], effectiveAt: { precision: 'day', from: '2019-12-30' } });
  });

  it('find a person by reference, and say so when there is none', () => {
    expect(readAnswers(task('link-suspect'), { person: 'existing', personReference: 'PER-104', ...when }, context)).toMatchObject({ errors: [], plain: { quality: 'NAMED' } });
    expect(readAnswers(task('link-suspect'), { person: 'existing', personReference: 'PER-9', ...when }, context).errors[0]).toMatchObject({ field: 'personReference' });
    expect(readAnswers(task('link-suspect'), { ...when }, context).errors[0]).toMatchObject({ field: 'person' });
  });

  it('want everything that is asked about a new person', () => {
    const { errors } = readAnswers(task('link-suspect'), { person: 'new', ...when }, context);
    expect(errors.map(({ field }) => field)).toEqual(['familyName', 'sex', 'selfDefinedEthnicity', 'officerDefinedEthnicity', 'nationality']);
  });

  it('take one offence a line as a charge', () => {
    const { errors, plain } = readAnswers(task('charge'), { charges: 'Rape\r\n\r\nGrooming', method: 'C', ...when }, { ...context, fixed: link });
    expect(errors).toEqual([]);
    expect(plain.charges).toEqual([{ offence: 'Rape', method: 'C' }, { offence: 'Grooming', method: 'C' }]);
  });

  it('use the words of the shared check where a value is wrong', () => {
    const { errors } = readAnswers(task('plan'), { plan: 'x', reviewEveryDays: '900', ...when }, context);
    expect(errors).toEqual([{ field: 'reviewEveryDays', text: 'Days between supervisor reviews must be a whole number from 1 to 366' }]);
  });

  it.each(['-5', '0', '1000000000', '28.5', 'monthly'])('say what a number must be: %s', (reviewEveryDays) => {
    const { errors } = readAnswers(task('plan'), { plan: 'x', reviewEveryDays, ...when }, context);
    expect(errors).toEqual([{ field: 'reviewEveryDays', text: 'Days between supervisor reviews must be a whole number from 1 to 366' }]);
  });

  it('name the line of a charge that is too long', () => {
    const { errors } = readAnswers(task('charge'), { charges: `Rape\n${'x'.repeat(201)}`, method: 'C', ...when }, { ...context, fixed: link });
    expect(errors).toEqual([{ field: 'charges', text: 'Offences charged, line 2, must be at most 200 characters' }]);
  });

  it('name what is wrong about a new person before anything is sent, in the words of the form', () => {
    const person = { person: 'new', familyName: 'x'.repeat(201), sex: '1', selfDefinedEthnicity: 'NS', officerDefinedEthnicity: 'IC1', nationality: 'British' };
    const { errors } = readAnswers(task('link-suspect'), { ...person, 'birth-day': '1', 'birth-month': '1', 'birth-year': '1066', ...when }, context);
    expect(errors).toEqual([
      { field: 'familyName', text: 'Family name must be at most 200 characters' }, { field: 'birth-day', text: 'Date of birth must be a date after 1880' },
      { field: 'nationality', text: 'Nationality must be one of the list' },
    ]);
  });

  it('say which part of a date is missing', () => {
    const { errors } = readAnswers(task('bail'), { regime: 'STANDARD_POLICE', 'returnOn-day': '6', 'returnOn-year': '2019', ...when }, { ...context, fixed: link });
    expect(errors).toEqual([{ field: 'returnOn-month', text: 'Day to return must include a month' }]);
  });

  it('want a reason for a correction', () => {
    expect(readAnswers(task('arrest'), { ...when }, { ...context, fixed: link, reasonNeeded: true }).errors).toEqual([{ field: 'reason', text: 'Enter why the record is changed' }]);
  });
});
