import { Intake } from './intake';
import type { ServedEvent } from './wire';

const KB = 1024;

const served = (n: number, bytes = 10): ServedEvent =>
  ({ id: String(n), type: 'Noted', stream: 'case-1', revision: n, commit: BigInt(n), data: Buffer.alloc(bytes), metadata: Buffer.alloc(0) });

/** A copy that writes when it is let. */
const aCopy = () => {
  const groups: { readonly revisions: number[]; readonly done: () => void; readonly fail: (error: Error) => void }[] = [];
  const write = (events: readonly ServedEvent[]) =>
    new Promise<void>((done, fail) => groups.push({ revisions: events.map(({ revision }) => revision), done, fail }));
  return { groups, write };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('events on their way into the copy', () => {
  it('are written in their order, the next group handed over while one is written and no third', async () => {
    const { groups, write } = aCopy();
    const intake = new Intake(write, () => undefined);
    for (const n of upTo(3_000)) intake.add(served(n));
    expect(groups.map(({ revisions }) => revisions.length)).toEqual([1_000, 1_000]);
    groups[0]!.done();
    await turn();
    expect(groups.flatMap(({ revisions }) => revisions)).toEqual(upTo(3_000));
  });

  it('go one by one where they come one by one and the copy has caught up', async () => {
    const { groups, write } = aCopy();
    const intake = new Intake(write, () => undefined);
    intake.live();
    intake.add(served(0));
    await turn();
    expect(groups.map(({ revisions }) => revisions)).toEqual([[0]]);
  });

  it('are no more in memory than may be, and room is told when some are written', async () => {
    const { groups, write } = aCopy();
    const intake = new Intake(write, () => undefined);
    let added = 0;
    while (!intake.isFull) intake.add(served(added++, 100 * KB));
    expect(added).toBeLessThanOrEqual(82);
    let hasRoom = false;
    const room = intake.room().then(() => { hasRoom = true; });
    await turn();
    expect(hasRoom).toBe(false);
    groups[0]!.done();
    await room;
    expect(intake.isFull).toBe(false);
  });

  it('are waited for until all are written', async () => {
    const { groups, write } = aCopy();
    const intake = new Intake(write, () => undefined);
    for (const n of upTo(2_500)) intake.add(served(n));
    let isSettled = false;
    const settled = intake.settled().then(() => { isSettled = true; });
    for (let i = 0; i < 3; i++) {
      await turn();
      expect(isSettled).toBe(false);
      groups[i]!.done();
    }
    await settled;
    expect(groups.flatMap(({ revisions }) => revisions)).toEqual(upTo(2_500));
  });

  it('are held back after a group that could not be written, and the first failure is the one that is told', async () => {
    const { groups, write } = aCopy();
    const failures: string[] = [];
    const intake = new Intake(write, () => failures.push('told'));
    for (const n of upTo(2_500)) intake.add(served(n));
    groups[0]!.fail(new Error('the disk is full'));
    await turn();
    const settled = intake.settled();
    groups[1]!.fail(new Error('out of turn'));
    await expect(settled).rejects.toThrow('the disk is full');
    await expect(intake.room()).rejects.toThrow('the disk is full');
    expect([groups.length, failures]).toEqual([2, ['told']]);
  });
});
