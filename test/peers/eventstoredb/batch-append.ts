import { status } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { UUID } from '@eventstore/db-client/generated/shared_pb';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { ExpectedRevision } from '#platform/event-store';
import { timeout, toAnswer, toFailure } from './batch-answers';
import { readBatchExpected, readProposed, sizeOf } from './expected';
import type { Proposed } from './records';
import { Refusal, tooLarge, toServiceError } from './refusals';
import type { Caller } from './rights';
import { befall, requireLeader } from './room';
import type { Room } from './room';
import { readStreamName, readUuid, toStreamIdentifier } from './wire';

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Batch {
  readonly id: string;
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: Proposed[];
  readonly timer: NodeJS.Timeout;
  size: number;
  refused?: unknown;
}

// Of these the whole call dies, not the batch alone.
const ENDING: ReadonlySet<status> = new Set([status.UNAVAILABLE, status.NOT_FOUND]);

/** One long call: batches come in pieces, several at a time, and each is answered exactly once. */
class Batches {
  private readonly open = new Map<string, Batch>();
  private readonly caller: Caller;
  private isEnding = false;
  private isOver = false;

  /** @throws Refusal */
  constructor(private readonly room: Room, private readonly call: Call) {
    this.caller = room.rights.identify(call.metadata);
    call.on('data', (request: BatchAppendReq) => this.take(request));
    call.on('end', () => this.endSoon());
    call.on('cancelled', () => this.forget());
    call.on('error', () => this.forget());
  }

  private take(request: BatchAppendReq): void {
    const id = readUuid(request.getCorrelationId());
    try {
      const batch = this.open.get(id) ?? this.begin(id, request.getOptions());
      if (!batch) return;
      this.add(batch, request);
      if (request.getIsFinal()) void this.finish(batch);
    } catch (error) {
      this.end(error);
    }
  }

  // Pieces of a batch that has been answered already, because its time was over, are dropped.
  private begin(id: string, options: BatchAppendReq.Options | undefined): Batch | undefined {
    if (!options) return undefined;
    requireLeader(this.room, this.call.metadata, true);
    const stream = readStreamName(options.getStreamIdentifier());
    const left = Math.min(this.room.writeTimeoutMs, (options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now());
    const timer = setTimeout(() => this.answer(id, timeout()), Math.max(0, left));
    const batch: Batch = { id, stream, expected: readBatchExpected(options), events: [], timer, size: 0 };
    this.open.set(id, batch);
    if (left <= 0) this.answer(id, timeout());
    return left <= 0 ? undefined : batch;
  }

  private add(batch: Batch, request: BatchAppendReq): void {
    try {
      for (const event of request.getProposedMessagesList().map(readProposed)) {
        batch.events.push(event);
        batch.size += sizeOf(event);
      }
      if (batch.size > this.room.maxAppendBytes) throw tooLarge(this.room.maxAppendBytes);
    } catch (error) {
      batch.refused ??= error;
    }
  }

  private async finish(batch: Batch): Promise<void> {
    try {
      const fault = this.room.faults.take('batchAppend');
      if (fault?.at === 'request' && (await befall(this.room, fault))) return this.leave(batch);
      const answer = await this.write(batch);
      if (fault?.at === 'reply' && (await befall(this.room, fault))) return this.leave(batch);
      this.answer(batch.id, answer);
    } catch (error) {
      if (error instanceof Refusal && ENDING.has(error.code)) this.end(error);
      else this.answer(batch.id, toFailure(error));
    }
  }

  private async write({ stream, expected, events, refused }: Batch): Promise<BatchAppendResp> {
    if (refused !== undefined) throw refused;
    await this.room.rights.require(this.caller, 'write', stream);
    return toAnswer(stream, expected, await this.room.log.append(stream, events, expected));
  }

  private answer(id: string, answer: BatchAppendResp): void {
    const batch = this.open.get(id);
    if (!batch || this.isOver) return;
    this.leave(batch);
    this.call.write(answer.setCorrelationId(new UUID().setString(id)).setStreamIdentifier(toStreamIdentifier(batch.stream)));
    if (this.isEnding) this.endSoon();
  }

  private leave({ id, timer }: Batch): void {
    clearTimeout(timer);
    this.open.delete(id);
  }

  private endSoon(): void {
    this.isEnding = true;
    if (this.open.size > 0 || this.isOver) return;
    this.isOver = true;
    this.call.end();
  }

  private end(error: unknown): void {
    if (this.isOver) return;
    this.forget();
    this.call.emit('error', toServiceError(error));
  }

  private forget(): void {
    this.isOver = true;
    for (const { timer } of this.open.values()) clearTimeout(timer);
    this.open.clear();
  }
}

export const batchAppend = (room: Room) => (call: Call): void => {
  try {
    new Batches(room, call);
  } catch (error) {
    call.emit('error', toServiceError(error));
  }
};
