import type { RecordKeyId } from '#kernel';

/** Unwrapped keys kept in memory at most; the one unused for longest goes first. */
const MOST = 20_000;

/** Unwrapped keys in memory, wiped when they leave it. */
export class KeyCache {
  private readonly keys = new Map<RecordKeyId, Buffer>();

  get size(): number {
    return this.keys.size;
  }

  has(id: RecordKeyId): boolean {
    return this.keys.has(id);
  }

  get(id: RecordKeyId): Buffer | undefined {
    return this.keys.get(id);
  }

  /** From here on the key is the cache's, which wipes it. */
  remember(id: RecordKeyId, key: Buffer): void {
    const before = this.keys.get(id);
    if (before !== key) before?.fill(0);
    this.keys.delete(id);
    this.keys.set(id, key);
    if (this.keys.size <= MOST) return;
    const [oldest] = this.keys.keys();
    this.forget(oldest!);
  }

  forget(id: RecordKeyId): void {
    this.keys.get(id)?.fill(0);
    this.keys.delete(id);
  }

  forgetAll(): void {
    for (const id of [...this.keys.keys()]) this.forget(id);
  }
}
