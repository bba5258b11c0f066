import type { Clock } from '#kernel';
import type { Fields } from '../../rendering/http';
import type { Refused } from './refused';

/** What has become of a form so far. */
export interface Draft {
  /** Where the form is sent: the draft of one form is shown at no other. */
  readonly path: string;
  readonly values: Fields;
  /** What may be a mistake was looked at and left as it is. */
  readonly sure: boolean;
  /** Why it was not recorded. */
  readonly refused?: Refused;
  /** The person of this form was registered, under this reference, and nothing else was recorded. */
  readonly registered?: string;
  /** The entry that says the same already, so that there was nothing to record. */
  readonly same?: number;
  /** Recorded under this number; the answers are gone then. */
  readonly recorded?: number;
}

export interface DraftLimits {
  readonly forms: number;
  readonly characters: number;
  readonly ms: number;
}

const usual: DraftLimits = { forms: 2000, characters: 16_000_000, ms: 24 * 3_600_000 };

interface Kept {
  readonly draft: Draft;
  readonly at: number;
  readonly size: number;
}

const sizeOf = ({ values }: Draft): number =>
  Object.entries(values).reduce((sum, [name, value]) => sum + name.length + (typeof value === 'string' ? value.length : (value ?? []).join('').length), 0);

/**
 * Answers of forms that are under way, so that the browser's Back and reload show them again. Personal: they are in memory alone, under a key
 * that only their browser can name, and go when the form is recorded, after a day, or when there are too many, the oldest first.
 */
export class FormDrafts {
  private readonly kept = new Map<string, Kept>();
  private characters = 0;

  constructor(private readonly clock: Clock, private readonly limits: DraftLimits = usual) {}

  of(key: string): Draft | undefined {
    this.sweep();
    return this.kept.get(key)?.draft;
  }

  keep(key: string, draft: Draft): void {
    this.drop(key);
    const size = sizeOf(draft);
    this.kept.set(key, { draft, at: this.clock(), size });
    this.characters += size;
    this.sweep();
  }

  // What was kept last stands last, so the first that may stay ends the search.
  private sweep(): void {
    const oldest = this.clock() - this.limits.ms;
    for (const [key, { at }] of this.kept) {
      if (at > oldest && this.kept.size <= this.limits.forms && this.characters <= this.limits.characters) return;
      this.drop(key);
    }
  }

  private drop(key: string): void {
    this.characters -= this.kept.get(key)?.size ?? 0;
    this.kept.delete(key);
  }
}
