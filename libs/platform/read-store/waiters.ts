import { comparePositions } from '#platform/event-store';

interface Waiter {
  readonly position: string;
  readonly settle: (reached: boolean) => void;
}

/** Those who wait until the tables hold a position. They are told, never ask again. */
export class Waiters {
  private readonly waiting = new Set<Waiter>();
  private reached = '';

  /** True as soon as the position is reached; false after the time, or when everything closes. */
  wait(position: string, timeoutMs: number): Promise<boolean> {
    if (comparePositions(position, this.reached) <= 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        settle: (reached) => {
          clearTimeout(timer);
          this.waiting.delete(waiter);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => waiter.settle(false), timeoutMs);
      this.waiting.add(waiter);
    });
  }

  tell(reached: string): void {
    this.reached = reached;
    for (const waiter of [...this.waiting]) if (comparePositions(waiter.position, reached) <= 0) waiter.settle(true);
  }

  giveUp(): void {
    for (const waiter of [...this.waiting]) waiter.settle(false);
  }
}
