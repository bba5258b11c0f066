import { StoreUnavailableError } from '#kernel';
import type { Postgres } from './postgres';

/** Tables that belong together, as one part of the program lays them out. */
export interface SchemaPart {
  readonly name: string;
  /** SQL from each version to the next; the first makes everything. Never change one that was released: add another. */
  readonly steps: readonly string[];
}

/** Everybody who lays out tables waits for this lock: two programs may start at once. */
const LOCK = 0x64617962; // "dayb"

/** Settings of the server under which what it said to be written may be lost. */
const mustBeOn = ['fsync', 'full_page_writes'];

/** @throws StoreUnavailableError when the server would lose what it acknowledged */
const refuseForgetful = async (postgres: Postgres): Promise<void> => {
  const off = await postgres.query<{ name: string }>("SELECT name FROM pg_settings WHERE name = ANY($1) AND setting <> 'on'", [mustBeOn]);
  if (off.length > 0) throw new StoreUnavailableError(`PostgreSQL runs with ${off.map(({ name }) => name).join(' and ')} off: what it says to be written may be lost. Turn it on`, 'no');
};

/**
 * Lays out the tables of a part in the schema `daybook`, once, whoever comes first, and brings those of an older program up to date.
 * @throws StoreUnavailableError when they are a newer program's, or the server does not keep what it acknowledges
 */
export const layOut = async (postgres: Postgres, { name, steps }: SchemaPart): Promise<void> => {
  await refuseForgetful(postgres);
  await postgres.transaction(async (sql) => {
    await sql('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await sql('CREATE SCHEMA IF NOT EXISTS daybook');
    await sql('CREATE TABLE IF NOT EXISTS daybook.parts (name text PRIMARY KEY, version integer NOT NULL)');
    const [row] = await sql<{ version: number }>('SELECT version FROM daybook.parts WHERE name = $1', [name]);
    const version = row?.version ?? 0;
    if (version > steps.length) throw new StoreUnavailableError(`the tables of ${name} in PostgreSQL are those of a newer program`, 'no');
    for (const step of steps.slice(version)) await sql(step);
    if (version < steps.length) await sql('INSERT INTO daybook.parts (name, version) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET version = excluded.version', [name, steps.length]);
  });
};
