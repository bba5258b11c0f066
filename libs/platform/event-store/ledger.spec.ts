import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DomainError, isUnsealed } from '#kernel';
import type { CommandContext, Decider, EffectiveAt, Message, RecordKeyId, Unsealed } from '#kernel';
import { memoryKeyStore, openVault } from '#platform/vault';
import type { Vault } from '#platform/vault';
import { openEmbeddedEventStore } from './adapters/embedded/embedded-event-store';
import { memoryEventStore } from './adapters/memory';
import { EventCodec } from './event-codec';
import type { EventStore } from './event-store';
import { Ledger } from './ledger';

/** A jar into which marbles go; it holds three, and a colour once. */
type JarCommand = { readonly type: 'PutMarbles'; readonly data: { readonly colours: readonly string[]; readonly note?: Unsealed } };
type JarEvent = Message<'MarblePut', { readonly colour: string; readonly note?: object }>;

const jar: Decider<JarCommand, readonly string[], JarEvent> = {
  initialState: [],
  decide({ data: { colours, note } }, there) {
    const news = colours.filter((colour) => !there.includes(colour));
    if (there.length + news.length > 3) throw new DomainError('JAR_FULL');
    return news.map((colour) => ({ type: 'MarblePut', data: note ? { colour, note } : { colour } }));
  },
  evolve: (there, { data }) => [...there, data.colour],
};

const NOW = Date.parse('2019-06-14T12:00:00Z');

const context = (changes: Partial<CommandContext> = {}): CommandContext => ({
  commandId: randomUUID(), commandDigest: 'digest-1', correlationId: 'correlation-1', actor: { kind: 'system', id: 'spec' },
  effectiveAt: { precision: 'day', from: '2019-06-10' }, regime: 'DPA_PART3', marking: 'OFFICIAL-SENSITIVE', track: 'STANDARD', assertion: 'FACT',
  ...changes,
});

const put = (colours: string[], changes: Partial<CommandContext> = {}, note?: Unsealed) =>
  ({ type: 'PutMarbles', data: { colours, ...(note ? { note } : {}) }, context: context(changes) } as const);

/** Seals by saying so; counts how often it was asked. */
class PlainVault implements Vault {
  sealed = 0;
  async sealAll(events: Parameters<Vault['sealAll']>[0]) {
    this.sealed += events.length;
    const seal = (value: unknown) => (isUnsealed(value) ? { key: value.key, iv: '', ct: 'ct', tag: '', kc: '' } : value);
    return events.map(({ data, reason }) => ({
      data: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, seal(value)])), reason: seal(reason) as typeof reason,
    }));
  }
  async open(): Promise<readonly (string | null)[]> {
    return [];
  }
  digest(text: string): string {
    return `digest of ${text.length}`;
  }
}

describe('the ledger', () => {
  let store: EventStore;
  let vault: PlainVault;
  let ledger: Ledger;
  beforeEach(() => {
    store = memoryEventStore();
    vault = new PlainVault();
    ledger = new Ledger(store, new EventCodec(), vault, () => NOW, 'spec 1.0');
  });
  afterEach(() => store.close());

  const colours = async () => (await ledger.history<JarEvent>('jar-1')).events.map(({ data }) => data.colour);

  it('records what was decided and answers where the stream stands', async () => {
    const receipt = await ledger.transact(jar, 'jar-1', put(['red', 'blue']));
    const { events, revision } = await ledger.history('jar-1');
    expect(receipt).toEqual({ stream: 'jar-1', revision: 1, position: events[1]!.position, events: events.map(({ id }) => id) });
    expect(revision).toBe(1);
  });

  it('stamps the envelope in one place', async () => {
    const reason: Unsealed = { unsealed: 'because', key: 'text-1' as RecordKeyId };
    await ledger.transact(jar, 'jar-1', put(['red'], { commandId: 'b6a1f1f4-6a0f-4c3e-9a57-3f6f0c4f9b1d', source: { system: 'nspis', id: 'S 1' }, reason }));
    const { events: [event] } = await ledger.history('jar-1');
    expect(event!.metadata).toEqual({
      v: 1, effectiveAt: { precision: 'day', from: '2019-06-10' }, recordedAt: '2019-06-14T12:00:00.000Z', actor: { kind: 'system', id: 'spec' },
      commandId: 'b6a1f1f4-6a0f-4c3e-9a57-3f6f0c4f9b1d', commandDigest: 'digest-1', $correlationId: 'correlation-1',
      $causationId: 'b6a1f1f4-6a0f-4c3e-9a57-3f6f0c4f9b1d', source: { system: 'nspis', id: 'S 1' }, regime: 'DPA_PART3', marking: 'OFFICIAL-SENSITIVE',
      track: 'STANDARD', assertion: 'FACT', program: 'spec 1.0', reason: { key: 'text-1', iv: '', ct: 'ct', tag: '', kc: '' },
    });
  });

  it('stores no unsealed value', async () => {
    await ledger.transact(jar, 'jar-1', put(['red'], {}, { unsealed: 'Planted Name', key: 'text-1' as RecordKeyId }));
    const { events: [stored] } = await store.readStream('jar-1');
    expect(Buffer.from(stored!.data).toString()).toBe('{"colour":"red","note":{"ct":"ct","iv":"","kc":"","key":"text-1","tag":""}}');
  });

  it('writes nothing when nothing is new', async () => {
    const { position } = await ledger.transact(jar, 'jar-1', put(['red']));
    expect(await ledger.transact(jar, 'jar-1', put(['red']))).toEqual({ stream: 'jar-1', revision: 0, position, events: [] });
    expect(await ledger.transact(jar, 'jar-2', put([]))).toEqual({ stream: 'jar-2', revision: -1, position: '', events: [] });
    expect((await store.head()).number).toBe(0);
  });

  it('writes nothing when a rule refuses', async () => {
    await expect(ledger.transact(jar, 'jar-1', put(['a', 'b', 'c', 'd']))).rejects.toMatchObject({ code: 'JAR_FULL' });
    expect((await store.head()).number).toBe(-1);
    expect(vault.sealed).toBe(0);
  });

  describe('a resend', () => {
    it('answers the first receipt, also when the stream has moved on, and writes nothing', async () => {
      const command = put(['red', 'blue']);
      const receipt = await ledger.transact(jar, 'jar-1', command);
      await ledger.transact(jar, 'jar-1', put(['green']));
      expect(await ledger.transact(jar, 'jar-1', command)).toEqual(receipt);
      expect(await ledger.transact(jar, 'jar-1', command, { expectedRevision: -1 })).toEqual(receipt);
      expect(await colours()).toEqual(['red', 'blue', 'green']);
    });

    it('that arrives together with the first has one effect and the same answer', async () => {
      const command = put(['red', 'blue']);
      const receipts = await Promise.all(Array.from({ length: 8 }, () => ledger.transact(jar, 'jar-1', command)));
      expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
      expect(await colours()).toEqual(['red', 'blue']);
    });

    it('with another body is refused', async () => {
      const command = put(['red']);
      await ledger.transact(jar, 'jar-1', command);
      const other = { ...put(['blue']), context: { ...command.context, commandDigest: 'digest-2' } };
      await expect(ledger.transact(jar, 'jar-1', other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      expect(await colours()).toEqual(['red']);
    });
  });

  describe('the date of what happened', () => {
    const dated = (effectiveAt: CommandContext['effectiveAt']) => ledger.transact(jar, 'jar-1', put(['red'], { effectiveAt }));

    it.each<CommandContext['effectiveAt']>([
      { precision: 'day', from: '2019-06-15' }, { precision: 'year', from: '2020' }, { precision: 'range', from: '2019-06-15', to: '2019-06-16' },
      { precision: 'range', from: '2019-06-01', to: '2019-06-15' }, { precision: 'range', from: '2019-06-01', to: '2999-12-31' },
    ])('is refused when it reaches into the future: %j', async (effectiveAt) =>
      expect(dated(effectiveAt)).rejects.toMatchObject({ code: 'MALFORMED' }));

    it.each<CommandContext['effectiveAt']>([
      { precision: 'day', from: '2019-06-14' }, { precision: 'month', from: '2019-06' }, { precision: 'year', from: '2019' },
      { precision: 'range', from: '2019-06-01', to: '2019-06-14' }, { precision: 'unknown' },
    ])('may be as late as today: %j', async (effectiveAt) => expect(await dated(effectiveAt)).toMatchObject({ revision: 0 }));
  });

  describe('two commands under one key at the same time', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-ledger-'));
    afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
    const stores: Record<string, () => Promise<EventStore>> = {
      memory: async () => memoryEventStore(),
      embedded: () => openEmbeddedEventStore({ file: path.join(folder, `${randomUUID()}.db`) }),
    };

    describe.each(Object.keys(stores))('over the %s store', (kind) => {
      let store: EventStore;
      let ledger: Ledger;
      beforeEach(async () => {
        store = await stores[kind]!();
        ledger = new Ledger(store, new EventCodec(), await openVault(memoryKeyStore()), () => NOW, 'spec 1.0');
      });
      afterEach(() => store.close());

      const rivals = (colours: string[], others: string[]) => {
        const first = put(colours);
        return [first, { ...put(others), context: { ...first.context, commandDigest: 'digest-2' } }] as const;
      };

      it.each([[['red'], ['blue']], [['red', 'blue'], ['blue']]])('that say %j and %j: one is recorded, the other is told that the key was used', async (ours, theirs) => {
        const [a, b] = rivals(ours, theirs);
        const [first, second] = await Promise.allSettled([ledger.transact(jar, 'jar-1', a), ledger.transact(jar, 'jar-1', b)]);
        expect(first).toMatchObject({ status: 'fulfilled', value: { revision: ours.length - 1 } });
        expect(second).toMatchObject({ status: 'rejected', reason: { code: 'IDEMPOTENCY_KEY_REUSED' } });
        expect((await ledger.history<JarEvent>('jar-1')).events.map(({ data }) => data.colour)).toEqual(ours);
      });

      it('leave nothing remembered that is not in the log', async () => {
        const [a, b] = rivals(['red'], ['blue']);
        await Promise.allSettled([ledger.transact(jar, 'jar-1', a), ledger.transact(jar, 'jar-1', b)]);
        expect(await ledger.transact(jar, 'jar-1', put(['red']))).toMatchObject({ revision: 0, events: [] });
        expect(await ledger.transact(jar, 'jar-1', put(['blue']))).toMatchObject({ revision: 1 });
        expect((await ledger.history<JarEvent>('jar-1')).events.map(({ data }) => data.colour)).toEqual(['red', 'blue']);
      });

      it('that say the same: both get the first receipt', async () => {
        const command = put(['red', 'blue']);
        const receipts = await Promise.all([ledger.transact(jar, 'jar-1', command), ledger.transact(jar, 'jar-1', command)]);
        expect(receipts[1]).toEqual(receipts[0]);
        expect(receipts[0]).toMatchObject({ revision: 1 });
      });
    });
  });

  describe('a conflict', () => {
    /** Lets somebody else write just before each of the first appends. */
    const disturbed = (times: number): Ledger => {
      let left = times;
      const rival: EventStore = Object.create(store, {
        append: {
          value: async (...args: Parameters<EventStore['append']>) => {
            if (left-- > 0) await store.append('jar-1', [{ id: randomUUID(), type: 'MarblePut', data: encoded(`rival-${left}`), metadata: encodedEnvelope() }], 'any');
            return store.append(...args);
          },
        },
      }) as EventStore;
      return new Ledger(rival, new EventCodec(), vault, () => NOW, 'spec 1.0');
    };
    const encoded = (colour: string) => Buffer.from(JSON.stringify({ colour }));
    const encodedEnvelope = () => Buffer.from(JSON.stringify({ v: 1, effectiveAt: { precision: 'unknown' }, recordedAt: '2019-01-01T00:00:00.000Z' }));

    it('is decided again on what the other wrote', async () => {
      await disturbed(1).transact(jar, 'jar-1', put(['red']));
      expect(await colours()).toEqual(['rival-0', 'red']);
    });

    it('lets the rules see what the other wrote', async () => {
      await expect(disturbed(3).transact(jar, 'jar-1', put(['red']))).rejects.toMatchObject({ code: 'JAR_FULL' });
    });

    it('is handed to a sender who said which revision they saw', async () => {
      await expect(disturbed(1).transact(jar, 'jar-1', put(['red']), { expectedRevision: -1 })).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION', actual: 0 });
      expect(await colours()).toEqual(['rival-0']);
      await expect(ledger.transact(jar, 'jar-1', put(['red']), { expectedRevision: 7 })).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION', expected: 7, actual: 0 });
    });

    it('is given up when the stream will not hold still', async () => {
      const restless: Decider<JarCommand, readonly string[], JarEvent> = { ...jar, decide: () => [{ type: 'MarblePut', data: { colour: 'red' } }] };
      await expect(disturbed(99).transact(restless, 'jar-1', put(['red']))).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION' });
    });

    it('between many writers loses nothing', async () => {
      const roomy: Decider<JarCommand, readonly string[], JarEvent> = {
        ...jar, decide: ({ data }) => data.colours.map((colour) => ({ type: 'MarblePut', data: { colour } })),
      };
      await Promise.all(['a', 'b', 'c', 'd'].map((colour) => ledger.transact(roomy, 'jar-1', put([colour]))));
      expect((await colours()).sort()).toEqual(['a', 'b', 'c', 'd']);
    });
  });

  describe('time', () => {
    const at = (effectiveAt: EffectiveAt) => ledger.transact(jar, 'jar-1', put(['red'], { effectiveAt }));

    it.each<EffectiveAt>([
      { precision: 'minute', from: '2019-06-14T13:01+01:00' }, { precision: 'day', from: '2019-06-15' }, { precision: 'month', from: '2019-07' },
      { precision: 'year', from: '2020' }, { precision: 'range', from: '2019-06-15', to: '2019-06-16' },
    ])('refuses an act that lies in the future: %j', async (effectiveAt) => {
      await expect(at(effectiveAt)).rejects.toMatchObject({ code: 'MALFORMED', field: 'effectiveAt' });
      expect((await store.head()).number).toBe(-1);
    });

    it('refuses it also where the record says the same already', async () => {
      await ledger.transact(jar, 'jar-1', put(['red']));
      const future = { effectiveAt: { precision: 'day', from: '2019-06-15' } } as const;
      await expect(ledger.transact(jar, 'jar-1', put(['red'], future))).rejects.toMatchObject({ field: 'effectiveAt' });
    });

    it('answers what is recorded already also where the clock is behind and the stream was seen before', async () => {
      const slow = new Ledger(store, new EventCodec(), vault, () => NOW - 40 * 86_400_000, 'spec 1.0');
      await slow.transact(jar, 'jar-1', put(['red'], { effectiveAt: { precision: 'unknown' } }));
      const command = put(['blue']);
      const receipt = await ledger.transact(jar, 'jar-1', command);
      expect(await slow.transact(jar, 'jar-1', command)).toEqual(receipt);
    });

    it.each<EffectiveAt>([
      { precision: 'minute', from: '2019-06-14T13:00+01:00' }, { precision: 'day', from: '2019-06-14' }, { precision: 'month', from: '2019-06' },
      { precision: 'year', from: '2019' }, { precision: 'unknown' },
    ])('takes an act that may have happened already: %j', async (effectiveAt) => {
      expect(await at(effectiveAt)).toMatchObject({ revision: 0 });
    });

    it('shows a decider a late fact in the place where it happened', async () => {
      const seen: string[][] = [];
      const watching: Decider<JarCommand, readonly string[], JarEvent> = {
        ...jar, decide: (command, there) => { seen.push([...there]); return jar.decide(command, there); },
      };
      await ledger.transact(watching, 'jar-1', put(['second'], { effectiveAt: { precision: 'day', from: '2019-06-10' } }));
      await ledger.transact(watching, 'jar-1', put(['first'], { effectiveAt: { precision: 'day', from: '2019-06-01' } }));
      await ledger.transact(watching, 'jar-1', put(['third'], { effectiveAt: { precision: 'day', from: '2019-06-12' } }));
      expect(seen.at(-1)).toEqual(['first', 'second']);
      expect(await colours()).toEqual(['second', 'first', 'third']);
    });
  });
});
