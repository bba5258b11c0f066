import { fold, instantOf } from '#kernel';
import type { CommandContext, Decider, EffectiveAt, Envelope, Fact, Message, RecordedEvent } from '#kernel';
import { when } from './case-notes';

type Order = Message & { readonly context: CommandContext };
export type Step = (at: string) => Order;

const context: CommandContext = {
  commandId: 'c', correlationId: 'c', actor: { kind: 'unverified', id: 'unverified' }, effectiveAt: { precision: 'unknown' }, regime: 'DPA_PART3',
  marking: 'OFFICIAL-SENSITIVE', track: 'STANDARD', assertion: 'FACT',
};

/** A command as specs write it: type, data, the date of the act, and what else its context says. */
export const order = (type: string, data: object, at: string, more: Partial<CommandContext> = {}): Order =>
  ({ type, data, context: { ...context, effectiveAt: when(at), ...more } });

/** One stream of a decider, as commands make it. Ids of events are `e0`, `e1` ... in the order of recording. */
export class Stream<C, S, E extends Message> {
  readonly events: RecordedEvent<E>[] = [];

  constructor(private readonly decider: Decider<C, S, E>) {}

  get state(): S {
    return fold(this.decider, this.events);
  }

  /** Decides and records; gives the new facts. @throws what the decider throws */
  take(command: Order): readonly Fact<E>[] {
    const facts = this.decider.decide(command as C, this.state);
    for (const fact of facts) this.record(fact, command.context);
    return facts;
  }

  private record(fact: Fact<E>, { effectiveAt, source, actor, track }: CommandContext): void {
    const revision = this.events.length;
    const metadata = {
      v: 1, effectiveAt: (fact.effectiveAt ?? effectiveAt) as EffectiveAt, recordedAt: instantOf(Date.parse('2020-01-01T00:00:00Z') + revision * 60_000), corrects: fact.corrects, source, actor, track,
    } as unknown as Envelope;
    this.events.push({ id: `e${revision}`, type: fact.type, data: fact.data, stream: 's', revision, number: revision, position: String(revision + 1), metadata });
  }
}

/** Given commands that were taken, when another comes: what it adds, or the code with which it is refused. */
export const given = <C, S, E extends Message>(decider: Decider<C, S, E>, ...taken: readonly Order[]) => {
  const stream = new Stream(decider);
  for (const command of taken) stream.take(command);
  return {
    when: (command: Order) => ({
      then: (...types: readonly E['type'][]): void => expect(stream.take(command).map(({ type }) => type)).toEqual(types),
      thenNothing: (): void => expect(stream.take(command)).toEqual([]),
      thenRefused: (code: string): void => expect(() => stream.take(command)).toThrow(expect.objectContaining({ code }) as Error),
    }),
    stream,
  };
};
