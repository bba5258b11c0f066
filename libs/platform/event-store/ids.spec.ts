import fc from 'fast-check';
import { v5 } from 'uuid';
import { eventId, idFrom } from './ids';

describe('derived ids', () => {
  it('stay what they are for ever', () => {
    expect(idFrom('police-uk', 'abc')).toBe('62553461-d972-589a-93ce-01be0a18235a');
    expect(eventId('c7b5a9f0-1111-4222-8333-444455556666', 'investigation-1', 0)).toBe('376def77-7d18-5a2d-98d3-d12475b17f7f');
  });

  it('are the UUIDv5 that anybody computes', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.uuid(), fc.string(), fc.nat(), (parts, command, stream, ordinal) => {
      expect(idFrom(...parts)).toBe(v5(JSON.stringify(parts), 'b6a1f1f4-6a0f-5c3e-9a57-3f6f0c4f9b1d'));
      expect(eventId(command, stream, ordinal)).toBe(v5(`${stream}\n${ordinal}`, command));
    }));
  });

  it('differ when the same words are parted differently', () => {
    expect(idFrom('a', 'b')).not.toBe(idFrom('a,b'));
    expect(idFrom('a', 'b')).not.toBe(idFrom('b', 'a'));
  });
});
