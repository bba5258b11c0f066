import type { Progress } from './reaction';

/** Long work that this process does for somebody, or in a child of its own. */
export interface WorkUnderWay {
  /** A code, never a name. */
  readonly work: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly progress?: Progress;
}

/** Long work as it goes on, for those who run the system. Kept in memory: what is not under way any more is told by its own record. */
export class UnderWay {
  private readonly works = new Set<{ -readonly [Field in keyof WorkUnderWay]: WorkUnderWay[Field] }>();

  constructor(private readonly now: () => number = Date.now) {}

  all(): readonly WorkUnderWay[] {
    return [...this.works].map((work) => ({ ...work }));
  }

  /** Shows this work for as long as it takes. */
  async during<T>(work: string, does: (report: (progress: Progress) => void) => Promise<T>): Promise<T> {
    const shown: { work: string; startedAt: number; progress?: Progress } = { work, startedAt: this.now() };
    this.works.add(shown);
    try {
      return await does((progress) => { shown.progress = progress; });
    } finally {
      this.works.delete(shown);
    }
  }
}
