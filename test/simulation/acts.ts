import { dateOfDay, londonDay } from '#kernel';
import type { CommandContext } from '#kernel';
import type { InvestigationCommand } from '#contexts/investigations';
import type { Seeded } from '#test/seeded';
import * as notes from '../../libs/contexts/investigations/domain/investigation.fixtures';

type Order = ReturnType<typeof notes.open>;
type Act = (at: string, chance: Seeded, events: readonly string[]) => Order;

const link = (chance: Seeded): string => chance.pick(['x', 'y']);
const allocated = (at: string, chance: Seeded): Order => {
  const { context, type, data } = notes.allocate('DC 1', at);
  return { type, context, data: { ...data, ...(chance.next() < 0.7 && { supervisor: chance.pick(['DS 1', 'DS 2']) }) } };
};

const acts: readonly Act[] = [
  allocated, allocated, (at) => notes.reallocate('DC 2', at), (at, chance) => notes.plan(7 + chance.below(40), at), (at) => notes.review(at), (at) => notes.review(at),
  (at, chance) => notes.link(at, link(chance)), (at, chance) => notes.link(at, link(chance)), (at, chance) => notes.described(at, link(chance)), (at, chance) => notes.name(at, link(chance)),
  (at) => notes.circulate(at), (at, chance) => notes.arrest(at, link(chance)), (at) => notes.bail(at), (at, chance) => notes.release(at, link(chance)), (at, chance) => notes.failToAnswer(at, link(chance)),
  (at) => notes.charge(at), (at) => notes.outcome('18', at), (at) => notes.outcome('1', at), (at) => notes.propose('DC 1', at), (at) => notes.finalise('DS 1', at), (at) => notes.reopen(at),
  (at) => notes.noFurtherAction(at), (at) => notes.crime('c2', at), (at) => notes.reassess('RESTRICTED', at), (at) => notes.linkOperation('Clover', at), (at) => notes.unlinkOperation('Clover', at),
  (_, chance, events) => notes.voidEntry(chance.pick(events)), (at, chance, events) => notes.answer(chance.pick(events), at),
];

interface Asked {
  readonly chance: Seeded;
  readonly investigation: string;
  readonly commandId: string;
  /** Ids of the events of this case, as far as anybody has seen them. */
  readonly events: readonly string[];
  readonly now: number;
}

/** Something that somebody may want to record of a case just now, whether the rules allow it or not. */
export const someAct = ({ chance, investigation, commandId, events, now }: Asked): InvestigationCommand => {
  const at = dateOfDay(londonDay(now) - chance.below(110));
  const known = events.length > 0 ? events : ['none'];
  const isNew = events.length === 0 || chance.next() < 0.03;
  const { type, data, context } = isNew ? notes.open(dateOfDay(londonDay(now) - 110 - chance.below(20)), { investigationId: investigation }) : chance.pick(acts)(at, chance, known);
  const said: CommandContext = { ...context, commandId, correlationId: commandId, commandDigest: JSON.stringify([type, data, context.effectiveAt]) };
  return { type, data, context: said } as InvestigationCommand;
};
