import { officerKey } from '#kernel';
import type { Reader } from '#platform/access';
import type { AccessLists } from '#contexts/oversight';

type Granted = ReturnType<AccessLists['granted']>;

interface Kept {
  readonly number: number;
  readonly at: number;
  readonly granted: Granted;
}

const same = (one: ReadonlySet<string> | undefined, other: ReadonlySet<string>): boolean => one?.size === other.size && [...other].every((each) => one.has(each));

/** The lists as they were, if they say the same: what was worked out from them stands. */
const sameOr = (before: Granted | undefined, granted: Granted): Granted => {
  const { investigations, brokenInto, operations, until } = granted;
  return before && before.until === until && same(before.investigations, investigations) && same(before.brokenInto, brokenInto)
    && before.operations.size === operations.size && [...operations].every(([key, reached]) => same(before.operations.get(key), reached)) ? before : granted;
};

/** Readers whose lists are kept. */
const READERS = 2_000;

/** What readers stand on the access lists of, which each request asks several times: kept until something is recorded or a grant begins or ends. */
export class GrantedLists {
  private readonly kept = new Map<string, Kept>();

  /** @param number the number of the newest event that the read models hold */
  constructor(private readonly lists: Pick<AccessLists, 'granted'>, private readonly number: () => number) {}

  /** @param at ms since 1970 */
  granted(reader: Pick<Reader, 'id' | 'agency'>, at: number): Granted {
    const key = JSON.stringify([officerKey(reader.id), officerKey(reader.agency)]);
    const number = this.number();
    const before = this.kept.get(key);
    if (before && before.number === number && before.at <= at && at < before.granted.until) return before.granted;
    const granted = sameOr(before?.granted, this.lists.granted(reader, at));
    this.keep(key, { number, at, granted });
    return granted;
  }

  private keep(key: string, kept: Kept): void {
    this.kept.delete(key);
    this.kept.set(key, kept);
    for (const [oldest] of this.kept) {
      if (this.kept.size <= READERS) return;
      this.kept.delete(oldest);
    }
  }
}
