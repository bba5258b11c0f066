import { DomainError } from '#kernel';
import type { EffectiveAt } from '#kernel';
import { InvalidRequestError } from '#platform/requests';
import { begin, entry, item } from '../investigation/case.fixtures';
import { caseView } from '../investigation/case-view';
import type { Occasion } from './occasion';
import { refusedOf } from './refused';
import { tasks } from './tasks';

beforeEach(begin);

const occasion = (slug: string): Occasion => {
  const entries = [entry('InvestigationOpened', { kind: 'CRIME', area: 'Rotherham', themes: [] }), entry('SuspectBailed', { linkId: 'l' }, { effectiveAt: { precision: 'day', from: '2019-06-14' } })];
  return { task: tasks.find((task) => task.slug === slug), found: { item, entries, view: caseView(entries), people: new Map() } } as unknown as Occasion;
};
const day = (from: string): EffectiveAt => ({ precision: 'day', from });

describe('why something was not recorded', () => {
  it.each(['ENTRY_DEPENDED_ON'])('names the entry in the way, its rule, and where it stands: %s', (code) => {
    const refused = refusedOf(occasion('arrest'), new DomainError(code, { dependent: 'event-1', type: 'SuspectBailed', rule: 'BAIL_NEEDS_ARREST' }));
    expect(refused?.errors[0]!.text).toMatch(/^Event 1, suspect bailed on 14 June 2019, could not be true /);
    expect(refused?.because).toEqual({ text: 'event 1', href: '/investigations/INV-0/history#event-1', rule: 'pre-charge bail follows an arrest' });
  });

  it('names the date of a reopening and of what came before the opening', () => {
    expect(refusedOf(occasion('reopen'), new DomainError('INVESTIGATION_NOT_CLOSED'), day('2019-12-01'))?.errors[0]!.text)
      .toBe('The investigation was not closed on 1 December 2019, so it cannot be reopened then');
    expect(refusedOf(occasion('arrest'), new DomainError('BEFORE_OPENING'), { precision: 'month', from: '2019-05' })?.errors[0]!.text)
      .toContain('it was opened on 13 June 2019, and this happened in May 2019');
  });

  it('says a fault of a field in the words of the form', () =>
    expect(refusedOf(occasion('allocate'), new InvalidRequestError([{ field: 'data.team', message: 'data.team must be at most 100 characters' }]))?.errors)
      .toEqual([{ field: 'team', text: 'Team must be at most 100 characters' }]));

  it('leaves a fault of the program a fault', () => expect(refusedOf(occasion('arrest'), new Error('x'))).toBeUndefined());
});
