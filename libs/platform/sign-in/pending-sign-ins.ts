import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What a browser that was sent to the identity provider must bring back, and where it goes then. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** A path of ours. */
  readonly returnTo: string;
  /** Whether a proof of identity of now was asked for. */
  readonly fresh: boolean;
}

/** Where sign-ins wait that are under way. May lose the oldest: who loses one begins again. */
export interface PendingStore {
  put(key: string, sent: string, times: { readonly now: number; readonly until: number }): Promise<void>;
  /** Gives one once, unless its time is over. */
  take(key: string, now: number): Promise<string | undefined>;
}

/** How long somebody may take to prove who they are, ms. */
const PATIENCE = 10 * 60_000;
const MOST = 20_000;

const hashOf = (use: string, browser: string, state: string): Buffer => createHash('sha256').update(`${use}${browser} ${state}`).digest();

/** In memory alone, for one process: strangers begin them, so that they must not cost a disk. */
export const memoryPending = (): PendingStore => {
  const kept = new Map<string, { readonly sent: string; readonly until: number }>();
  // What was kept last stands last, so the first that may stay ends the search.
  const sweep = (now: number): void => {
    for (const [key, { until }] of kept) {
      if (now < until && kept.size < MOST) return;
      kept.delete(key);
    }
  };
  return {
    put: async (key, sent, { now, until }) => {
      sweep(now);
      kept.set(key, { sent, until });
    },
    take: async (key, now) => {
      const found = kept.get(key);
      kept.delete(key);
      return found && now < found.until ? found.sent : undefined;
    },
  };
};

const sealed = (secret: Buffer, sent: PendingSignIn): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secret, iv);
  return Buffer.concat([iv, cipher.update(JSON.stringify(sent), 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
};

const opened = (secret: Buffer, text: string): PendingSignIn | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12), { authTagLength: 16 }).setAuthTag(bytes.subarray(-16));
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')) as PendingSignIn;
  } catch {
    return undefined; // somebody wrote where it stands
  }
};

/** Sign-ins that are under way. Each belongs to one browser and is taken once; where it stands it can be read only with what that browser brings back. */
export class PendingSignIns {
  constructor(private readonly now: () => number, private readonly store: PendingStore = memoryPending()) {}

  /** A new name for a browser, for its cookie. */
  newBrowser(): string {
    return randomBytes(32).toString('base64url');
  }

  /** @throws StoreUnavailableError */
  keep(browser: string, sent: PendingSignIn): Promise<void> {
    const now = this.now();
    return this.store.put(hashOf('', browser, sent.state).toString('base64url'), sealed(hashOf('seal ', browser, sent.state), sent), { now, until: now + PATIENCE });
  }

  /** The sign-in that this browser comes back from; undefined when it never began it, took too long, or has come back already. @throws StoreUnavailableError */
  async take(browser: string, state: string): Promise<PendingSignIn | undefined> {
    const found = await this.store.take(hashOf('', browser, state).toString('base64url'), this.now());
    return found === undefined ? undefined : opened(hashOf('seal ', browser, state), found);
  }
}
