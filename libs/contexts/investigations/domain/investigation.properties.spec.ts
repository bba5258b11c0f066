import fc from 'fast-check';
import { given } from '#test/decider-spec';
import { investigation } from './investigation.decider';
import type { InvestigationCommand } from './investigation.commands';
import { InvestigationRefused } from './investigation.errors';
import type { InvestigationEvent } from './investigation.events';
import * as notes from './investigation.fixtures';
import type { InvestigationState } from './investigation.state';

const days = fc.integer({ min: 1, max: 28 }).map((n) => `2019-${n % 2 ? '03' : '05'}-${String(n).padStart(2, '0')}`);
const act = fc.tuple(fc.constantFrom(
  (at: string) => notes.link(at), (at: string) => notes.described(at), (at: string) => notes.name(at), (at: string) => notes.circulate(at), (at: string) => notes.arrest(at),
  (at: string) => notes.bail(at), (at: string) => notes.release(at), (at: string) => notes.failToAnswer(at), (at: string) => notes.decease(at), (at: string) => notes.voidLink(at),
  (at: string) => notes.charge(at), (at: string) => notes.outcome('18', at), (at: string) => notes.outcome('1', at), (at: string) => notes.finalise('DS 1', at), (at: string) => notes.reopen(at),
  (at: string) => notes.allocate('DC 1', at), (at: string) => notes.propose('DC 1', at), (at: string) => notes.noFurtherAction(at), (at: string) => notes.withdraw(at),
  (at: string) => notes.reassess('RESTRICTED', at), (at: string) => notes.reassess('SENSITIVE', at), (at: string) => notes.linkOperation('Clover', at), (at: string) => notes.unlinkOperation('Clover', at),
), days).map(([make, at]) => make(at));

type Taking = ReturnType<typeof given<InvestigationCommand, InvestigationState, InvestigationEvent>>['stream'];

/** Whether it wrote anything; false too when a rule refused. Any other error is a fault of ours. */
const taken = (stream: Taking, command: ReturnType<typeof notes.open>): boolean => {
  try {
    return stream.take(command).length > 0;
  } catch (error) {
    if (error instanceof InvestigationRefused) return false;
    throw error;
  }
};

const taking = (commands: readonly ReturnType<typeof notes.open>[]) => {
  const { stream } = given(investigation, notes.open());
  for (const command of commands) taken(stream, command);
  return stream;
};

const plain = (state: object): object => ({ ...state, recorded: [] });
const checked = (property: fc.IProperty<unknown[]>): void => {
  const seed = Number(process.env.DAYBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}; replay with DAYBOOK_SEED=${seed}`);
  fc.assert(property as fc.IProperty<unknown>, { seed, numRuns: 500 });
};

describe('the rules of an investigation', () => {
  it('write nothing new when a command comes a second time at once', () =>
    checked(fc.property(fc.array(act, { maxLength: 25 }), (commands) => {
      const [once, twice] = [taking(commands), taking(commands.flatMap((command) => [command, command]))];
      expect(twice.events.map(({ type, data }) => ({ type, data }))).toEqual(once.events.map(({ type, data }) => ({ type, data })));
    }) as fc.IProperty<unknown[]>));

  it('come to the state before when a correction is taken away again', () =>
    checked(fc.property(fc.array(act, { maxLength: 25 }), fc.nat(), days, (commands, pick, at) => {
      const stream = taking(commands);
      const before = plain(stream.state);
      const target = stream.events[pick % stream.events.length]!;
      if (!taken(stream, notes.correct(target.id, target.type, target.data, at))) return;
      if (!taken(stream, notes.voidEntry(stream.events.at(-1)!.id))) return;
      expect(plain(stream.state)).toEqual(before);
    }) as fc.IProperty<unknown[]>));

  it('hold what a source says in whatever order and however often it says it', () => {
    const month = fc.constantFrom('2022-01', '2022-02', '2022-03');
    const seen = fc.record({ month, area: fc.constantFrom('Northton', 'Southton'), offence: fc.constantFrom('Drugs', 'Robbery') });
    const said = fc.array(fc.oneof(
      seen.map((each) => notes.fromSource(each)),
      fc.tuple(month, fc.constantFrom('a', 'b')).map(([from, code]) => notes.fromSource(undefined, [[from, code]])),
    ), { minLength: 1, maxLength: 8 });
    checked(fc.property(said, fc.infiniteStream(fc.nat()), (orders, chance) => {
      const straight = given(investigation, ...orders).stream;
      const shuffled = [...orders].map((each) => [chance.next().value as number, each] as const).sort(([a], [b]) => a - b).map(([, each]) => each);
      const crooked = given(investigation, ...shuffled, ...orders).stream;
      expect(plain(crooked.state)).toEqual(plain(straight.state));
      const { length } = straight.events;
      for (const each of orders) expect(straight.take(each)).toEqual([]);
      expect(straight.events).toHaveLength(length);
    }) as fc.IProperty<unknown[]>);
  });
});
