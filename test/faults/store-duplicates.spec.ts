import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CommandContext, Decider, Message } from '#kernel';
import { EventCodec, Ledger, openEmbeddedEventStore, START } from '#platform/event-store';
import type { EmbeddedEventStore, Receipt } from '#platform/event-store';
import { memoryKeyStore, openVault } from '#platform/vault';
import type { Vault } from '#platform/vault';

type Noted = Message<'Noted', { readonly n: number }>;
type Note = Message<'Note', { readonly n: number }> & { readonly context: CommandContext };

const SOAK = process.env.DAYBOOK_FAULTS === 'soak';
const COMMANDS = SOAK ? 500_000 : 10_000;
const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 2 ** 31);

let state = seed >>> 0;
const below = (limit: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};

const notes: Decider<Note, number, Noted> = {
  initialState: 0,
  decide: ({ data }) => [{ type: 'Noted', data }],
  evolve: (count) => count + 1,
};

const command = (n: number): Note => ({
  type: 'Note', data: { n },
  context: {
    commandId: `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`, commandDigest: `d${n}`, correlationId: 'c', actor: { kind: 'system', id: 'test' },
    effectiveAt: { precision: 'day', from: '2019-06-14' }, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT',
  },
});

/** Each command one to five times, in any order, in bursts; the store is closed and opened again between bursts. */
const deliveries = (): number[][] => {
  const sent = Array.from({ length: COMMANDS }, (_, n) => Array.from({ length: 1 + below(5) }, () => n)).flat();
  for (let i = sent.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [sent[i], sent[j]] = [sent[j]!, sent[i]!];
  }
  const size = Math.ceil(sent.length / 5);
  return Array.from({ length: 5 }, (_, i) => sent.slice(i * size, (i + 1) * size));
};

describe(`${COMMANDS} commands, each delivered one to five times (DAYBOOK_SEED=${seed})`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-duplicates-'));
  const file = path.join(folder, 'log.db');
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('have one effect each and give the same answer every time, also across a restart', async () => {
    const vault: Vault = await openVault(memoryKeyStore());
    const answers = new Map<number, Receipt>();
    const different: number[] = [];
    const send = async (store: EmbeddedEventStore, burst: readonly number[]): Promise<void> => {
      const ledger = new Ledger(store, new EventCodec(), vault, () => Date.parse('2020-01-01T00:00:00Z'), 'test');
      let next = 0;
      const lane = async (): Promise<void> => {
        for (let n = burst[next++]; n !== undefined; n = burst[next++]) {
          const receipt = await ledger.transact(notes, `case-${n % 2_000}`, command(n));
          const first = answers.get(n);
          if (!first) answers.set(n, receipt);
          else if (first.revision !== receipt.revision || first.position !== receipt.position || first.events[0] !== receipt.events[0]) different.push(n);
        }
      };
      await Promise.all(Array.from({ length: 4 }, lane));
    };
    for (const burst of deliveries()) {
      const store = await openEmbeddedEventStore({ file });
      await send(store, burst);
      await store.close();
    }
    const store = await openEmbeddedEventStore({ file });
    const held = new Map<number, number>();
    for await (const page of store.readAll(START)) {
      for (const { data } of page) {
        const { n } = JSON.parse(Buffer.from(data).toString()) as { n: number };
        held.set(n, (held.get(n) ?? 0) + 1);
      }
    }
    await store.close();
    expect(different).toEqual([]);
    expect(held.size).toBe(COMMANDS);
    expect([...held].filter(([, times]) => times !== 1)).toEqual([]);
  }, 600_000);
});
