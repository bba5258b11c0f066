import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedEventStore } from '#platform/event-store';
import type { EmbeddedEventStore, EventToAppend } from '#platform/event-store';

const HISTORIES = process.env.DAYBOOK_FAULTS === 'soak' ? 5_000 : 200;
const [WRITERS, STREAMS, OPERATIONS] = [16, 5, 400];
const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 2 ** 31);

interface Operation {
  readonly stream: string;
  readonly expected: number;
  readonly id: string;
  readonly began: number;
  readonly ended: number;
  readonly won: boolean;
  /** What the store said: the new revision of a winner, the one that a loser met. */
  readonly revision: number;
}

let state = seed >>> 0;
const below = (limit: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};

const eventOf = (id: string): EventToAppend => ({ id, type: 'Noted', data: Buffer.from('{}'), metadata: Buffer.from('{}') });

const race = async (store: EmbeddedEventStore, history: number): Promise<Operation[]> => {
  const [made, known]: [Operation[], Map<string, number>] = [[], new Map()];
  let [clock, left] = [0, OPERATIONS];
  const writer = async (): Promise<void> => {
    while (left-- > 0) {
      const stream = `h${history}-${below(STREAMS)}`;
      const id = `00000000-0000-4000-8000-${String(history * OPERATIONS + left).padStart(12, '0')}`;
      // Now and then a revision that nobody can hold any more, or not yet.
      const expected = Math.max(-1, (known.get(stream) ?? -1) + (below(20) === 0 ? below(3) - 1 : 0));
      const began = clock++;
      try {
        const { revision } = await store.append(stream, [eventOf(id)], expected < 0 ? 'no_stream' : expected);
        made.push({ stream, expected, id, began, ended: clock++, won: true, revision });
        known.set(stream, Math.max(revision, known.get(stream) ?? -1));
      } catch (error) {
        const { code, actual } = error as { code?: string; actual?: number };
        if (code !== 'WRONG_EXPECTED_VERSION' || actual === undefined) throw error;
        made.push({ stream, expected, id, began, ended: clock++, won: false, revision: actual });
        known.set(stream, Math.max(actual, known.get(stream) ?? -1));
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return made;
};

/**
 * A stream under exact revisions is linearisable when its winners, by revision, can have happened in that order in real time, and each loser met
 * a revision that the stream can have had while it was under way.
 */
const violations = (operations: readonly Operation[], stored: readonly string[]): string[] => {
  const winners = operations.filter(({ won }) => won).sort((a, b) => a.revision - b.revision);
  const found: string[] = [];
  if (winners.length !== stored.length) found.push(`${winners.length} winners, ${stored.length} events`);
  winners.forEach(({ revision, expected, id, began }, i) => {
    if (revision !== i || expected !== i - 1) found.push(`winner ${i} at ${revision} after ${expected}`);
    if (stored[i] !== id) found.push(`event ${i} is not its winner's`);
    if (winners.slice(i + 1).some((later) => later.ended < began)) found.push(`winner ${i} began after a later one had ended`);
  });
  for (const { won, expected, revision, began, ended } of operations) {
    if (won) continue;
    if (revision === expected) found.push(`refused at the revision asked for, ${expected}`);
    if (revision >= 0 && winners[revision]!.began > ended) found.push(`met revision ${revision} before it can have been written`);
    if (winners[revision + 1] && winners[revision + 1]!.ended < began) found.push(`met revision ${revision} after it had been passed`);
  }
  return found;
};

describe(`${HISTORIES} histories of ${OPERATIONS} appends by ${WRITERS} racing writers (DAYBOOK_SEED=${seed})`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-racing-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('are linearisable, and no revision has two winners', async () => {
    const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
    let [won, lost] = [0, 0];
    for (let history = 0; history < HISTORIES; history++) {
      const operations = await race(store, history);
      won += operations.filter((each) => each.won).length;
      lost += operations.filter((each) => !each.won).length;
      for (let i = 0; i < STREAMS; i++) {
        const stream = `h${history}-${i}`;
        const { events } = await store.readStream(stream);
        expect(violations(operations.filter((each) => each.stream === stream), events.map(({ id }) => id))).toEqual([]);
      }
    }
    await store.close();
    expect(won + lost).toBe(HISTORIES * OPERATIONS);
    expect(Math.min(won, lost)).toBeGreaterThan(HISTORIES * 20); // there were races
  }, 600_000);

  it('would be found out if two writers had won one revision', () => {
    const winner = { stream: 's', expected: -1, began: 0, ended: 1, won: true, revision: 0 };
    expect(violations([{ ...winner, id: 'a' }, { ...winner, id: 'b' }], ['a'])).not.toEqual([]);
    expect(violations([{ ...winner, id: 'a' }], ['a'])).toEqual([]);
  });
});
