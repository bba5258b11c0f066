import { RecentEvents } from './recent-events';
import { MOST_COUNTED, Tally } from './tally';
import { topicsOf } from './topics';

const ID = '3b241101-e2bb-4255-8caf-4136c566a962';
const tallyOf = (topic: string): Tally => new Tally(topicsOf([topic])[0]!);

describe('recent events', () => {
  it('are counted of each record after a number, each once', () => {
    const recent = new RecentEvents(10);
    for (const [record, number] of [['a', 11], ['b', 12], ['a', 13], ['a', 13], ['a', 9]] as const) recent.note(record, number);
    expect([recent.of('a', 10), recent.of('a', 11), recent.of('a', 13), recent.of('c', 0)])
      .toEqual([{ count: 2, last: 13 }, { count: 1, last: 13 }, { count: 0, last: -1 }, { count: 0, last: -1 }]);
  });

  it('take those from before in front, and say from where on nothing is missing', () => {
    const recent = new RecentEvents(10);
    recent.note('a', 11);
    const place = recent.end;
    recent.before([{ record: 'b', number: 8 }, { record: 'a', number: 9 }], 7);
    recent.note('c', 12);
    expect([recent.from, recent.of('a', 6), recent.of('b', 6), [...recent.touched(place)]]).toEqual([7, { count: 2, last: 11 }, { count: 1, last: 8 }, ['c']]);
  });

  it('forget the oldest when there are too many', () => {
    const recent = new RecentEvents(-1, 3);
    for (let number = 0; number < 6; number++) recent.note(number === 0 ? 'old' : 'a', number);
    expect([recent.from, recent.of('old', -1), recent.of('a', -1), [...recent.touched(0)]]).toEqual([3, { count: 0, last: -1 }, { count: 3, last: 5 }, ['a']]);
  });
});

describe('a tally', () => {
  it('tells what is new, once', () => {
    const tally = tallyOf('figures@10');
    expect(tally.news(true)).toBeUndefined();
    tally.take('a', { count: 2, last: 14 }, true);
    tally.take('b', { count: 1, last: 12 }, true);
    expect(tally.news(true)).toEqual({ topic: 'figures', since: 10, count: 3, number: 14 });
    expect(tally.news(true)).toBeUndefined();
  });

  it('takes a lost record back, and of its own page says nothing at all then', () => {
    const [figures, record] = [tallyOf('figures@10'), tallyOf(`record:${ID}@10`)];
    for (const tally of [figures, record]) {
      tally.take(ID, { count: 2, last: 14 }, true);
      tally.news(true);
      tally.lose(ID);
    }
    expect(figures.news(true)).toMatchObject({ count: 0, number: -1 });
    expect(record.news(true)).toBeUndefined();
    expect([record.wants(ID), record.wants('other')]).toEqual([true, false]);
  });

  it('stops at a hundred, and looks at no other record then', () => {
    const tally = tallyOf('list@10');
    tally.take('a', { count: MOST_COUNTED + 5, last: 200 }, true);
    expect(tally.news(true)).toEqual({ topic: 'list', since: 10, count: MOST_COUNTED, number: 200, more: true });
    expect([tally.full, tally.wants('a'), tally.wants('b')]).toEqual([true, true, false]);
  });

  it('keeps what was forgotten since, and says that it is at least so many', () => {
    const tally = tallyOf('list@10');
    tally.take('a', { count: 4, last: 20 }, true);
    tally.news(true);
    tally.take('a', { count: 2, last: 30 }, false);
    expect(tally.news(false)).toEqual({ topic: 'list', since: 10, count: 4, number: 30, more: true });
  });

  it('does not say again what whoever comes back has heard', () => {
    const tally = tallyOf('list@10');
    tally.take('a', { count: 4, last: 20 }, true);
    tally.heard(20);
    expect(tally.news(true)).toBeUndefined();
    tally.take('b', { count: 1, last: 21 }, true);
    expect(tally.news(true)).toMatchObject({ count: 5 });
  });
});
