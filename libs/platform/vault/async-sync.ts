import fs from 'node:fs';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Puts what was written to a file on the disk without holding the thread. One call of the disk serves everybody who waited for it. */
export class AsyncSync {
  private handle: number | undefined;
  private waiting: Waiting[] = [];
  private served: readonly Waiting[] = [];
  private failure: Error | undefined;

  constructor(private readonly file: string) {}

  /**
   * Settles when everything written before the call is on the disk. After one failure it always fails: what the disk then holds is not known,
   * and a second call could say that all is well.
   */
  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      // A call of the disk that is under way may have begun before our write: wait for the next.
      if (this.served.length === 0) this.serve();
    });
  }

  async close(): Promise<void> {
    await this.sync().catch(() => undefined);
    if (this.handle !== undefined) fs.closeSync(this.handle);
    this.handle = undefined;
  }

  private serve(): void {
    [this.served, this.waiting] = [this.waiting, []];
    if (this.failure) return this.settle(this.failure);
    try {
      this.handle ??= fs.openSync(this.file, 'r+');
      fs.fdatasync(this.handle, (error) => this.settle(error));
    } catch (error) {
      this.settle(error as Error);
    }
  }

  private settle(error: Error | null): void {
    const { served } = this;
    this.served = [];
    if (error) this.failure = error;
    for (const { resolve, reject } of served) {
      if (error) reject(error);
      else resolve();
    }
    if (this.waiting.length > 0) this.serve();
  }
}
