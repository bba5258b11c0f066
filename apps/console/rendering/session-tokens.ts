import type { Vault } from '#platform/vault';

/** Tokens for what is sent about a session itself, such as signing out: a page of another site cannot know one, nor can another session. */
export class SessionTokens {
  constructor(private readonly vault: Pick<Vault, 'digest'>) {}

  /** `session`: the name of a session, as its reader carries it. */
  of(session: string): string {
    return this.vault.digest(`session form ${session}`);
  }

  /** A name that only pages of this session have. */
  channelOf(session: string): string {
    return this.vault.digest(`session channel ${session}`);
  }

  fits(session: string | undefined, token: string): boolean {
    return session !== undefined && this.of(session) === token;
  }
}
