import { WrongExpectedVersionError } from '#kernel';
import type { Clock, CommandContext } from '#kernel';
import type { EventCodec, EventStore, EventToAppend } from '#platform/event-store';
import type { ConsultationEvent } from '../domain/consultation.events';

/** A look on its way: sealed, with the id that it keeps however often it is sent, and only to be stamped when the log takes it. */
export interface ReadyLook {
  readonly id: string;
  readonly stream: string;
  readonly fact: ConsultationEvent;
  readonly context: CommandContext;
}

interface Waiting {
  readonly look: ReadyLook;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface LookLogOptions {
  readonly store: Pick<EventStore, 'append'>;
  readonly codec: EventCodec;
  readonly clock: Clock;
  readonly program: string;
}

const byStream = <T>(items: readonly T[], streamOf: (item: T) => string): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(streamOf(item));
    if (group) group.push(item);
    else groups.set(streamOf(item), [item]);
  }
  return [...groups.values()];
};

/** Writes looks to the log: those of one stream that come together in one append, those of several streams side by side, for one fsync. */
export class LookLog {
  private readonly waiting: Waiting[] = [];

  constructor(private readonly options: LookLogOptions) {}

  /** Settles when the look is in the log. @throws StoreUnavailableError */
  append(look: ReadyLook): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ look, resolve, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  /** Writes looks that may be there already, each once, and each stream in the order given. @throws StoreUnavailableError */
  async appendAgain(looks: readonly ReadyLook[]): Promise<void> {
    await Promise.all(byStream(looks, ({ stream }) => stream).map((group) => this.writeAgain(group)));
  }

  private flush(): void {
    for (const group of byStream(this.waiting.splice(0), ({ look }) => look.stream))
      this.write(group.map(({ look }) => look)).then(
        () => group.forEach(({ resolve }) => resolve()),
        (error: unknown) => group.forEach(({ reject }) => reject(error)),
      );
  }

  private async writeAgain(looks: readonly ReadyLook[]): Promise<void> {
    try {
      await this.write(looks);
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError) || looks.length === 1) throw error;
      // Some of them are there and some are not.
      for (const look of looks) await this.write([look]);
    }
  }

  private async write(looks: readonly ReadyLook[]): Promise<void> {
    await this.options.store.append(looks[0]!.stream, looks.map((look) => this.encoded(look)), 'any');
  }

  private encoded({ id, fact, context }: ReadyLook): EventToAppend {
    const { codec, clock, program } = this.options;
    return codec.encode({ id, fact, data: fact.data, context, recordedAt: clock(), program });
  }
}
