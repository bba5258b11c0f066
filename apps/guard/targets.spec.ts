import { recordOf } from './targets';

const id = '4b9f4b0e-1c0a-4f4e-9f55-0a4b1c2d3e4f';

describe('the record that a stream tells of', () => {
  it.each([
    ['investigation', 'investigation'], ['accessList', 'investigation'], ['nominal', 'person'], ['dataSubject', 'person'],
  ])('%s: the %s, whose existence it gives away', (category, kind) => expect(recordOf(`${category}-${id}`)).toEqual({ kind, id }));

  it.each([`accessList-operation-${id}`, `user-${id}`, `consultation-${id}-2026-11-25`, 'nominal-x'])('%s: none of these', (stream) =>
    expect(recordOf(stream)).toEqual({ kind: 'other', stream }));
});
