import { fold, intervalOf, MalformedError } from '#kernel';
import type { Clock, CommandContext, Decider, EffectiveAt, Fact, Message, RecordedEvent } from '#kernel';
import { WrongExpectedVersionError } from '#kernel';
import type { Vault } from '#platform/vault';
import type { EventCodec } from './event-codec';
import type { Appended, EventStore, EventToAppend, Position } from './event-store';
import { eventId } from './ids';
import { IdempotencyKeyReusedError } from './idempotency';
import { bytesOf, RecentStreams } from './recent-streams';
import type { SeenStream } from './recent-streams';

/** What a command did: where its stream stands. `events` is empty when there was nothing new. */
export interface Receipt {
  readonly stream: string;
  readonly revision: number;
  /** Of this command's last event; of the stream's last event when it wrote none. */
  readonly position: Position;
  readonly events: readonly string[];
}

export interface TransactOptions {
  /** The revision the sender saw: no retry when the stream has moved on. */
  readonly expectedRevision?: number;
}

/** What was appended to one stream; `position` is of the last event. */
export interface Appending {
  readonly stream: string;
  readonly types: readonly string[];
  /** Of each event, as the decider gave it; ids and codes alone are fit to be kept. */
  readonly data: readonly object[];
  readonly position: Position;
}

/** Stands around each command: measures it, and tells what it is part of. Gets its name and correlation id. */
export type CommandWatch = <T>(name: string, correlationId: string, run: () => Promise<T>) => Promise<T>;

type Order<C> = C & { readonly context: CommandContext };

const ATTEMPTS = 5;

/** Some 20,000 events of the usual size: enough for the cases that a force works on in a day. */
const REMEMBERED_BYTES = 40_000_000;

/** The one loop through which everything is written: read, fold, decide, seal, append at the revision read. */
export class Ledger {
  private readonly recent: RecentStreams;
  private readonly listeners: ((appending: Appending) => void)[] = [];
  private readonly underWay = new Set<{ readonly recordedAt: number }>();

  /** @param remembered bytes of memory for the streams written last */
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly program: string,
    remembered = REMEMBERED_BYTES,
    private readonly watch?: CommandWatch,
  ) {
    this.recent = new RecentStreams(codec, remembered);
  }

  /**
   * Runs a command against its stream and answers when its events are durable. A command already recorded answers its first receipt.
   * @throws DomainError when a rule refuses; @throws MalformedError when it is dated in the future
   * @throws WrongExpectedVersionError when `expectedRevision` is stale or the stream will not hold still
   * @throws IdempotencyKeyReusedError when the command id was used for another command
   */
  async transact<C, S, E extends Message>(
    decider: Decider<C, S, E>, stream: string, command: Order<C>, options: TransactOptions = {},
  ): Promise<Receipt> {
    const run = (): Promise<Receipt> => this.insist(decider, stream, command, options);
    return this.watch ? this.watch(nameOf(command), command.context.correlationId, run) : run();
  }

  private async insist<C, S, E extends Message>(decider: Decider<C, S, E>, stream: string, command: Order<C>, options: TransactOptions): Promise<Receipt> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(decider, stream, command, options);
      } catch (error) {
        const conflict = error instanceof WrongExpectedVersionError;
        if (!conflict || options.expectedRevision !== undefined || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** The events of one stream, decoded and upcast, oldest first. */
  async history<E extends Message>(stream: string): Promise<SeenStream<E>> {
    const slice = await this.store.readStream(stream);
    return { events: slice.events.map((event) => this.codec.decode<E>(event)), revision: slice.revision, bytes: bytesOf(slice.events) };
  }

  /** Is told of each append of this ledger when it is durable, before whoever asked for it is answered. */
  onAppended(listener: (appending: Appending) => void): void {
    this.listeners.push(listener);
  }

  /** The earliest `recordedAt` of what is being appended just now; Infinity when nothing is. */
  earliestUnderWay(): number {
    let earliest = Infinity;
    for (const { recordedAt } of this.underWay) earliest = Math.min(earliest, recordedAt);
    return earliest;
  }

  private async attempt<C, S, E extends Message>(
    decider: Decider<C, S, E>, stream: string, command: Order<C>, options: TransactOptions,
  ): Promise<Receipt> {
    const recent = this.recent.get<E>(stream);
    const quick = recent && hopefully(() => this.timely(decided(decider, stream, recent, command, options), command.context));
    if (recent && quick && quick.facts.length > 0) return this.write(stream, quick.facts, recent, command.context);
    if (quick?.receipt && quick.receipt.events.length > 0) return quick.receipt;
    const seen = await this.history<E>(stream);
    const { facts, receipt } = this.timely(decided(decider, stream, seen, command, options), command.context);
    // What says nothing new is dated as carefully as what does.
    if (receipt?.events.length === 0) refuseFuture(command.context.effectiveAt, this.clock());
    return receipt ?? this.write(stream, facts, seen, command.context);
  }

  private timely(decided: Decided, context: CommandContext): Decided {
    for (const { effectiveAt = context.effectiveAt } of decided.facts) refuseFuture(effectiveAt, this.clock());
    return decided;
  }

  private async write(stream: string, facts: readonly Fact[], seen: SeenStream, context: CommandContext): Promise<Receipt> {
    const ids = facts.map((_, ordinal) => eventId(context.commandId, stream, ordinal));
    const sealed = await this.vault.sealAll(facts.map(({ data }, i) => ({ id: ids[i]!, data, reason: context.reason })), seen.events.map(({ data }) => data));
    // If it dies here, keys exist that seal nothing; they are harmless, and a resend makes the same ones.
    const { revision, position, resent } = await this.stamped((recordedAt) => {
      const news = facts.map((fact, i) => this.codec.encode({ id: ids[i]!, fact, ...sealed[i]!, context, recordedAt, program: this.program }));
      return this.append(stream, news, seen, facts);
    });
    return resent ? this.recorded(stream, context) : { stream, revision, position, events: ids };
  }

  /** Nothing waits between the stamp and the store's queue, so that the log has its events in the order of their stamps. */
  private async stamped<T>(append: (recordedAt: number) => Promise<T>): Promise<T> {
    const one = { recordedAt: this.clock() };
    this.underWay.add(one);
    try {
      return await append(one.recordedAt);
    } finally {
      this.underWay.delete(one);
    }
  }

  /** What the log holds of a command: another with the same id was quicker, and it may have said something else. */
  private async recorded(stream: string, context: CommandContext): Promise<Receipt> {
    const { events, revision } = await this.history(stream);
    const receipt = receiptOf(stream, events, context);
    if (!receipt) throw new WrongExpectedVersionError(stream, 'any', revision);
    return receipt;
  }

  private async append(stream: string, news: readonly EventToAppend[], seen: SeenStream, facts: readonly Fact[]): Promise<Appended> {
    this.recent.forget(stream);
    const appended = await this.store.append(stream, news, seen.revision < 0 ? 'no_stream' : seen.revision);
    if (appended.resent) return appended;
    for (const listener of this.listeners) listener({ stream, types: news.map(({ type }) => type), data: facts.map(({ data }) => data), position: appended.position });
    // Rules ask for neither number nor position of an event; the position of the last is what a receipt gives.
    this.recent.keep(stream, seen, news.map((event, i) =>
      ({ ...event, stream, revision: seen.revision + 1 + i, number: -1, position: appended.position })));
    return appended;
  }
}

interface Decided {
  readonly facts: readonly Fact[];
  /** There is nothing to write, because it was written before or because nothing is new. */
  readonly receipt?: Receipt;
}

const decided = <C, S, E extends Message>(
  decider: Decider<C, S, E>, stream: string, { events, revision }: SeenStream<E>, command: Order<C>, { expectedRevision }: TransactOptions,
): Decided => {
  const earlier = receiptOf(stream, events, command.context);
  if (earlier) return { facts: [], receipt: earlier };
  if (expectedRevision !== undefined && expectedRevision !== revision) throw new WrongExpectedVersionError(stream, expectedRevision, revision);
  const facts = decider.decide(command, fold(decider, events));
  return facts.length > 0 ? { facts } : { facts, receipt: { stream, revision, position: events.at(-1)?.position ?? '', events: [] } };
};

/** Commands of ours say what they are. */
const nameOf = (command: object): string => {
  const { type } = command as { readonly type?: unknown };
  return typeof type === 'string' ? type : 'OTHER';
};

/** A refusal on what is only remembered is no refusal yet. */
const hopefully = <T>(decide: () => T): T | undefined => {
  try {
    return decide();
  } catch {
    return undefined;
  }
};

const refuseFuture = (at: EffectiveAt, now: number): void => {
  // A month or a year that has begun may stand for any day of it; the last day of a range was said.
  const last = at.precision === 'range' ? { precision: 'day' as const, from: at.to! } : at;
  if (intervalOf(last).earliest > now) throw new MalformedError('effectiveAt', 'must not be in the future');
};

const receiptOf = (stream: string, events: readonly RecordedEvent[], context: CommandContext): Receipt | undefined => {
  const mine = events.filter(({ metadata }) => metadata.commandId === context.commandId);
  const last = mine.at(-1);
  if (!last) return undefined;
  if (last.metadata.commandDigest !== context.commandDigest) throw new IdempotencyKeyReusedError();
  return { stream, revision: last.revision, position: last.position, events: mine.map(({ id }) => id) };
};
