import { Inject, Injectable } from '@nestjs/common';
import { officerKey } from '#kernel';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';

/** Users in addresses: no number of anybody stands in one, for addresses are kept by browsers, proxies and logs. */
@Injectable()
export class UserAddresses {
  private readonly known = new Map<string, string>();

  constructor(@Inject(CONSOLE_PARTS) private readonly parts: Pick<ConsoleParts, 'oversight' | 'vault'>) {}

  /** What stands for a user in addresses of this folder: the same at each time, and of no use to whoever has not the folder's key. */
  idOf(user: string): string {
    return this.parts.vault.digest(`user address ${officerKey(user)}`);
  }

  /** The user for whom this stands in an address, as their number was last written; undefined where it stands for nobody who ever did anything. */
  find(id: string): string | undefined {
    if (!this.known.has(id)) for (const user of this.parts.oversight.lookQueries.users()) this.known.set(this.idOf(user), user);
    const user = this.known.get(id);
    return user === undefined ? undefined : this.parts.oversight.lookQueries.writtenAs(user);
  }
}
