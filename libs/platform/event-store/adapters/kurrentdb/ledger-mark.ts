import { randomUUID } from 'node:crypto';
import { StoreUnavailableError } from '#kernel';
import { AppendCalls } from './append-calls';
import { withConnection } from './connection';
import type { Connection } from './connection';
import { ServedReads } from './served-reads';

/** Metadata of a stream that holds nothing: the store keeps it apart from what is recorded, so that it takes no event number. */
const STREAM = '$$daybook-ledger';
const TYPE = '$metadata';
const READ_MS = 5_000;
const APPEND_MS = 4_000;
const TRIES = 5;

const MAY_NOT_SAY = 'the event store does not let this account say what the ledger is, which needs $mw: daybook init, and the first start after daybook migrate, come before the rights are set, or are done with the account of an administrator';

type Mark = Readonly<Record<string, unknown>>;

const NOTHING = Buffer.from('{}');

const write = async (connection: Connection, mark: Mark): Promise<void> => {
  const calls = new AppendCalls(connection);
  const event = { id: randomUUID(), type: TYPE, data: Buffer.from(JSON.stringify(mark)), metadata: NOTHING };
  try {
    for (let attempt = 1; ; attempt++) {
      const outcome = await calls.ask(STREAM, [event], -1, APPEND_MS);
      if (outcome.kind === 'written' || outcome.kind === 'conflict') return;
      if (outcome.kind === 'refused') throw new StoreUnavailableError(MAY_NOT_SAY, 'no');
      if (outcome.kind !== 'unknown' || attempt === TRIES) throw new StoreUnavailableError('reason' in outcome ? outcome.reason : 'the event store does not take the mark of the ledger', 'unknown');
    }
  } finally {
    calls.close();
  }
};

const read = async (connection: Connection): Promise<Mark | undefined> => {
  const found = await new ServedReads(connection, READ_MS).newestOf(STREAM);
  return found && (JSON.parse(Buffer.from(found.data).toString('utf8')) as Mark);
};

/** What the ledger in a KurrentDB says that it is, for every process that follows it; undefined when nobody has said so yet. @throws StoreUnavailableError */
export const readLedgerMark = (url: string): Promise<Mark | undefined> => withConnection(url, read);

/** Says what the ledger is, once and for good. Of several who say so at once, the first counts: gives what stands there. @throws StoreUnavailableError */
export const writeLedgerMark = (url: string, mark: Mark): Promise<Mark> => withConnection(url, async (connection) => {
  await write(connection, mark);
  const stands = await read(connection);
  if (!stands) throw new StoreUnavailableError('the event store does not give back the mark of the ledger', 'unknown');
  return stands;
});
