import { UnderWay } from './index';

describe('long work', () => {
  it('is shown with how far it has come for as long as it takes, also when it fails', async () => {
    const underWay = new UnderWay(() => 7);
    const seen: unknown[] = [];
    await expect(underWay.during('IMPORT', async (report) => {
      seen.push(underWay.all());
      report({ stage: 'READING', done: 1, total: 4 });
      seen.push(underWay.all());
      throw new Error('disk');
    })).rejects.toThrow('disk');
    expect([...seen, underWay.all()]).toEqual([[{ work: 'IMPORT', startedAt: 7 }], [{ work: 'IMPORT', startedAt: 7, progress: { stage: 'READING', done: 1, total: 4 } }], []]);
  });
});
