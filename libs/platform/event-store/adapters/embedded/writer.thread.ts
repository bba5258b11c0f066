import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { decodeAppends } from './append-wire';
import type { WireAppend } from './append-wire';
import { CommitFailedError, LogWriter } from './log-writer';
import type { FromWriter, ToWriter } from './writer-protocol';

const IDLE_MS = 1000;
const COMMIT_BYTES = 8 * 1024 * 1024;

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

  private serve(first: ToWriter): void {
    let message: ToWriter | undefined = first;
    while (message) {
      if (message.kind === 'append') message = this.gather(message.bytes);
      else {
        this.control(message);
        message = undefined;
      }
    }
  }

  /** Commits everything that waits as one; returns the message that is not an append, if one came. */
  private gather(bytes: Uint8Array<ArrayBuffer>): ToWriter | undefined {
    const appends = decodeAppends(bytes);
    let [messages, size] = [1, bytes.length];
    let next: ToWriter | undefined;
    while (size < COMMIT_BYTES) {
      next = receiveMessageOnPort(this.port)?.message as ToWriter | undefined;
      if (next?.kind !== 'append') break;
      appends.push(...decodeAppends(next.bytes));
      messages++;
      size += next.bytes.length;
      next = undefined;
    }
    this.commit(appends, messages);
    return next;
  }

  private commit(appends: readonly WireAppend[], messages: number): void {
    if (this.dead !== undefined) return this.refuse(messages, appends.length, this.dead, 'no', true);
    const before = this.writer.position;
    try {
      const results = this.writer.commit(appends);
      this.post({ kind: 'committed', messages, results, head: this.head() }, [results.buffer]);
    } catch (error) {
      const { message, written, fatal } = error instanceof CommitFailedError ? error : { message: String(error), written: 'unknown' as const, fatal: true };
      if (fatal) this.dead = message;
      return this.refuse(messages, appends.length, message, written, fatal);
    }
    if (this.writer.position !== before) for (const listener of this.listeners) listener.postMessage(this.head());
    this.guard(() => this.writer.checkpointWhenDue());
    this.idle.refresh();
  }

  private refuse(messages: number, appends: number, message: string, written: 'no' | 'unknown', fatal: boolean): void {
    this.post({ kind: 'refused', messages, appends, message, written, fatal });
  }

  private control(message: ToWriter): void {
    if (message.kind === 'tell') {
      this.listeners.add(message.port);
      message.port.on('close', () => this.listeners.delete(message.port));
      message.port.unref();
      message.port.postMessage(this.head());
    } else this.close();
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
