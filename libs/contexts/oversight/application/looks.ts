import { randomUUID } from 'node:crypto';
import { StoreUnavailableError } from '#kernel';
import type { CommandContext } from '#kernel';
import { actorOf } from '#platform/access';
import type { Reader } from '#platform/access';
import { minuteOf } from '#platform/requests';
import { eventId } from '#platform/event-store';
import type { Spool } from '#platform/spool';
import type { Vault } from '#platform/vault';
import type { ConsultationEvent } from '../domain/consultation.events';
import type { Denial, Look } from '../domain/looks';
import { isCovert, lookFact, lookStream } from './look-facts';
import { LookLog } from './look-log';
import type { LookLogOptions, ReadyLook } from './look-log';

/** A look could be written neither to the log nor to the spool: what was looked at must not be shown. */
export class LookNotRecordedError extends StoreUnavailableError {
  constructor(options?: ErrorOptions) {
    super('this look could not be recorded, so nothing is shown', 'unknown', options);
  }
}

export interface LooksOptions extends LookLogOptions {
  readonly vault: Pick<Vault, 'sealAll' | 'digest'>;
  /** Where looks wait while the log is away. */
  readonly spool: Spool;
  /** Is told when looks begin to go to the spool, and when the log has them all again. */
  readonly onSpooling?: (begins: boolean) => void;
  /** Is told of each look where it came to stand (LOG, SPOOL, or NOWHERE), and how many ms that took. */
  readonly onKept?: (place: 'LOG' | 'SPOOL' | 'NOWHERE', ms: number) => void;
}

/** Milliseconds between attempts to give the log what waits. */
const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const AT_ONCE = 200;

/**
 * Records who looked at what, what was disclosed and who was turned away: the log that section 62 of the Data Protection Act 2018 asks for.
 * What is recorded is durable, in the log or, while that is away, in a spool on this machine that is emptied into the log in order.
 */
export class Looks {
  private readonly log: LookLog;
  private spooling = false;
  private draining: Promise<void> | undefined;
  private wait = SHORTEST_WAIT;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: LooksOptions) {
    this.log = new LookLog(options);
  }

  /** Looks that wait for the log to come back. */
  get spoolLength(): number {
    return this.options.spool.length;
  }

  /**
   * Settles when the look is durable; only then may be shown what was looked at. Nobody may be undefined who looks, only who is turned away.
   * @throws LookNotRecordedError
   */
  record(reader: Reader, look: Look): Promise<void>;
  record(reader: Reader | undefined, look: Denial): Promise<void>;
  async record(reader: Reader | undefined, look: Look): Promise<void> {
    const begun = performance.now();
    try {
      const place = await this.keep(await this.ready(reader, look));
      this.options.onKept?.(place, performance.now() - begun);
    } catch (error) {
      this.options.onKept?.('NOWHERE', performance.now() - begun);
      throw new LookNotRecordedError({ cause: error });
    }
  }

  /** Gives the log what waits in the spool; answers whether it took all. Called at the start, and by itself while anything waits. */
  async drain(): Promise<boolean> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.options.spool.isEmpty) this.end();
    else this.begin();
    if (!this.spooling) return true;
    await (this.draining ??= this.empty().finally(() => { this.draining = undefined; }));
    return !this.spooling;
  }

  /** Waits for what is under way; what the log has not taken stays in the spool for the next start. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.draining;
    await this.options.spool.close();
  }

  private async keep(look: ReadyLook): Promise<'LOG' | 'SPOOL'> {
    if (this.spooling) return this.toSpool(look);
    try {
      await this.log.append(look);
      return 'LOG';
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.begin();
      return this.toSpool(look);
    }
  }

  private async toSpool(look: ReadyLook): Promise<'SPOOL'> {
    const { spool } = this.options;
    try {
      await spool.put(Buffer.from(JSON.stringify(look), 'utf8'));
      return 'SPOOL';
    } finally {
      // Where nothing could be kept there is nothing to wait for: the next look tries the log again.
      if (spool.isEmpty && !this.draining) this.end();
      else if (!this.timer && !this.draining) this.drainLater();
    }
  }

  private begin(): void {
    if (this.spooling) return;
    this.spooling = true;
    this.options.onSpooling?.(true);
  }

  private end(): void {
    if (!this.spooling) return;
    this.spooling = false;
    this.wait = SHORTEST_WAIT;
    this.options.onSpooling?.(false);
  }

  private drainLater(): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.drain();
    }, this.wait).unref();
  }

  /** From here on new looks queue behind the old ones, until there is none. */
  private async empty(): Promise<void> {
    try {
      while (!this.options.spool.isEmpty) await this.step();
      this.end();
    } catch {
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      this.drainLater();
    }
  }

  private async step(): Promise<void> {
    const { spool } = this.options;
    const records = spool.peek(AT_ONCE);
    if (records.length === 0) return spool.settled();
    await this.log.appendAgain(records.map((record) => JSON.parse(Buffer.from(record).toString('utf8')) as ReadyLook));
    // If it dies here, the log has them and the spool too; it knows them by their ids when they come again.
    await spool.take(records);
  }

  private async ready(reader: Reader | undefined, look: Look): Promise<ReadyLook> {
    const { vault, clock } = this.options;
    const now = clock();
    const stream = lookStream(reader?.id, now);
    const commandId = randomUUID();
    const id = eventId(commandId, stream, 0);
    const fact = lookFact(reader, look, { now, digest: (text) => vault.digest(text) });
    const [sealed] = await vault.sealAll([{ id, data: fact.data }]);
    return { id, stream, fact: { type: fact.type, data: sealed!.data } as ConsultationEvent, context: contextFor(reader, commandId, now) };
  }
}

/** Partner agencies are under the UK GDPR, competent authorities under Part 3 of the Act. */
const contextFor = (reader: Reader | undefined, commandId: string, now: number): CommandContext => ({
  commandId, correlationId: commandId,
  actor: reader ? actorOf(reader) : { kind: 'unverified', id: '' },
  effectiveAt: minuteOf(now),
  regime: reader?.role === 'PARTNER' ? 'UK_GDPR_PART2' : 'DPA_PART3',
  marking: 'OFFICIAL-SENSITIVE', track: isCovert(reader) ? 'SENSITIVE' : 'STANDARD', assertion: 'FACT',
});
