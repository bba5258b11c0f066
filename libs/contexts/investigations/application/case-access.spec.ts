import type { InvestigationId } from '#kernel';
import type { Ledger } from '#platform/event-store';
import { MemoryReads } from '../../../../test/support/memory-reads';
import * as notes from '../../../../test/support/case-notes';
import type { Note } from '../../../../test/support/case-notes';
import { investigationProjections } from '../read/projections';
import { CaseAccess } from './case-access';

const theCase = 'a' as InvestigationId;

const accessAfter = (...facts: readonly Note[]): CaseAccess => {
  const events = notes.recordCase(facts);
  const history = async (stream: string) => ({ events: stream === 'investigation-a' ? events : [], revision: events.length - 1, bytes: 0 });
  return new CaseAccess({ history } as unknown as Ledger, new MemoryReads(investigationProjections).apply(...events));
};

const opened: Note = { ...notes.opened('2019-01-02'), sensitive: true, by: 'DC 8' };
const allocated = notes.allocated('2019-01-03', 'CID', 'DC 1', 'DS 1');

describe('what access to an investigation rests on', () => {
  it.each([
    ['as it was opened', [opened], { sensitivity: 'SENSITIVE', officer: null, supervisor: null, openedBy: 'DC 8', team: null, operations: [] }],
    ['as it was allocated, reassessed and linked', [opened, allocated, notes.reassessed('2019-02-01', 'RESTRICTED'), notes.operationLinked('2019-02-02', 'Clover'), notes.operationLinked('2019-02-02', 'Makesafe')],
      { sensitivity: 'RESTRICTED', officer: 'DC 1', supervisor: 'DS 1', openedBy: 'DC 8', team: 'CID', operations: ['CLOVER', 'MAKESAFE'] }],
    ['as opened before anybody signed in', [notes.opened('2019-01-02')], { sensitivity: 'STANDARD', officer: null, supervisor: null, openedBy: null, team: null, operations: [] }],
    ['as it was before its opening was voided', [opened, allocated, notes.voided(0)], { sensitivity: 'SENSITIVE', officer: 'DC 1', supervisor: 'DS 1', openedBy: 'DC 8', team: 'CID', operations: [] }],
  ] as const)('is the same in the read model and in the ledger: %s', async (_, facts, expected) => {
    const access = accessAfter(...facts);
    expect(access.facts(theCase)).toEqual(expected);
    expect(await access.latest(theCase)).toEqual(expected);
  });

  it('is found for every investigation of an operation, and no other', () => {
    const access = accessAfter(opened, allocated, notes.operationLinked('2019-02-02', 'Clover two'), notes.operationLinked('2019-02-02', 'Makesafe'), notes.operationUnlinked('2019-02-03', 'makesafe'));
    const found = (code: string) => access.inOperation(code).map(({ id, facts }) => [id, facts.supervisor]);
    expect([found('clover  TWO'), found('Clover'), found('Makesafe')]).toEqual([[['a', 'DS 1']], [], []]);
  });

  it('was, between two events, all that it was at one time or another', () => {
    const access = accessAfter(opened, allocated, notes.reassessed('2019-02-01', 'RESTRICTED'));
    const between = (first: number, last: number) => access.between(theCase, first, last).map(({ facts, recFrom }) => [recFrom, facts.sensitivity, facts.officer]);
    expect(between(0, 1)).toEqual([[0, 'SENSITIVE', null], [1, 'SENSITIVE', 'DC 1']]);
    expect(between(1, 1)).toEqual([[1, 'SENSITIVE', 'DC 1']]);
    expect(between(2, 9)).toEqual([[2, 'RESTRICTED', 'DC 1']]);
    expect(access.between('b' as InvestigationId, 0, 9)).toEqual([]);
  });

  it('is nothing where there is no investigation', async () => {
    const access = accessAfter(opened);
    expect(access.facts('b' as InvestigationId)).toBeUndefined();
    expect(await access.latest('b' as InvestigationId)).toBeUndefined();
  });
});
