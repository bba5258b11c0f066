import type { NominalId } from '#kernel';
import * as notes from '#test/case-notes';
import { liveMeasures } from './live-measures';

const person = 'person of x' as NominalId;
const live = (...written: notes.Note[]) => liveMeasures(notes.recordCase([notes.opened('2019-01-01'), ...written]), person);

describe('what binds a person on an investigation', () => {
  it('is nothing for somebody who is not a suspect there', () => {
    expect(live()).toEqual([]);
    expect(live(notes.named('2019-01-02', 'y'), notes.charged('2019-01-03', 'y'))).toEqual([]);
  });

  it('is being outstanding or wanted', () => {
    expect(live(notes.named('2019-01-02'))).toEqual(['OUTSTANDING']);
    expect(live(notes.named('2019-01-02'), notes.circulated('2019-01-03', 'PNC_WANTED'))).toEqual(['WANTED', 'OUTSTANDING']);
  });

  it('is bail that runs, until it is answered by a decision or not answered', () => {
    const bailed = [notes.named('2019-01-02'), notes.arrested('2019-01-03'), notes.bailed('2019-01-03')];
    expect(live(...bailed)).toEqual(['ON_BAIL']);
    expect(live(...bailed, notes.failedBail('2019-02-03'))).toEqual(['OUTSTANDING']);
    expect(live(...bailed, notes.nfa('2019-02-03'))).toEqual([]);
    expect(live(...bailed, notes.releasedUnderInvestigation('2019-02-03'))).toEqual(['RELEASED_UNDER_INVESTIGATION']);
  });

  it('is a charge or requisition until the investigation is closed', () => {
    const charged = [notes.named('2019-01-02'), notes.arrested('2019-01-03'), notes.charged('2019-01-04')];
    expect(live(...charged)).toEqual(['CHARGED']);
    expect(live(...charged, notes.bailed('2019-01-04'))).toEqual(['CHARGED']);
    expect(live(notes.named('2019-01-02'), notes.requisitioned('2019-01-04'))).toEqual(['CHARGED']);
    expect(live(...charged, notes.finalised('2019-06-01'))).toEqual([]);
    expect(live(...charged, notes.finalised('2019-06-01'), notes.reopened('2019-07-01'))).toEqual(['CHARGED']);
  });

  it.each([['eliminated', notes.eliminated], ['void', notes.linkVoided], ['dead', notes.deceased]])('is nothing for who is %s', (_, ended) =>
    expect(live(notes.named('2019-01-02'), notes.arrested('2019-01-03'), notes.bailed('2019-01-03'), ended('2019-01-05'))).toEqual([]));

  it('follows a correction of who the link is', () => {
    const other = [notes.named('2019-01-02', 'x', 'q'), notes.instead(1, notes.named('2019-01-02', 'x', person))];
    expect(live(...other)).toEqual(['OUTSTANDING']);
    expect(live(notes.named('2019-01-02'), notes.instead(1, notes.named('2019-01-02', 'x', 'q')))).toEqual([]);
  });
});
