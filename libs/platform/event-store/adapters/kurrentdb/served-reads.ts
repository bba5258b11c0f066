import { StoreUnavailableError } from '#kernel';
import type { Connection } from './connection';
import { eventIn, firstOfType, newestOfAll, oneOfStream } from './wire';
import { whyAway } from './why-away';
import type { ServedEvent } from './wire';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';

const TRIES = 3;

/** Single events, asked of the server itself; each question has its time and is asked again when the connection breaks. */
export class ServedReads {
  /** @param withinMs for one question, all its tries together */
  constructor(private readonly connection: Connection, private readonly withinMs: number) {}

  /** The newest event of a stream; undefined when there is no such stream. @throws StoreUnavailableError */
  newestOf(stream: string): Promise<ServedEvent | undefined> {
    return this.first(oneOfStream(stream));
  }

  /** @throws StoreUnavailableError */
  at(stream: string, revision: number): Promise<ServedEvent | undefined> {
    return this.first(oneOfStream(stream, revision));
  }

  /** The newest event that is not the store's own; undefined when there is none. @throws StoreUnavailableError */
  newest(): Promise<ServedEvent | undefined> {
    return this.first(newestOfAll());
  }

  /** The first event of a type that lies after a position of the server, or in its whole log; undefined when there is none. @throws StoreUnavailableError */
  ofTypeAfter(type: string, after: bigint | undefined): Promise<ServedEvent | undefined> {
    return this.first(firstOfType(type, after), ({ commit }) => after === undefined || commit > after);
  }

  private async first(options: ReadReq.Options, isMeant: (event: ServedEvent) => boolean = () => true): Promise<ServedEvent | undefined> {
    const until = performance.now() + this.withinMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(options, isMeant, (until - performance.now()) / (TRIES - attempt + 1));
      } catch (error) {
        if (attempt === TRIES || performance.now() >= until) throw new StoreUnavailableError(whyAway(error, 'the event store cannot be read just now'), 'no', { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
      }
    }
  }

  private async once(options: ReadReq.Options, isMeant: (event: ServedEvent) => boolean, withinMs: number): Promise<ServedEvent | undefined> {
    const call = await this.connection.read(options, Math.max(withinMs, 1));
    let found: ServedEvent | undefined;
    for await (const message of call) {
      const event = eventIn(message);
      if (event && isMeant(event)) found ??= event;
    }
    return found;
  }
}
