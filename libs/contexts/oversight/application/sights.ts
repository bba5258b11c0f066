import { createHash } from 'node:crypto';
import type { Asker, InvestigationQueries, Permitted } from '#contexts/investigations';
import type { Classes } from './classes';
import type { SeenThrough } from './ports';

/** Rights that are in use at one time; those asked for longest ago make room. */
const MOST_KEPT = 500;

/** What is there for readers, kept by their rights: two with the same see the same, and new rights are a new sight. */
export class Sights {
  private readonly kept = new Map<string, InvestigationQueries>();
  /** By what a reader stands on the lists of, which is the same object for as long as it says the same. */
  private readonly digests = new WeakMap<Asker['investigations'], { readonly of: string; readonly operations: Asker['operations']; readonly key: string }>();

  constructor(private readonly classes: Classes, private readonly investigations: SeenThrough, private readonly policyVersion: string) {}

  of(role: string, asker: Asker): InvestigationQueries {
    const key = this.keyOf(role, asker);
    const found = this.kept.get(key) ?? this.make(key, role, asker);
    this.kept.delete(key);
    this.kept.set(key, found);
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    return found;
  }

  private make(key: string, role: string, asker: Asker): InvestigationQueries {
    const may = (action: 'know' | 'read'): Permitted => (sensitivity, relation) => this.classes.investigation(role, action, sensitivity, relation);
    return this.investigations.seenBy({ key, asker, know: may('know'), read: may('read') });
  }

  /** Digest of rights. */
  keyOf(role: string, asker: Asker): string {
    const { officer, team, investigations, operations } = asker;
    const of = JSON.stringify([role, officer, team]);
    const before = this.digests.get(investigations);
    if (before?.of === of && before.operations === operations) return before.key;
    const key = this.digest(role, asker);
    this.digests.set(investigations, { of, operations, key });
    return key;
  }

  private digest(role: string, { officer, team, investigations, operations }: Asker): string {
    const rights = [this.policyVersion, role, officer, team, [...investigations].sort(), [...operations].map(([key, reached]) => [key, ...[...reached].sort()]).sort()];
    return createHash('sha256').update(JSON.stringify(rights)).digest('base64url').slice(0, 22);
  }
}
