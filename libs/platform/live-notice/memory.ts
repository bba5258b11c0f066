import type { LiveNotice, LiveNotices } from './live-notice';

/** Word within one process. */
export class MemoryLiveNotices implements LiveNotices {
  private readonly listeners = new Set<(notice: LiveNotice) => void>();
  private closed = false;

  get heard(): boolean {
    return this.listeners.size > 0;
  }

  publish(notice: LiveNotice): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(notice);
      } catch {
        // word may be lost; who recorded something has no part in it
      }
    }
  }

  async subscribe(listener: (notice: LiveNotice) => void): Promise<() => void> {
    const own = (notice: LiveNotice): void => listener(notice);
    if (!this.closed) this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.listeners.clear();
  }
}
