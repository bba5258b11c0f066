import { msOf } from '#kernel';
import type { ConsoleParts } from '../parts';
import { lookingOf } from '../pages/as-at/looking';
import type { Looking } from '../pages/as-at/looking';
import { one } from '../rendering/http';
import type { Fields } from '../rendering/http';

/** From an address to the moment that its page looks at. */
export class Moments {
  constructor(private readonly parts: Pick<ConsoleParts, 'store' | 'codec' | 'clock' | 'reads'>) {}

  looking(fields: Fields): Looking {
    const asked = one(fields, 'asAtEvent');
    const number = /^\d{1,15}$/.test(asked) ? Number(asked) : -1;
    const stored = number >= 0 ? this.parts.store.eventByNumber(number) : undefined;
    const moment = stored && { number, recordedAt: msOf(this.parts.codec.decode(stored).metadata.recordedAt) };
    return lookingOf(fields, this.parts.clock(), moment);
  }

  /** Seconds that the read models are behind the ledger. */
  async lagSeconds(): Promise<number> {
    return Math.max(0, ...(await this.parts.reads.status()).map(({ lagSeconds }) => lagSeconds));
  }
}
