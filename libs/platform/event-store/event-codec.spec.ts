import fs from 'node:fs';
import path from 'node:path';
import canonicalize from 'canonicalize';
import type { CommandContext } from '#kernel';
import { EventCodec, UnreadableEventError } from './event-codec';
import type { EventToAppend, StoredEvent } from './event-store';

const context: CommandContext = {
  commandId: 'c-1', correlationId: 'k-1', actor: { kind: 'system', id: 'spec' }, effectiveAt: { precision: 'month', from: '2019-06' },
  regime: 'DPA_PART3', marking: 'OFFICIAL-SENSITIVE', track: 'STANDARD', assertion: 'FACT',
};

const encode = (codec: EventCodec, type: string, data: object): EventToAppend =>
  codec.encode({ id: '00000000-0000-4000-8000-000000000001', fact: { type, data }, data, context, recordedAt: Date.parse('2019-06-14T12:00:00Z'), program: 'spec 1.0' });

const stored = (event: EventToAppend): StoredEvent => ({ ...event, stream: 'case-1', revision: 3, number: 7, position: '9' });

describe('the event codec', () => {
  it('gives back what it was given', () => {
    const codec = new EventCodec();
    const data = { text: 'naïve 👩‍👧 \u0000', list: [1, 2.5, -0.1], nested: { b: null, a: true } };
    const event = codec.decode(stored(encode(codec, 'Noted', data)));
    expect(event).toMatchObject({ type: 'Noted', data, stream: 'case-1', revision: 3, number: 7, position: '9' });
    expect(event.metadata).toMatchObject({ v: 1, effectiveAt: context.effectiveAt, recordedAt: '2019-06-14T12:00:00.000Z', $causationId: 'c-1' });
  });

  it('writes keys in one order and leaves out what is not there, so that equal events have equal bytes', () => {
    const codec = new EventCodec();
    const one = encode(codec, 'Noted', { b: 1, a: { d: undefined, c: '€' } });
    const other = encode(codec, 'Noted', { a: { c: '€' }, b: 1 });
    expect(Buffer.from(one.data).toString('utf8')).toBe('{"a":{"c":"€"},"b":1}');
    expect(one).toEqual(other);
  });

  describe('with older shapes in the log', () => {
    const codec = new EventCodec(
      {
        'SuspectHeld@1': (data) => ({ type: 'SuspectHeld', v: 2, data: { ...data, station: 'unknown' } }),
        'SuspectHeld@2': ({ station, ...data }: { station?: string }) => ({ type: 'SuspectArrested', v: 1, data: { ...data, place: station } }),
        'SuspectArrested@1': (data) => ({ type: 'SuspectArrested', v: 2, data: { ...data, grounds: [] } }),
      },
      { SuspectArrested: 2 },
    );
    const old = new EventCodec();

    it('reads them through every step to the shape and name of today', () => {
      const event = codec.decode(stored(encode(old, 'SuspectHeld', { link: 'l-1' })));
      expect(event).toMatchObject({ type: 'SuspectArrested', data: { link: 'l-1', place: 'unknown', grounds: [] }, metadata: { v: 2 } });
    });

    it('starts where the stored shape is', () => {
      const event = codec.decode(stored(encode(new EventCodec({}, { SuspectHeld: 2 }), 'SuspectHeld', { link: 'l-1', station: 'Main Street' })));
      expect(event).toMatchObject({ type: 'SuspectArrested', data: { link: 'l-1', place: 'Main Street', grounds: [] }, metadata: { v: 2 } });
    });

    it('leaves the shape of today alone', () => {
      const event = codec.decode(stored(encode(codec, 'SuspectArrested', { link: 'l-1', place: 'p', grounds: ['g'] })));
      expect(event).toMatchObject({ data: { link: 'l-1', place: 'p', grounds: ['g'] }, metadata: { v: 2 } });
    });
  });

  describe('with a shape in the log that the program does not know', () => {
    const versioned = (type: string, v: unknown): StoredEvent => {
      const event = encode(new EventCodec(), type, { link: 'l-1' });
      const metadata = { ...JSON.parse(Buffer.from(event.metadata).toString('utf8')) as object, v };
      return stored({ ...event, metadata: Buffer.from(JSON.stringify(metadata)) });
    };
    const codec = new EventCodec({ 'SuspectArrested@1': (data) => ({ type: 'SuspectArrested', v: 2, data }) }, { SuspectArrested: 2 });

    it.each([2, 99, 0, -1, 1.5, '1', null, undefined])('takes version %p of a type of one shape for none of its own', (v) =>
      expect(() => codec.decode(versioned('Noted', v))).toThrow(UnreadableEventError));

    it.each([0, 3, 99])('takes version %p of a type of two shapes for none of its own', (v) =>
      expect(() => codec.decode(versioned('SuspectArrested', v))).toThrow(UnreadableEventError));

    it.each([1, 2])('reads version %p', (v) => expect(codec.decode(versioned('SuspectArrested', v)).metadata.v).toBe(2));
  });

  it.each([
    ['data that is not JSON', { data: Buffer.from('{"a":') }],
    ['data cut in the middle of a character', { data: Buffer.from([0x22, 0xc3]) }],
    ['metadata that is not JSON', { metadata: Buffer.from('') }],
    ['metadata without an envelope', { metadata: Buffer.from('{}') }],
    ['metadata that is null', { metadata: Buffer.from('null') }],
    ['an instant that is none', { metadata: Buffer.from('{"effectiveAt":{"precision":"unknown"},"recordedAt":"yesterday"}') }],
  ])('names the event it cannot read: %s', (_, broken) => {
    const codec = new EventCodec();
    const event = { ...stored(encode(codec, 'Noted', {})), ...broken };
    expect(() => codec.decode(event)).toThrow(UnreadableEventError);
    expect(() => codec.decode(event)).toThrow('case-1 revision 3 cannot be read');
  });
});

const vectors = path.resolve(__dirname, '../../../../shared/data/crypto/rfc8785-jcs');
const written = fs.existsSync(vectors) ? fs.readdirSync(path.join(vectors, 'input')) : [];
const when = written.length > 0 ? describe : describe.skip;

when('canonical JSON as RFC 8785 shows it (skipped where its examples are not at hand)', () => {
  it.each(written.length > 0 ? written : ['no example'])('%s', (name) => {
    const input = JSON.parse(fs.readFileSync(path.join(vectors, 'input', name), 'utf8')) as object;
    const output = fs.readFileSync(path.join(vectors, 'output', name));
    expect(Buffer.from(canonicalize(input) as string, 'utf8').equals(output)).toBe(true);
    if (!Array.isArray(input)) expect(Buffer.from(encode(new EventCodec(), 'Noted', input).data).equals(output)).toBe(true);
  });
});
