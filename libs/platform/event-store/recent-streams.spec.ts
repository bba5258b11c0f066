import { randomUUID } from 'node:crypto';
import { DomainError } from '#kernel';
import type { CommandContext, Decider, Message } from '#kernel';
import { memoryKeyStore, openVault } from '#platform/vault';
import { memoryEventStore } from './adapters/memory';
import { EventCodec } from './event-codec';
import type { EventStore, StoredEvent } from './event-store';
import { Ledger } from './ledger';
import { RecentStreams } from './recent-streams';

type LampEvent = Message<'LampSwitched', { readonly on: boolean }>;

/** Can be switched on when it is off, and off whenever; switching off what is off is nothing new. */
const lamp: Decider<{ readonly on: boolean }, boolean, LampEvent> = {
  initialState: false,
  decide({ on }, lit) {
    if (on && lit) throw new DomainError('LAMP_IS_LIT');
    return on === lit ? [] : [{ type: 'LampSwitched', data: { on } }];
  },
  evolve: (_, { data }) => data.on,
};

const NOW = Date.parse('2019-06-14T12:00:00Z');

const order = (on: boolean, commandId: string = randomUUID()) => ({
  on,
  context: { commandId, correlationId: commandId, actor: { kind: 'system', id: 'spec' }, effectiveAt: { precision: 'unknown' }, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT' } as CommandContext,
});

describe('what a ledger remembers of the streams it wrote last', () => {
  let store: EventStore;
  let reads: number;
  let ours: Ledger;
  let theirs: Ledger;
  beforeEach(async () => {
    store = memoryEventStore();
    reads = 0;
    const counted = Object.create(store, { readStream: { value: (...args: Parameters<EventStore['readStream']>) => (reads++, store.readStream(...args)) } }) as EventStore;
    const vault = await openVault(memoryKeyStore());
    ours = new Ledger(counted, new EventCodec(), vault, () => NOW, 'spec 1.0');
    theirs = new Ledger(store, new EventCodec(), vault, () => NOW, 'spec 1.0');
  });
  afterEach(() => store.close());
  const switches = async () => (await theirs.history<LampEvent>('lamp-1')).events.map(({ data }) => data.on);

  it('saves reading a stream again to write to it', async () => {
    for (const on of [true, false, true, false]) await ours.transact(lamp, 'lamp-1', order(on));
    expect(reads).toBe(1);
    expect(await switches()).toEqual([true, false, true, false]);
  });

  it('answers a resend with the receipt that the store would give', async () => {
    const command = order(true);
    const receipt = await ours.transact(lamp, 'lamp-1', command);
    await ours.transact(lamp, 'lamp-1', order(false));
    expect(await ours.transact(lamp, 'lamp-1', command)).toEqual(receipt);
    expect(await theirs.transact(lamp, 'lamp-1', command)).toEqual(receipt);
  });

  it('is given up when somebody else has written since', async () => {
    await ours.transact(lamp, 'lamp-1', order(true));
    await theirs.transact(lamp, 'lamp-1', order(false));
    await theirs.transact(lamp, 'lamp-1', order(true));
    expect(await ours.transact(lamp, 'lamp-1', order(false))).toMatchObject({ revision: 3 });
    expect(await switches()).toEqual([true, false, true, false]);
  });

  it('refuses nothing that would be right by now', async () => {
    await ours.transact(lamp, 'lamp-1', order(true));
    await theirs.transact(lamp, 'lamp-1', order(false));
    expect(await ours.transact(lamp, 'lamp-1', order(true))).toMatchObject({ revision: 2 });
  });

  it('takes nothing for done that is not done any more', async () => {
    await ours.transact(lamp, 'lamp-1', order(true));
    await ours.transact(lamp, 'lamp-1', order(false));
    await theirs.transact(lamp, 'lamp-1', order(true));
    expect(await ours.transact(lamp, 'lamp-1', order(false))).toMatchObject({ revision: 3 });
    expect(await switches()).toEqual([true, false, true, false]);
  });

  it('lets a sender who saw a newer revision write', async () => {
    await ours.transact(lamp, 'lamp-1', order(true));
    await theirs.transact(lamp, 'lamp-1', order(false));
    expect(await ours.transact(lamp, 'lamp-1', order(true), { expectedRevision: 1 })).toMatchObject({ revision: 2 });
    await expect(theirs.transact(lamp, 'lamp-1', order(false), { expectedRevision: 1 })).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION', actual: 2 });
  });

  describe('has bounds', () => {
    const none = { events: [], revision: -1, bytes: 0 };
    const metadata = Buffer.from(JSON.stringify({ v: 1, effectiveAt: { precision: 'unknown' }, recordedAt: '2019-01-01T00:00:00.000Z' }));
    /** Events of which each takes 2,000 bytes of memory, or so many as are said. */
    const stored = (stream: string, length: number, each = 2_000) => Array.from({ length }, (_, revision): StoredEvent => {
      const text = 'x'.repeat(each - 1_200 - metadata.length - '{"text":""}'.length);
      return { id: `${stream}-${revision}`, type: 'LampSwitched', data: Buffer.from(`{"text":"${text}"}`), metadata, stream, revision, number: -1, position: '1' };
    });
    const keptOf = (recent: RecentStreams, streams: number) => Array.from({ length: streams }, (_, i) => i).filter((i) => recent.get(`lamp-${i}`));

    it('no stream that is large, of many events or of long ones, whether decoded or not', () => {
      const recent = new RecentStreams(new EventCodec(), 1_000_000);
      recent.keep('many', none, stored('many', 51));
      recent.keep('long', none, stored('long', 1, 100_001));
      expect([recent.get('many'), recent.get('long')]).toEqual([undefined, undefined]);
      recent.keep('lamp', none, stored('lamp', 50));
      recent.keep('lamp', recent.get('lamp')!, stored('lamp', 1));
      expect(recent.get('lamp')).toBeUndefined();
    });

    it('and of the rest those used last', () => {
      const recent = new RecentStreams(new EventCodec(), 1_000_000);
      for (let i = 0; i < 30; i++) {
        recent.keep(`lamp-${i}`, none, stored(`lamp-${i}`, 25));
        recent.get('lamp-0');
      }
      expect(keptOf(recent, 30)).toEqual([0, ...Array.from({ length: 19 }, (_, i) => 11 + i)]);
    });

    it('also where few events hold long texts', () => {
      const recent = new RecentStreams(new EventCodec(), 1_000_000);
      for (let i = 0; i < 30; i++) recent.keep(`lamp-${i}`, none, stored(`lamp-${i}`, 2, 50_000));
      expect(keptOf(recent, 30)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    });

    it('which a stream that was read counts against as well', async () => {
      const small = new Ledger(store, new EventCodec(), await openVault(memoryKeyStore()), () => NOW, 'spec 1.0', 20_000);
      const kept = () => (small as unknown as { recent: RecentStreams }).recent.get('lamp-1');
      await theirs.transact(lamp, 'lamp-1', order(true));
      await small.transact(lamp, 'lamp-1', order(false));
      expect(kept()).toBeUndefined();
      const larger = new Ledger(store, new EventCodec(), await openVault(memoryKeyStore()), () => NOW, 'spec 1.0', 200_000);
      await larger.transact(lamp, 'lamp-1', order(true));
      const there = (larger as unknown as { recent: RecentStreams }).recent.get('lamp-1')!;
      const stream = await store.readStream('lamp-1');
      expect(there.bytes).toBe(stream.events.reduce((sum, { data, metadata: more }) => sum + data.length + more.length, 0));
    });
  });
});
