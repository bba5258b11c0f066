import type { InvestigationId } from '#kernel';
import type { Appending } from '#platform/event-store';
import { AccessAhead } from './access-ahead';

describe('access that was decided anew', () => {
  const scene = () => {
    let append: (appending: Appending) => void = () => undefined;
    const reads = { position: '4', checkpoint: () => ({ position: reads.position, number: 4 }) };
    const ahead = new AccessAhead({ onAppended: (listener) => void (append = listener) }, reads);
    return { reads, append: (type: string, stream = 'investigation-a') => append({ stream, types: [type], position: '9' }), has: (id = 'a') => ahead.of(id as InvestigationId) };
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
});
