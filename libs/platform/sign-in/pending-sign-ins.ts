import { createHash, randomBytes } from 'node:crypto';

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

/** How long somebody may take to prove who they are, ms. */
const PATIENCE = 10 * 60_000;
const MOST = 20_000;

const keyOf = (browser: string, state: string): string => createHash('sha256').update(`${browser} ${state}`).digest('base64url');

/**
 * Sign-ins that are under way. In memory alone: strangers begin them, so that they must not cost a disk, and one that a restart loses is
 * begun again. Each belongs to one browser and is taken once.
 */
export class PendingSignIns {
  private readonly kept = new Map<string, { readonly sent: PendingSignIn; readonly until: number }>();

  constructor(private readonly now: () => number) {}

  /** A new name for a browser, for its cookie. */
  newBrowser(): string {
    return randomBytes(32).toString('base64url');
  }

  keep(browser: string, sent: PendingSignIn): void {
    this.sweep();
    this.kept.set(keyOf(browser, sent.state), { sent, until: this.now() + PATIENCE });
  }

  /** The sign-in that this browser comes back from; undefined when it never began it, took too long, or has come back already. */
  take(browser: string, state: string): PendingSignIn | undefined {
    const key = keyOf(browser, state);
    const found = this.kept.get(key);
    this.kept.delete(key);
    return found && this.now() < found.until ? found.sent : undefined;
  }

  // What was kept last stands last, so the first that may stay ends the search.
  private sweep(): void {
    for (const [key, { until }] of this.kept) {
      if (this.now() < until && this.kept.size < MOST) return;
      this.kept.delete(key);
    }
  }
}
