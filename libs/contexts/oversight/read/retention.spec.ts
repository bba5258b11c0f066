import type { Envelope, LocalDate, NominalId, RecordedEvent } from '#kernel';
import * as notes from '#test/case-notes';
import { MemoryReads } from '#test/memory-reads';
import { loadRetentionPeriods } from '../application/retention-periods';
import { retentionProjections } from './retention.projection';
import { RetentionReader } from './retention.query';

const [x, y] = ['person of x', 'person of y'] as [NominalId, NominalId];
let number = 1000;
const decision = (nominalId: NominalId, revision: number, type: string, data: object, on = '2020-06-01'): RecordedEvent => ({
  id: `d${number}`, type, data: { nominalId, ...data }, stream: `dataSubject-${nominalId}`, revision, number: number++, position: String(number),
  metadata: { v: 1, effectiveAt: { precision: 'day', from: on }, recordedAt: `${on}T09:00:00.000Z` } as unknown as Envelope,
});
const readerOver = (reads: MemoryReads): RetentionReader => new RetentionReader(reads, loadRetentionPeriods());
const due = (reader: RetentionReader, by: string) => reader.reviewsDue(by as LocalDate).map(({ nominalId, nextReviewOn }) => [nominalId, nextReviewOn]);

describe('reviews that are due', () => {
  it('come six years after the last notice of who is in no group yet, and by their group once they are', () => {
    const reads = new MemoryReads(retentionProjections).apply(...notes.recordCase([notes.opened('2010-01-01'), notes.named('2010-02-01'), notes.named('2012-03-01', 'y')]));
    const reader = readerOver(reads);
    expect(due(reader, '2018-02-28')).toEqual([[x, '2016-02-01']]);
    expect(due(reader, '2018-03-01')).toEqual([[x, '2016-02-01'], [y, '2018-03-01']]);
    reads.apply(decision(x, 0, 'RetentionReviewed', { group: '2', decision: 'RETAIN' }));
    expect(due(reader, '2026-01-01')).toEqual([[y, '2018-03-01']]);
    expect(reader.one(x, '2026-01-01' as LocalDate)).toMatchObject({ group: '2', decision: 'RETAIN', reviewedOn: '2020-06-01', nextReviewOn: '2030-06-01', holds: 0 });
  });

  it('are put off when the person comes to notice again, and not by a link that was taken away', () => {
    const first = notes.recordCase([notes.opened('2010-01-01'), notes.named('2010-02-01')]);
    const second = notes.recordCase([notes.opened('2014-01-01'), notes.named('2014-02-01', 'x'), notes.voided(1)], { investigation: 'b', from: 10 });
    const reads = new MemoryReads(retentionProjections).apply(...first, ...second.slice(0, 2));
    expect(readerOver(reads).one(x, '2026-01-01' as LocalDate)).toMatchObject({ lastNoticeOn: '2014-02-01', nextReviewOn: '2020-02-01' });
    reads.apply(second[2]!);
    expect(readerOver(reads).one(x, '2026-01-01' as LocalDate)).toMatchObject({ lastNoticeOn: '2010-02-01', nextReviewOn: '2016-02-01' });
  });

  it('tell of holds and restrictions, and leave out who is erased', () => {
    const reads = new MemoryReads(retentionProjections).apply(
      decision(x, 0, 'RetentionReviewed', { group: '4', decision: 'LEGAL_HOLD', nextReviewOn: '2021-01-01' }), decision(x, 1, 'LegalHoldPlaced', { holdId: 'h' }),
      decision(x, 2, 'LegalHoldPlaced', { holdId: 'i' }), decision(x, 3, 'LegalHoldReleased', { holdId: 'h' }), decision(x, 4, 'ProcessingRestricted', { reason: 'EVIDENCE_S47_2' }),
    );
    expect(readerOver(reads).reviewsDue('2021-01-01' as LocalDate)).toMatchObject([{ nominalId: x, holds: 1, restrictions: 1 }]);
    reads.apply(decision(x, 5, 'RestrictionLifted', { reason: 'EVIDENCE_S47_2' }), decision(x, 6, 'DataErased', { requestId: 'r' }));
    expect(due(readerOver(reads), '2030-01-01')).toEqual([]);
    expect(readerOver(reads).one(x, '2021-01-01' as LocalDate)).toBeUndefined();
  });
});
