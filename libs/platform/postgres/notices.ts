import type { PoolClient } from 'pg';
import type { Postgres } from './postgres';

export interface NoticesOptions {
  readonly channel: string;
  /** SQL of one value that changes whenever there is something to hear. */
  readonly state: string;
  /** Called when it has changed, or may have while nobody could listen. */
  readonly onChange: () => void;
}

/** How often the value is asked for, ms, whether or not a notice came: a connection can be dead for long before anybody notices. */
const EVERY = 1_500;
/** What was true when it was last asked for is taken for true so long, ms. */
const TRUSTED = 4_500;

/**
 * Hears what other processes did. A notice comes at once; a value that is asked for besides makes sure that nothing older than `TRUSTED` is
 * believed: while nobody can say how things stand, `current` is false.
 */
export class Notices {
  private client: PoolClient | undefined;
  private timer: NodeJS.Timeout | undefined;
  private known: string | undefined;
  private knownAt = -Infinity;
  private closed = false;
  private asking: Promise<void> | undefined;

  constructor(private readonly postgres: Postgres, private readonly options: NoticesOptions) {}

  /** Whether what other processes did up to some seconds ago has been heard. */
  get current(): boolean {
    return performance.now() - this.knownAt < TRUSTED;
  }

  /** Listens from here on. Settles when it does; fails nobody where that cannot be yet. */
  async start(): Promise<this> {
    await this.ask();
    return this;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.asking?.catch(() => undefined);
    this.hangUp();
  }

  private ask(): Promise<void> {
    this.asking = this.askOnce().catch(() => this.hangUp()).then(() => {
      if (!this.closed) this.timer = setTimeout(() => void this.ask(), EVERY).unref();
    });
    return this.asking;
  }

  private async askOnce(): Promise<void> {
    const asked = performance.now();
    const client = (this.client ??= await this.listening());
    const { rows } = await client.query<{ state: string }>({ text: this.options.state, query_timeout: EVERY } as { text: string });
    this.hear(rows[0]?.state ?? '');
    this.knownAt = asked;
  }

  private hear(state: string): void {
    if (this.known !== undefined && this.known !== state) this.options.onChange();
    this.known = state;
  }

  private async listening(): Promise<PoolClient> {
    const client = await this.postgres.connection();
    client.on('notification', () => this.options.onChange());
    client.on('error', () => this.hangUp());
    await client.query(`LISTEN ${this.options.channel}`);
    return client;
  }

  private hangUp(): void {
    const { client } = this;
    this.client = undefined;
    client?.release(true);
  }
}
