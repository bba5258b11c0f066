import type { MessagePort } from 'node:worker_threads';
import type { Appended, EventStore, EventToAppend, ExpectedRevision, Filter, Position, Subscriber, Subscription } from '../../event-store';
import { StoreUnavailableError } from '#kernel';
import { measureAppend } from '../../limits';
import { checkAppend } from '../expectation';
import type { AppendRequest } from './append-wire';
import { backupLog } from './backup';
import type { BackupReport } from './backup';
import { EmbeddedReader } from './embedded-reader';
import { WriterClient } from './writer-client';

/**
 * The log in one SQLite file. Appends go to a writer's thread, which owns the only connection that writes and shares one fsync between all
 * that wait; reads are made on the caller's thread. Appends are written in the order in which `append` was called.
 */
export class EmbeddedEventStore extends EmbeddedReader implements EventStore {
  private closing: Promise<void> | undefined;

  constructor(private readonly file: string, private readonly writer: WriterClient, tell: { onHead: () => void }) {
    super(file);
    tell.onHead = () => this.notify();
  }

  /** How many transactions have been made; each took one fsync. */
  get commits(): number {
    return this.writer.commits;
  }

  /** Why appends are refused just now, for those who watch the store; undefined when the last one was not. */
  get trouble(): string | undefined {
    return this.writer.trouble;
  }

  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    checkAppend(stream, events, expected);
    measureAppend(events);
    return this.writer.append({ stream, events, expected });
  }

  /** The next events of another log, for a store whose log this is a copy of; see `WriterClient.copy`. */
  protected async copyIn(appends: readonly AppendRequest[]): Promise<void> {
    for (const { stream, events, expected } of appends) {
      checkAppend(stream, events, expected);
      measureAppend(events);
    }
    return this.writer.copy(appends);
  }

  override subscribe(after: Position, subscriber: Subscriber, options?: { readonly filter?: Filter; readonly batchSize?: number }): Subscription {
    this.open();
    return this.follow(after, subscriber, options);
  }

  /**
   * A port for a reader in another thread: post it there (transfer it) and give it to `openEmbeddedReader`. It gets
   * `{ position: number, number: number }` at once and after every commit that wrote something.
   */
  headPort(): MessagePort {
    return this.writer.headPort();
  }

  /**
   * Copies the log, as it is at one moment, to a file that must not exist yet, while appends go on; the copy is checked before it gets its name.
   * @throws BackupRefusedError
   */
  async backup(to: string): Promise<BackupReport> {
    return backupLog(this.file, to);
  }

  override async close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  private async shut(): Promise<void> {
    await this.writer.drain();
    await super.close();
    // Last, so that it can fold the write-ahead log into the file.
    await this.writer.close();
  }
}

/**
 * Opens the log, and makes it when there is none. The caller sees to it that no other program has it open to write.
 * @throws StoreUnavailableError when it cannot be opened durably
 */
export const openEmbeddedEventStore = async ({ file }: { readonly file: string }): Promise<EmbeddedEventStore> => {
  const tell = { onHead: () => {} };
  const writer = await WriterClient.open(file, () => tell.onHead());
  try {
    return new EmbeddedEventStore(file, writer, tell);
  } catch (error) {
    await writer.close(); // a log that cannot be read must not leave its writer's thread behind
    if (error instanceof StoreUnavailableError) throw error;
    throw new StoreUnavailableError(`the log could not be read (${String((error as { code?: unknown }).code)})`, 'no', { cause: error });
  }
};
