import { begin, entry } from '../investigation/case.fixtures';
import { caseView } from '../investigation/case-view';
import { doubtsOf } from './doubts';
import { tasks } from './tasks';

const now = Date.parse('2019-12-31T17:00:00Z');
const day = (from: string) => ({ precision: 'day', from }) as const;
const task = (slug: string) => tasks.find((each) => each.slug === slug)!;

beforeEach(begin);

describe('what may be a mistake', () => {
  it('is a failure to answer bail before the day of return', () => {
    const view = caseView([entry('InvestigationOpened', { kind: 'CRIME' }), entry('SuspectLinked', { linkId: 'a', quality: 'NAMED', nominalId: 'p' }), entry('SuspectBailed', { linkId: 'a', regime: 'STANDARD_POLICE', returnOn: '2019-11-06' })]);
    const doubts = (from: string) => doubtsOf(task('failed-to-answer'), { errors: [], twice: false, plain: { linkId: 'a' }, at: day(from) }, now, { view, people: new Map() });
    expect(doubts('2019-09-01')).toEqual(['The suspect is to return on 6 November 2019; the date given lies before that day.']);
    expect(doubts('2019-11-06')).toEqual([]);
  });

  it('is a new person of the same name as somebody whom the investigation names already', () => {
    const view = caseView([entry('InvestigationOpened', { kind: 'CRIME' })]);
    const people = new Map([['p', { reference: 'PER-7', name: 'PLANTED, Alex' }], ['q', { reference: 'PER-8', name: null }]]);
    const person = (familyName: string, givenNames: string) => ({ choice: 'new', person: { familyName, givenNames } }) as const;
    const doubts = (familyName: string, givenNames: string) =>
      doubtsOf(task('link-suspect'), { errors: [], twice: false, plain: {}, at: day('2019-12-30'), person: person(familyName, givenNames) }, now, { view, people });
    expect(doubts('planted', 'ALEX')).toEqual(['This investigation names a person of the same name already: PER-7. If that is the same person, go back and choose “A person in Daybook”.']);
    expect(doubts('Planted', 'Sandy')).toEqual([]);
  });
});
