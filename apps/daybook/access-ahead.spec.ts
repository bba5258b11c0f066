import type { InvestigationId, NominalId } from '#kernel';
import type { Appending } from '#platform/event-store';
import { AccessAhead } from './access-ahead';

describe('access that was decided anew', () => {
  const scene = () => {
    let append: (appending: Appending) => void = () => undefined;
    const reads = { position: '4', checkpoint: () => ({ position: reads.position, number: 4 }) };
    const ahead = new AccessAhead({ onAppended: (listener) => void (append = listener) }, reads);
    return { reads, append: (type: string, stream = 'investigation-a', data: object = {}) => append({ stream, types: [type], data: [data], position: '9' }), has: (id = 'a') => ahead.of(id as InvestigationId), naming: (known: string[] = []) => ahead.alsoNaming('p' as NominalId, known as InvestigationId[]) };
  };

  it.each(['SensitivityReassessed', 'InvestigationReallocated', 'OperationLinked', 'EntryVoided'])('is ahead of the read model until that holds it: %s', (type) => {
    const { reads, append, has } = scene();
    append(type);
    expect([has(), has('b')]).toEqual([true, false]);
    reads.position = '9';
    expect(has()).toBe(false);
    reads.position = '4';
    expect(has()).toBe(false);
  });

  it.each([['SupervisorReviewRecorded', 'investigation-a'], ['SensitivityReassessed', 'nominal-a']])('is not touched by %s on %s', (type, stream) => {
    const { append, has } = scene();
    append(type, stream);
    expect(has()).toBe(false);
  });

  it('knows the investigations that came to name a person, until the read model does', () => {
    const { reads, append, naming } = scene();
    append('SuspectLinked', 'investigation-a', { linkId: 'l', nominalId: 'p' });
    append('SuspectLinked', 'investigation-b', { linkId: 'l', nominalId: 'q' });
    append('SuspectLinked', 'nominal-c', { nominalId: 'p' });
    expect([naming(), naming(['a']), naming(['d'])]).toEqual([['a'], ['a'], ['d', 'a']]);
    reads.position = '9';
    expect([naming(), naming(['a'])]).toEqual([[], ['a']]);
  });
});
