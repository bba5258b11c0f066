import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { decodeAppends } from './append-wire';
import type { WireAppend } from './append-wire';
import { CommitFailedError, LogWriter } from './log-writer';
import type { FromWriter, ToWriter } from './writer-protocol';

const IDLE_MS = 1000;

/** Serves appends until it is told to close, or until the disk can no longer be trusted. */
class WriterThread {
  private readonly listeners = new Set<MessagePort>();
  private readonly idle: NodeJS.Timeout;
  private dead: string | undefined;

  constructor(private readonly port: MessagePort, private readonly writer: LogWriter) {
    this.idle = setTimeout(() => this.guard(() => this.writer.checkpoint()), IDLE_MS).unref();
    port.on('message', (message: ToWriter) => this.serve(message));
    this.post({ kind: 'open', head: this.head() });
  }

  private serve(message: ToWriter): void {
    if (message.kind === 'append') this.commit(decodeAppends(message.bytes));
    else if (message.kind === 'copy') this.commit(decodeAppends(message.bytes), message.after);
    else if (message.kind === 'tell') this.tell(message.port);
    else this.close();
  }

  /** One message, one transaction, one fsync: what waits together was sent together. */
  private commit(appends: readonly WireAppend[], after?: number): void {
    if (this.dead !== undefined) return this.refuse(this.dead, 'no', true);
    const before = this.writer.position;
    try {
      const results = after === undefined ? this.writer.commit(appends) : this.writer.copy(appends, after);
      this.post({ kind: 'committed', results, head: this.head(), syncMs: this.writer.syncMs }, [results.buffer]);
    } catch (error) {
      const { message, written, fatal } = error instanceof CommitFailedError ? error : { message: String(error), written: 'unknown' as const, fatal: true };
      if (fatal) this.dead = message;
      return this.refuse(message, written, fatal);
    }
    if (this.writer.position !== before) for (const listener of this.listeners) listener.postMessage(this.head());
    this.guard(() => this.writer.checkpointWhenDue());
    this.idle.refresh();
  }

  private refuse(message: string, written: 'no' | 'unknown', fatal: boolean): void {
    this.post({ kind: 'refused', message, written, fatal });
  }

  private tell(listener: MessagePort): void {
    this.listeners.add(listener);
    listener.on('close', () => this.listeners.delete(listener));
    listener.unref();
    listener.postMessage(this.head());
  }

  private close(): void {
    clearTimeout(this.idle);
    this.guard(() => this.writer.checkpoint());
    this.guard(() => this.writer.close());
    for (const listener of this.listeners) listener.close();
    this.port.close();
  }

  /** Work that no append waits for: when it fails for good, the next append is told. */
  private guard(work: () => void): void {
    if (this.dead !== undefined) return;
    try {
      work();
    } catch (error) {
      this.dead = error instanceof Error ? error.message : String(error);
      this.post({ kind: 'failed', message: this.dead });
    }
  }

  private head() {
    return { position: this.writer.position, number: this.writer.number };
  }

  private post(message: FromWriter, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer);
  }
}

const start = (port: MessagePort, file: string): void => {
  try {
    new WriterThread(port, new LogWriter(file));
  } catch (error) {
    port.postMessage({ kind: 'unopened', message: error instanceof Error ? error.message : String(error) } satisfies FromWriter);
    port.close();
  }
};

start(parentPort!, (workerData as { file: string }).file);
