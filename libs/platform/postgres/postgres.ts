import fs from 'node:fs';
import { Pool } from 'pg';
import type { PoolClient, PoolConfig, QueryResultRow } from 'pg';
import { StoreUnavailableError } from '#kernel';
import { faultOf } from './faults';

/** Which PostgreSQL, and as whom. */
export interface PostgresTarget {
  /** Name, address, or the absolute path of the folder of its socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  /** Encrypted, with the server's certificate and name checked. */
  readonly tls: boolean;
  readonly caFile?: string;
}

/** Runs one statement with its parameters and gives its rows. @throws StoreUnavailableError */
export type Sql = <R extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<R[]>;

/** Connections of one process at most: PostgreSQL allows a hundred in all unless it is told otherwise. */
const CONNECTIONS = 8;
/** Longest waits, ms: for a connection, for a statement by the server's watch, and by ours when the server is silent. */
const CONNECT = 3_000;
const STATEMENT = 5_000;
const SILENCE = 7_000;
/** A statement that rewrites a table is given so long, ms. */
const REWRITE = 120_000;

// A commit that answered is on the disk, whatever the server's own setting is: a key must be there before the event that uses it.
const OPTIONS = '-c synchronous_commit=on';

const readAuthority = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new StoreUnavailableError(`the file that sslrootcert of PostgreSQL names cannot be read (${String((error as { code?: unknown }).code)})`, 'no', { cause: error });
  }
};

const configOf = ({ tls, caFile, ...where }: PostgresTarget): PoolConfig => ({
  ...where,
  ssl: tls ? { rejectUnauthorized: true, ...(caFile === undefined ? {} : { ca: readAuthority(caFile) }) } : false,
  max: CONNECTIONS, connectionTimeoutMillis: CONNECT, idleTimeoutMillis: 60_000, maxLifetimeSeconds: 3_600, allowExitOnIdle: true, keepAlive: true,
  statement_timeout: STATEMENT, query_timeout: SILENCE, lock_timeout: STATEMENT - 1_000, idle_in_transaction_session_timeout: 10_000,
  application_name: 'daybook', options: OPTIONS,
});

/** A PostgreSQL, reached through a few connections that are made as they are needed, also after it was away. */
export class Postgres {
  private readonly pool: Pool;
  private closing: Promise<void> | undefined;
  private isAway = false;

  /** Nothing is asked of it yet. @throws StoreUnavailableError when the file of its authority cannot be read */
  constructor(target: PostgresTarget) {
    this.pool = new Pool(configOf(target));
    // An idle connection that breaks has left the pool already; whoever asks next gets a new one or hears that there is none.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => void client.on('error', () => undefined));
  }

  /** Runs one statement. @throws StoreUnavailableError */
  readonly query: Sql = async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<R[]> => {
    try {
      const { rows } = await this.pool.query<R>(text, [...values]);
      this.isAway = false;
      return rows;
    } catch (error) {
      throw this.failed(error);
    }
  };

  /** Whether the last that was asked of it was not answered. */
  get away(): boolean {
    return this.isAway;
  }

  /** Runs statements that count all or none. `written` of what it throws is `unknown` where the server fell silent at the end. @throws StoreUnavailableError */
  async transaction<T>(work: (sql: Sql) => Promise<T>, mode = ''): Promise<T> {
    return this.alone(async (client, sql) => {
      await sql(`BEGIN ${mode}`);
      try {
        const result = await work(sql);
        await sql('COMMIT');
        return result;
      } catch (error) {
        // Where that fails too, the connection is thrown away, and what it began with it.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  /**
   * Writes a table anew so that its file holds nothing that was deleted. Others wait meanwhile.
   * Answers whether everything deleted is gone from it: somebody who reads the past keeps it.
   * @throws StoreUnavailableError
   */
  async rewrite(table: string): Promise<boolean> {
    return this.alone(async (client, sql) => {
      let kept = 0;
      const hear = ({ detail }: { readonly detail?: string | undefined }): void => void (kept += Number(/^(\d+) dead row/.exec(detail ?? '')?.[1] ?? 0));
      client.on('notice', hear);
      try {
        await sql(`SET statement_timeout = ${REWRITE}`);
        await client.query({ text: `VACUUM (FULL, VERBOSE) ${table}`, query_timeout: REWRITE + 2_000 } as { text: string }).catch((error: unknown) => { throw faultOf(error); });
        return kept === 0;
      } finally {
        client.off('notice', hear);
        await client.query('RESET statement_timeout').catch(() => undefined);
      }
    });
  }

  /** A connection that stays one person's until it is given back by `release`. @throws StoreUnavailableError */
  async connection(): Promise<PoolClient> {
    try {
      const client = await this.pool.connect();
      this.isAway = false;
      return client;
    } catch (error) {
      throw this.failed(error);
    }
  }

  close(): Promise<void> {
    return (this.closing ??= this.pool.end());
  }

  private failed(error: unknown): unknown {
    this.isAway = true;
    return faultOf(error);
  }

  private async alone<T>(work: (client: PoolClient, sql: Sql) => Promise<T>): Promise<T> {
    const client = await this.connection();
    let fault: unknown;
    const sql: Sql = async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []) => {
      try {
        return (await client.query<R>(text, [...values])).rows;
      } catch (error) {
        throw faultOf(error);
      }
    };
    try {
      return await work(client, sql);
    } catch (error) {
      fault = error;
      throw error;
    } finally {
      // After a fault of the server nobody knows what the connection is in the middle of.
      client.release(fault instanceof StoreUnavailableError);
    }
  }
}
