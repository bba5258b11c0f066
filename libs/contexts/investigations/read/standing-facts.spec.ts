import type { InvestigationId, RecordedEvent } from '#kernel';
import { MemoryReads } from '../../../../test/support/memory-reads';
import * as notes from '../../../../test/support/case-notes';
import type { Note } from '../../../../test/support/case-notes';
import { Seeded } from '#test/seeded';
import { accessFactsOf } from './access-facts';
import { investigationProjections } from './projections';
import { StandingFacts } from './standing-facts';

const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 2 ** 31);

const caseAtRandom = (random: Seeded): readonly Note[] => {
  const some = <T>(share: number, ...facts: T[]): T[] => (random.next() < share ? facts : []);
  return [
    { ...notes.opened('2019-01-02'), sensitive: random.next() < 0.3, by: random.pick(['DC 8', 'DC 9']) },
    ...some(0.6, notes.allocated('2019-01-03', 'CID', 'DC 1', 'DS 1')), ...some(0.5, notes.reassessed('2019-02-01', random.pick(['STANDARD', 'RESTRICTED', 'SENSITIVE']))),
    ...some(0.7, notes.reviewed('2019-02-02')), ...some(0.4, notes.operationLinked('2019-02-03', 'Clover')), ...some(0.3, notes.operationUnlinked('2019-02-04', 'Clover')),
    ...some(0.3, notes.finalised('2019-03-01')), ...some(0.3, notes.voided(0)),
  ];
};

/** The events of several cases in one log: each case in its order, the cases in any. */
const shuffled = (cases: readonly (readonly RecordedEvent[])[], random: Seeded): readonly RecordedEvent[] => {
  const left = cases.map((events) => [...events]);
  return cases.flat().map((_, number) => ({ ...random.pick(left.filter(({ length }) => length > 0)).shift()!, number, position: String(number).padStart(12, '0') }));
};

describe(`what access to investigations rests on now, kept (DAYBOOK_SEED=${seed})`, () => {
  it('is after every event what the tables say', () => {
    const random = new Seeded(seed);
    for (let run = 0; run < 40; run++) {
      const ids = Array.from({ length: 5 }, (_, i) => `case-${i}` as InvestigationId);
      const log = shuffled(ids.map((investigation) => notes.recordCase(caseAtRandom(random), { investigation })), random);
      const reads = new MemoryReads(investigationProjections);
      const kept = new StandingFacts(() => reads.db);
      for (const event of log) {
        if (random.next() < 0.8) for (const id of ids) expect(kept.of(id, reads.checkpoint().number)).toEqual(accessFactsOf(reads.db, id));
        reads.apply(event as never);
      }
      for (const id of ids) expect(kept.of(id, reads.checkpoint().number)).toEqual(accessFactsOf(reads.db, id));
    }
  });

  it('is asked for once while nothing is recorded, and again when a stream that was left out is taken in', () => {
    const reads = new MemoryReads(investigationProjections).apply(...notes.recordCase([notes.opened('2019-01-02')]) as never[]);
    const kept = new StandingFacts(() => reads.db);
    const found = kept.of('a' as InvestigationId, 0);
    expect(kept.of('a' as InvestigationId, 0)).toBe(found);
    reads.db.raw.exec("INSERT INTO parked VALUES ('investigations', 'investigation-b', 0, 'EVENT_UNREADABLE')");
    expect(kept.of('a' as InvestigationId, 1)).not.toBe(found);
    expect(kept.of('a' as InvestigationId, 1)).toEqual(found);
  });
});
