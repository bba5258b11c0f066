import { categoryOf, fold, instantOf, WrongExpectedVersionError } from '#kernel';
import type { CommandContext, Decider, Envelope, Fact, Message, RecordedEvent } from '#kernel';
import { investigation } from '#contexts/investigations';
import { nominal } from '#contexts/nominals';
import { accessList } from '#contexts/oversight';
import { eventId } from '#platform/event-store';
import type { EventCodec, EventStore, EventToAppend } from '#platform/event-store';
import type { Vault } from '#platform/vault';
import { withContext } from './case-writer';
import { sampleEntries } from './rotherham-2019';
import type { SampleEntry } from './rotherham-2019';

/** Where the sample goes: an empty log, or one in which an earlier load was interrupted. */
export interface SampleTarget {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly vault: Vault;
  /** Name and version of the program, as its events carry it. */
  readonly program: string;
}

/** A sample command that a rule refused, or a log that holds something else: the program is at fault, not its user. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
}

interface Decided {
  readonly stream: string;
  readonly recorded: number;
  readonly context: CommandContext;
  readonly facts: readonly Fact[];
  readonly ids: readonly string[];
  /** Of the stream before these facts; -1 when there was none. */
  readonly revision: number;
}

type Command = Message & { readonly context: CommandContext };
type AnyDecider = Decider<Command, unknown, Message>;

/** Commands that are sealed together and so share the key store's disk write. */
const BATCH = 3_000;

const deciders: Readonly<Record<string, unknown>> = { nominal, investigation, accessList };

const deciderOf = (stream: string): AnyDecider => deciders[categoryOf(stream)] as AnyDecider;

/** Every stream as the rules see it, without a store: what was decided is at once what was recorded. */
class Rehearsal {
  private readonly streams = new Map<string, RecordedEvent[]>();

  /** `more`: whether the stream will be needed again. */
  decide(entry: SampleEntry, more: boolean): Decided {
    const { stream, recorded } = entry;
    const command: Command = withContext(entry);
    const events = this.streams.get(stream) ?? [];
    const facts = ask(deciderOf(stream), command, stream, events);
    const ids = facts.map((_, ordinal) => eventId(entry.commandId, stream, ordinal));
    const revision = events.length - 1;
    if (more) this.streams.set(stream, [...events, ...facts.map((fact, i) => asRecorded(fact, ids[i]!, revision + 1 + i, stream, command.context, recorded))]);
    else this.streams.delete(stream);
    return { stream, recorded, context: command.context, facts, ids, revision };
  }
}

const ask = (decider: AnyDecider, command: Command, stream: string, events: readonly RecordedEvent[]): readonly Fact[] => {
  try {
    return decider.decide(command, fold(decider, events));
  } catch (cause) {
    throw new SampleError(`${command.type} of ${stream} was refused`, { cause });
  }
};

const asRecorded = (fact: Fact, id: string, revision: number, stream: string, context: CommandContext, recorded: number): RecordedEvent => {
  const { commandId, actor, track } = context;
  const metadata = { v: 1, commandId, actor, track, effectiveAt: fact.effectiveAt ?? context.effectiveAt, recordedAt: instantOf(recorded), corrects: fact.corrects } as Envelope;
  return { id, type: fact.type, data: fact.data, stream, revision, number: -1, position: '', metadata };
};

/**
 * Writes the sample through the rules of the product, each command with its clock of 2018 and 2019, in the order of recording.
 * What an interrupted load left in the log is continued: the same commands make the same events. `seconds` is the time it took.
 * @throws SampleError when the log holds anything else
 */
export const loadSample = async (target: SampleTarget): Promise<{ readonly events: number; readonly seconds: number }> => {
  const started = process.hrtime.bigint();
  const held = (await target.store.head()).number + 1;
  const rehearsal = new Rehearsal();
  const entries = sampleEntries();
  const left = new Map<string, number>();
  for (const { stream } of entries) left.set(stream, (left.get(stream) ?? 0) + 1);
  let events = 0;
  let landing: Promise<unknown> = Promise.resolve();
  while (entries.length > 0) {
    // Taken out of the list, so that what has landed can be forgotten.
    const batch = entries.splice(0, BATCH).map((entry) => {
      const more = left.get(entry.stream)! - 1;
      left.set(entry.stream, more);
      return rehearsal.decide(entry, more > 0);
    });
    const news = batch.filter(({ facts }) => facts.length > 0 && (events += facts.length) > held);
    const encoded = await encode(target, news);
    await landing; // one batch lands while the next is decided
    landing = land(target.store, news, encoded);
  }
  await landing;
  return { events, seconds: Number(process.hrtime.bigint() - started) / 1e9 };
};

const land = (store: EventStore, batch: readonly Decided[], encoded: readonly (readonly EventToAppend[])[]): Promise<unknown> => {
  const appends = batch.map(({ stream, revision }, i) => store.append(stream, encoded[i]!, revision < 0 ? 'no_stream' : revision));
  const landing = Promise.all(appends).catch((cause: unknown) => {
    throw cause instanceof WrongExpectedVersionError ? new SampleError('the log holds something else than the beginning of this sample', { cause }) : cause;
  });
  landing.catch(() => undefined); // awaited only after the next batch
  return landing;
};

const encode = async ({ vault, codec, program }: SampleTarget, batch: readonly Decided[]): Promise<readonly (readonly EventToAppend[])[]> => {
  const sealed = await vault.sealAll(batch.flatMap(({ context: { reason }, facts, ids }) => facts.map(({ data }, i) => ({ id: ids[i]!, data, reason }))));
  let next = 0;
  return batch.map(({ facts, ids, context, recorded }) =>
    facts.map((fact, i) => codec.encode({ id: ids[i]!, fact, ...sealed[next++]!, context, recordedAt: recorded, program })));
};
