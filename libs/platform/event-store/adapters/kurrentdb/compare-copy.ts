import { withConnection } from './connection';
import { ServedReads } from './served-reads';

/** Where an event stands. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: number;
  /** Of the event. */
  readonly id: string;
}

/** What is asked about a copy of a log. */
export interface CopyQuestion {
  /** Events of the copy; the server must have them where they stand in it. */
  readonly has: readonly EventPlace[];
  /** One of them, or the start of the log where it is undefined: is there an event of the type after it? */
  readonly after: EventPlace | undefined;
  readonly type: string;
}

/** The server looks through what was recorded since the copy was made, ms. */
const READ_MS = 600_000;

const at = async (reads: ServedReads, { stream, revision, id }: EventPlace): Promise<bigint | undefined> => {
  const served = await reads.at(stream, revision);
  return served?.id === id && served.revision === revision ? served.commit : undefined;
};

/**
 * What a server says of a copy of its log: whether it is of that log at all, and whether an event of a type lies after a place in it.
 * @throws StoreUnavailableError
 */
export const compareCopy = (url: string, { has, after, type }: CopyQuestion): Promise<'OTHER_LOG' | 'FOLLOWED_BY_IT' | 'CURRENT'> => withConnection(url, async (connection) => {
  const reads = new ServedReads(connection, READ_MS);
  for (const place of has) if ((await at(reads, place)) === undefined) return 'OTHER_LOG';
  const from = after && (await at(reads, after));
  return (await reads.ofTypeAfter(type, from)) ? 'FOLLOWED_BY_IT' : 'CURRENT';
});
