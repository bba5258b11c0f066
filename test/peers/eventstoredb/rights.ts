import type { Metadata } from '@grpc/grpc-js';
import type { PeerLog } from './peer-log';
import { isMetastream, originalOf } from './peer-log';
import { accessDenied, unauthenticated } from './refusals';
import { parseAcl, parseStreamMetadata } from './stream-metadata';
import type { Acl } from './stream-metadata';

export interface Account {
  readonly password: string;
  readonly groups: readonly string[];
}

/** Who calls. */
export interface Caller {
  readonly name: string;
  readonly groups: readonly string[];
}

export type Action = 'read' | 'write' | 'delete';

const KEYS: Record<Action, string> = { read: '$r', write: '$w', delete: '$d' };
const META_KEYS: Record<Action, string | undefined> = { read: '$mr', write: '$mw', delete: undefined };
const SYSTEM: Caller = { name: 'system', groups: ['$admins'] };
const ANYBODY: Caller = { name: '', groups: [] };

export const ACCOUNTS: Readonly<Record<string, Account>> = {
  admin: { password: 'changeit', groups: ['$admins'] },
  ops: { password: 'changeit', groups: ['$ops'] },
};

/** Who may do what. Without TLS whoever says no name counts as the system itself, as on a server run with `--insecure`. */
export class Rights {
  constructor(private readonly log: PeerLog, private readonly accounts: Readonly<Record<string, Account>>, private readonly isSecure: boolean) {}

  /** @throws Refusal when the name or the password is wrong */
  identify(metadata: Metadata): Caller {
    const [header] = metadata.get('authorization');
    if (header === undefined) return this.isSecure ? ANYBODY : SYSTEM;
    const [, encoded = ''] = /^Basic (.+)$/i.exec(String(header)) ?? [];
    const [name = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    const account = Object.hasOwn(this.accounts, name) ? this.accounts[name] : undefined;
    if (!account || account.password !== password.join(':')) throw unauthenticated();
    return { name, groups: account.groups };
  }

  /** @throws Refusal */
  async require(caller: Caller, action: Action, stream: string): Promise<void> {
    if (!(await this.may(caller, action, stream))) throw accessDenied();
  }

  private async may(caller: Caller, action: Action, stream: string): Promise<boolean> {
    if (action !== 'read' && stream === '$all') return false;
    const key = isMetastream(stream) ? META_KEYS[action] : KEYS[action];
    if (key === undefined) return false;
    if (caller.groups.includes('$admins')) return true;
    const allowed = await this.allowed(originalOf(stream), key);
    return allowed.includes('$all') || allowed.includes(caller.name) || allowed.some((name) => caller.groups.includes(name));
  }

  private async allowed(stream: string, key: string): Promise<readonly string[]> {
    const isSystem = stream.startsWith('$');
    const own = (await this.log.facts(stream)).metadata?.acl?.[key];
    return own ?? (await this.defaults(isSystem))?.[key] ?? (isSystem ? ['$admins'] : ['$all']);
  }

  private async defaults(isSystem: boolean): Promise<Acl | undefined> {
    const settings = await this.log.newest('$settings');
    if (!settings?.isJson) return undefined;
    return parseAcl(parseStreamMetadata(settings.data).document[isSystem ? '$systemStreamAcl' : '$userStreamAcl']);
  }
}
