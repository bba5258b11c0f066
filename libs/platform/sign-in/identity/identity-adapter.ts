import type { Adapter, AdapterPayload } from 'oidc-provider';
import type Database from 'better-sqlite3';

interface Row {
  readonly payload: string;
}

/** One kind of thing that the identity provider remembers, in the state database. */
export class IdentityAdapter implements Adapter {
  constructor(private readonly db: Database.Database, private readonly model: string, private readonly now: () => number) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const expires = expiresIn === undefined ? null : this.now() + expiresIn * 1000;
    this.db.prepare('DELETE FROM identity WHERE expires <= ?').run(this.now());
    this.db.prepare('INSERT OR REPLACE INTO identity (model, id, payload, expires, grant_id, uid) VALUES (?, ?, ?, ?, ?, ?)')
      .run(this.model, id, JSON.stringify(payload), expires, payload.grantId ?? null, payload.uid ?? null);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.found('id', id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.found('uid', uid);
  }

  /** No device signs in here. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    this.db.prepare("UPDATE identity SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?").run(Math.floor(this.now() / 1000), this.model, id);
  }

  async destroy(id: string): Promise<void> {
    this.db.prepare('DELETE FROM identity WHERE model = ? AND id = ?').run(this.model, id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.db.prepare('DELETE FROM identity WHERE model = ? AND grant_id = ?').run(this.model, grantId);
  }

  private found(column: 'id' | 'uid', value: string): AdapterPayload | undefined {
    const row = this.db.prepare<[string, string, number], Row>(`SELECT payload FROM identity WHERE model = ? AND ${column} = ? AND (expires IS NULL OR expires > ?)`).get(this.model, value, this.now());
    return row && (JSON.parse(row.payload) as AdapterPayload);
  }
}
