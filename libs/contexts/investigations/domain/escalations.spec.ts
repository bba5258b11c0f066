import { given, order } from '#test/decider-spec';
import { investigation } from './investigation.decider';
import * as notes from './investigation.fixtures';
import { allocate, answer, arrest, correct, escalateReview, escalateSuspect, finalise, link, open, outcome, plan, reallocate, reopen, review, voidEntry } from './investigation.fixtures';

const supervised = order('AllocateInvestigation', { officer: 'DC 1', team: 'CID', supervisor: 'DS 9' }, '2019-03-02');
const after = (...taken: readonly ReturnType<typeof open>[]) => given(investigation, open(), ...taken);
const saying = (data: object) => [expect.objectContaining({ data })];

// Allocated on 2 March: with 28 days, 30 March is the last day in time.
describe('a supervisor review that falls overdue', () => {
  it('is escalated to the supervisor in the case on the day after', () => {
    const { stream } = after(supervised);
    expect(stream.take(escalateReview('2019-03-30', '2019-03-31'))).toEqual([{ type: 'OverdueReviewEscalated', data: { since: '2019-03-02', dueOn: '2019-03-30', stage: 'LOCAL_SUPERVISOR', owner: 'DS 9' } }]);
  });

  it('is not escalated on its last day', () => after(supervised).when(escalateReview('2019-03-30', '2019-03-30')).thenNothing());

  it('is escalated once for each period, however often the program asks', () =>
    after(supervised, escalateReview('2019-03-30', '2019-03-31')).when(escalateReview('2019-03-30', '2019-04-20')).thenNothing());

  it('is escalated once for each period also when the plan moves the day on which it was due', () =>
    after(supervised, escalateReview('2019-03-30', '2019-03-31'), plan(14)).when(escalateReview('2019-03-16', '2019-04-01')).thenNothing());

  it('is escalated again when the period that a review began runs out too', () =>
    after(supervised, escalateReview('2019-03-30', '2019-03-31'), review('2019-04-01')).when(escalateReview('2019-04-29', '2019-04-30')).then('OverdueReviewEscalated'));

  it('is no longer escalated once a review was recorded, also late', () => after(supervised, review('2019-03-30')).when(escalateReview('2019-03-30', '2019-04-20')).thenNothing());

  it('is still due when only a colleague has looked at the case', () =>
    after(supervised, order('RecordSupervisorReview', { review: 'PEER', supervisor: 'DC 3', findings: { unsealed: 'text', key: 'text-2' } }, '2019-03-20'))
      .when(escalateReview('2019-03-30', '2019-03-31')).then('OverdueReviewEscalated'));

  it('is due when the plan of the case says', () => after(supervised, plan(14)).when(escalateReview('2019-03-16', '2019-03-17')).then('OverdueReviewEscalated'));

  it('is due by the policy that was in force when the period began', () => {
    const intervals = [{ from: '2019-01-01', initialDays: 10, everyDays: 28 }, { from: '2019-03-20', initialDays: 5, everyDays: 7 }];
    after(supervised).when(escalateReview('2019-03-12', '2019-03-13', { intervals })).then('OverdueReviewEscalated');
    after(supervised, review('2019-03-11')).when(escalateReview('2019-04-08', '2019-04-09', { intervals })).then('OverdueReviewEscalated');
    after(supervised, review('2019-03-21')).when(escalateReview('2019-03-28', '2019-03-29', { intervals })).then('OverdueReviewEscalated');
  });

  it('is left alone when it fell due before there was a policy', () =>
    after(supervised).when(escalateReview('2019-03-30', '2019-06-01', { intervals: [{ from: '2019-03-31', initialDays: 28, everyDays: 28 }] })).thenNothing());

  it('is not due on a case that nobody was given', () => after().when(escalateReview('2019-03-29', '2019-06-01')).thenNothing());

  it('is not due on an investigation that there is not', () => given(investigation).when(escalateReview('2019-03-30', '2019-06-01')).thenNothing());

  it('is not due once the case is finalised, and due anew from its reopening', () => {
    const closed = after(supervised, outcome('18', '2019-03-20'), finalise('DS 1', '2019-03-25'));
    closed.when(escalateReview('2019-03-30', '2019-04-20')).thenNothing();
    closed.stream.take(reopen('2019-05-01'));
    closed.when(escalateReview('2019-03-30', '2019-06-20')).thenNothing();
    closed.when(escalateReview('2019-05-29', '2019-06-20')).then('OverdueReviewEscalated');
  });

  it('never was due when the allocation is put right to a later day', () => {
    const { stream, when } = after(supervised);
    stream.take(correct('e2', 'InvestigationAllocated', supervised.data, '2019-03-09'));
    when(escalateReview('2019-03-30', '2019-04-01')).thenNothing();
    when(escalateReview('2019-04-06', '2019-04-07')).then('OverdueReviewEscalated');
  });

  it.each([
    ['there is no supervisor in the case', [allocate()], {}],
    ['the supervisor has left the post', [supervised], { supervisorLeft: 'ds 9' }],
    ['the last owner was given the case without one', [supervised, reallocate()], {}],
  ])('goes to the rank above when %s', (_, taken, more) => {
    const { stream } = after(...taken);
    expect(stream.take(escalateReview('2019-03-30', '2019-04-01', more))).toEqual(saying({ since: '2019-03-02', dueOn: '2019-03-30', stage: 'INSPECTOR' }));
  });

  it('goes to the supervisor of now, when the case was handed over', () => {
    const { stream } = after(supervised, order('ReallocateInvestigation', { officer: 'DC 2', team: 'CID', supervisor: 'DS 7' }, '2019-03-20'));
    expect(stream.take(escalateReview('2019-03-30', '2019-04-01', { supervisorLeft: 'DS 9' }))).toEqual(saying({ since: '2019-03-02', dueOn: '2019-03-30', stage: 'LOCAL_SUPERVISOR', owner: 'DS 7' }));
  });
});

// Named on 10 March: day 84 is 2 June.
describe('a suspect who passes twelve weeks', () => {
  const named = after(supervised, link());

  it('is escalated on day 85, not on day 84', () => {
    named.when(escalateSuspect('2019-06-02', '2019-06-02')).thenNothing();
    const { stream } = after(supervised, link());
    expect(stream.take(escalateSuspect('2019-06-02', '2019-06-03'))).toEqual([{ type: 'OutstandingSuspectEscalated', data: { linkId: 'x', since: '2019-03-10', dueOn: '2019-06-02', stage: 'LOCAL_SUPERVISOR', owner: 'DS 9' } }]);
  });

  it('is escalated once for each episode', () =>
    after(supervised, link(), escalateSuspect('2019-06-02', '2019-06-03')).when(escalateSuspect('2019-06-02', '2019-08-01')).thenNothing());

  it('is escalated again for the next episode', () =>
    after(supervised, link(), escalateSuspect('2019-06-02', '2019-06-03'), arrest('2019-06-10'), notes.bail('2019-06-10'), notes.failToAnswer('2019-07-01'))
      .when(escalateSuspect('2019-09-23', '2019-09-24')).then('OutstandingSuspectEscalated'));

  it('is not escalated when an arrest before that day is recorded late', () => after(supervised, link(), arrest('2019-05-30')).when(escalateSuspect('2019-06-02', '2019-06-20')).thenNothing());

  it('is not escalated when the arrest came after that day and the program only then', () => after(supervised, link(), arrest('2019-06-05')).when(escalateSuspect('2019-06-02', '2019-06-20')).thenNothing());

  it('is not escalated when the link was taken away', () => after(supervised, link(), voidEntry('e3')).when(escalateSuspect('2019-06-02', '2019-06-20')).thenNothing());

  it('is not escalated on a closed case', () => after(supervised, link(), outcome('16', '2019-05-01'), finalise('DS 1', '2019-05-02')).when(escalateSuspect('2019-06-02', '2019-06-20')).thenNothing());

  it('is not escalated when nobody knows such a link', () => after(supervised).when(escalateSuspect('2019-06-02', '2019-06-20')).thenNothing());

  it('does not stand in the way of what is put right afterwards', () => {
    after(supervised, link(), escalateSuspect('2019-06-02', '2019-06-03')).when(voidEntry('e3')).then('EntryVoided');
    after(supervised, link(), escalateSuspect('2019-06-02', '2019-06-03')).when(correct('e3', 'SuspectLinked', link().data, '2019-03-20')).then('SuspectLinked');
  });

  it('goes to the rank above on a case without a supervisor, allocated or not', () => {
    const { stream } = after(link());
    expect(stream.take(escalateSuspect('2019-06-02', '2019-06-03'))).toEqual(saying({ linkId: 'x', since: '2019-03-10', dueOn: '2019-06-02', stage: 'INSPECTOR' }));
  });
});

describe('what was escalated', () => {
  const escalated = (...more: readonly ReturnType<typeof open>[]) => after(supervised, escalateReview('2019-03-30', '2019-03-31'), ...more);

  it('is answered once', () => {
    escalated().when(answer('e3', '2019-04-02')).then('EscalationAnswered');
    escalated(answer('e3', '2019-04-02')).when(answer('e3', '2019-04-03')).thenRefused('ESCALATION_ALREADY_ANSWERED');
  });

  it('is answered also when it is over, or the case is closed', () => {
    escalated(review('2019-04-01')).when(answer('e3', '2019-04-02')).then('EscalationAnswered');
    escalated(outcome('18', '2019-04-01'), finalise('DS 1', '2019-04-02')).when(answer('e3', '2019-04-03')).then('EscalationAnswered');
  });

  it('is not answered before it was escalated', () => escalated().when(answer('e3', '2019-03-30')).thenRefused('ANSWERED_BEFORE_ESCALATION'));

  it.each(['e0', 'e2', 'e9'])('is not answered by naming %s, which is something else or nothing', (event) => escalated().when(answer(event, '2019-04-02')).thenRefused('ESCALATION_UNKNOWN'));

  it('stands: it is neither put right nor taken away', () => {
    escalated().when(voidEntry('e3')).thenRefused('ESCALATION_STANDS');
    escalated().when(correct('e3', 'OverdueReviewEscalated', { since: '2019-03-03', dueOn: '2019-03-31', stage: 'INSPECTOR' }, '2019-03-31')).thenRefused('ESCALATION_STANDS');
  });

  it('can be answered anew once the answer was taken away', () => escalated(answer('e3', '2019-04-02'), voidEntry('e4')).when(answer('e3', '2019-04-03')).then('EscalationAnswered'));

  it('has an answer that is put right for the same question alone', () => {
    const said = (escalation: string) => ({ escalation, answer: { unsealed: 'other', key: 'text-3' } });
    escalated(answer('e3', '2019-04-02')).when(correct('e4', 'EscalationAnswered', said('e3'), '2019-04-02')).then('EscalationAnswered');
    escalated(answer('e3', '2019-04-02')).when(correct('e4', 'EscalationAnswered', said('e2'), '2019-04-02')).thenRefused('ENTRY_SUBJECT_DIFFERS');
  });
});
