import { investigationTasks, suspectTasks } from './offered';
import { nextTasks } from './next-tasks';
import type { CaseAtMoment } from '../../reading/cases';

const slugs = (quality: 'NAMED' | 'UNKNOWN', ...acts: string[]): string[] => suspectTasks({ quality, acts }).map(({ slug }) => slug);

describe('what is offered about a suspect', () => {
  it('follows an arrest where it needs one', () => {
    const needing = ['bail', 'release', 'escaped', 'failed-to-answer', 'cancel-circulation', 'withdraw-no-further-action'];
    expect(slugs('NAMED', 'SuspectLinked').filter((slug) => needing.includes(slug))).toEqual([]);
    expect(slugs('NAMED', 'SuspectLinked', 'SuspectArrested').filter((slug) => needing.includes(slug))).toEqual(['bail', 'release', 'escaped']);
  });

  it('still takes a failure to answer bail that is recorded late', () =>
    expect(slugs('NAMED', 'SuspectArrested', 'SuspectBailed', 'SuspectCharged')).toContain('failed-to-answer'));

  it('offers what undoes a decision only while the decision lasts', () => {
    expect(slugs('NAMED', 'SuspectNoFurtherAction')).toContain('withdraw-no-further-action');
    expect(slugs('NAMED', 'SuspectNoFurtherAction')).not.toContain('no-further-action');
    expect(slugs('NAMED', 'SuspectNoFurtherAction', 'NoFurtherActionWithdrawn')).toContain('no-further-action');
    expect(slugs('NAMED', 'SuspectNoFurtherAction', 'NoFurtherActionWithdrawn')).not.toContain('withdraw-no-further-action');
  });

  it('charges nobody who is not named', () => expect(slugs('UNKNOWN', 'SuspectArrested')).not.toContain('charge'));
});

describe('what is offered on an investigation', () => {
  const view = { officer: 'DC 1', proposed: false, crimes: [], suspects: [] };

  it('is only its reopening, and who may see it, once it is closed', () => {
    for (const status of ['FINALISED', 'TRANSFERRED', 'CANCELLED'] as const) expect(investigationTasks({ status }, view).map(({ slug }) => slug)).toEqual(['sensitivity', 'link-operation', 'reopen']);
  });

  it('is to take it out of an operation where it belongs to one', () =>
    expect(investigationTasks({ status: 'ACTIVE' }, { ...view, operations: ['Clover'] }).map(({ slug }) => slug)).toContain('unlink-operation'));

  const after = (type: string, suspect: object, status = 'ACTIVE'): string[] =>
    nextTasks({ item: { reference: 'INV-1', status }, view: { ...view, suspects: [suspect] } } as unknown as CaseAtMoment, () => true, type, 'l').map(({ text }) => text);
  const suspect = (live: boolean, ...acts: string[]) => ({ linkId: 'l', quality: 'NAMED', live, acts });

  it('is next what can follow, never the same again', () => {
    expect(after('SuspectArrested', suspect(true, 'SuspectArrested'))).toEqual(['Same suspect: interviewed under caution', 'Same suspect: bailed', 'Same suspect: released under investigation']);
    expect(after('SuspectEliminated', suspect(false, 'SuspectEliminated'))).toEqual(['Link a suspect', 'Record a supervisor review']);
    expect(after('InvestigationFinalised', suspect(true), 'FINALISED')).toEqual([]);
  });
});
