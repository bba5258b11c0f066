import { layOut } from '#platform/postgres';
import type { Postgres, SchemaPart } from '#platform/postgres';
import type { DraftStore } from './draft-store';

const draftsPart: SchemaPart = {
  name: 'drafts',
  steps: [`
    CREATE TABLE daybook.drafts (owner text NOT NULL, key text NOT NULL, at bigint NOT NULL, event text NOT NULL, sealed text NOT NULL, PRIMARY KEY (owner, key));
    CREATE INDEX drafts_at ON daybook.drafts (at);`],
};

/** Drafts in PostgreSQL, for any number of processes. @throws StoreUnavailableError */
export const openPostgresDrafts = async (postgres: Postgres): Promise<DraftStore> => {
  await layOut(postgres, draftsPart);
  return {
    keep: (owner, key, { event, sealed }, { at, untouched, most }) => postgres.transaction(async (sql) => {
      await sql(`INSERT INTO daybook.drafts (owner, key, at, event, sealed) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (owner, key) DO UPDATE SET at = excluded.at, event = excluded.event, sealed = excluded.sealed`, [owner, key, at, event, sealed]);
      // Two who clear away at once leave each other what they hold, and do not wait.
      await sql('DELETE FROM daybook.drafts WHERE (owner, key) IN (SELECT owner, key FROM daybook.drafts WHERE at <= $1 FOR UPDATE SKIP LOCKED)', [untouched]);
      await sql('DELETE FROM daybook.drafts WHERE owner = $1 AND key IN (SELECT key FROM daybook.drafts WHERE owner = $1 ORDER BY at DESC OFFSET $2)', [owner, most]);
    }),
    find: async (owner, key, since) =>
      (await postgres.query<{ event: string; sealed: string }>('SELECT event, sealed FROM daybook.drafts WHERE owner = $1 AND key = $2 AND at > $3', [owner, key, since]))[0],
    close: () => undefined,
  };
};
