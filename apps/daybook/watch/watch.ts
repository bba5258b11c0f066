import { categoryOf } from '#kernel';
import type { CommandWatch, EventStore } from '#platform/event-store';
import type { Doing, Reaction } from '#platform/jobs';
import type { ReadStore } from '#platform/read-store';
import { openTelemetry } from '#platform/telemetry';
import type { LogSource, Telemetry } from '#platform/telemetry';
import type { KeyStore } from '#platform/vault';
import { Followed } from './followed';

type Kept = 'LOG' | 'SPOOL' | 'NOWHERE';

/**
 * Stands around what a program does, where its telemetry asks for it: gives each part back watched, or the part itself where nothing is measured
 * and nothing traced.
 */
export class Watch {
  private readonly followed = new Followed();
  /** For the ledger. */
  readonly command: CommandWatch | undefined;
  /** For the log of looks. */
  readonly look: ((place: Kept, ms: number) => void) | undefined;

  constructor(readonly telemetry: Telemetry = openTelemetry({}, 'daybook')) {
    const { metrics, tracing } = telemetry;
    this.command = metrics || tracing ? (name, correlationId, run) => this.commanded(name, correlationId, run) : undefined;
    if (!metrics) return;
    const times = { LOG: metrics.families.lookSeconds.labels('LOG'), SPOOL: metrics.families.lookSeconds.labels('SPOOL'), NOWHERE: metrics.families.lookSeconds.labels('NOWHERE') };
    this.look = (place, ms) => times[place].observe(ms / 1000);
  }

  /** Who writes the lines of the log. */
  get source(): LogSource {
    const { program, process, tracing } = this.telemetry;
    return { program, process, ...(tracing && { traceId: () => tracing.traceId }) };
  }

  /** The store for those who append to it. */
  store(store: EventStore): EventStore {
    const { metrics, tracing } = this.telemetry;
    if (!metrics && !tracing) return store;
    const append: EventStore['append'] = (stream, events, expected) => this.appended(categoryOf(stream), events.length, () => store.append(stream, events, expected));
    return {
      append, readStream: (stream, options) => store.readStream(stream, options), readAll: (after, options) => store.readAll(after, options),
      subscribe: (after, subscriber, options) => store.subscribe(after, subscriber, options), head: () => store.head(), close: () => store.close(),
    };
  }

  /** The keys for the vault. */
  keys(keys: KeyStore): KeyStore {
    const { metrics } = this.telemetry;
    if (!metrics) return keys;
    const timed = <T>(call: string, work: () => Promise<T>): Promise<T> => metrics.timed('keySeconds', call, work);
    return {
      ensure: (ids) => timed('ensure', () => keys.ensure(ids)), get: (ids) => timed('get', () => keys.get(ids)),
      missing: (ids) => timed('missing', () => keys.missing(ids)), destroyed: (ids) => timed('destroyed', () => keys.destroyed(ids)),
      destroy: (...ids) => timed('destroy', () => keys.destroy(...ids)), close: () => keys.close(),
    };
  }

  reactions(reactions: readonly Reaction[]): readonly Reaction[] {
    const { metrics, tracing } = this.telemetry;
    if (!metrics && !tracing) return reactions;
    return reactions.map((reaction) => ({ name: reaction.name, due: (question) => reaction.due(question), perform: (doing) => this.performed(doing, () => reaction.perform(doing)) }));
  }

  /** Is told of what the read models of a log take in. */
  batches(reads: Pick<ReadStore, 'onBatch'>, log: 'ledger' | 'looks'): void {
    const { metrics, tracing } = this.telemetry;
    if (!metrics && !tracing) return;
    const [seconds, events] = [metrics?.families.batchSeconds.labels(log), metrics?.families.batchEvents.labels(log)];
    reads.onBatch(({ position }, work) => {
      if (!work) return;
      seconds?.observe(work.ms / 1000);
      events?.observe(work.events);
      if (tracing && log === 'ledger')
        this.followed.lastBatch = tracing.past('projection batch', { 'daybook.log': log, 'daybook.events': work.events }, work.ms, this.followed.reached(position)) ?? this.followed.lastBatch;
    });
  }

  private commanded<T>(name: string, correlationId: string, run: () => Promise<T>): Promise<T> {
    const { metrics, tracing } = this.telemetry;
    const attributes = { 'daybook.command': name, 'daybook.correlation_id': correlationId };
    const traced = tracing ? () => tracing.span(`command ${name}`, { attributes }, run) : run;
    return metrics ? metrics.timed('commandSeconds', name, traced) : traced();
  }

  private appended<T extends { readonly position: string }>(category: string, events: number, run: () => Promise<T>): Promise<T> {
    const { metrics, tracing } = this.telemetry;
    metrics?.families.appendEvents.observe(events);
    const traced = tracing ? () => tracing.span(`append ${category}`, { attributes: { 'daybook.category': category, 'daybook.events': events } }, async () => {
      const done = await run();
      if (tracing.place) this.followed.note(done.position, tracing.place);
      return done;
    }) : run;
    return metrics ? metrics.timed('appendSeconds', category, traced) : traced();
  }

  private performed(doing: Doing, run: () => Promise<void>): Promise<void> {
    const { metrics, tracing } = this.telemetry;
    const { lastBatch } = this.followed;
    const attributes = { 'daybook.reaction': doing.reaction, 'daybook.attempt': doing.attempt };
    const traced = tracing ? () => tracing.root(`job ${doing.reaction}`, { attributes, links: lastBatch ? [lastBatch] : [] }, run) : run;
    return metrics ? metrics.timed('jobSeconds', doing.reaction, traced) : traced();
  }
}
