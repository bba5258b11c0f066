import type { Drafts } from '#platform/drafts';
import type { Admission } from '../../../guard';
import type { Fields } from '../../rendering/http';
import type { Refused } from './refused';

/** What has become of a form so far. */
export interface Draft {
  /** Where the form is sent: the draft of one form is shown at no other. */
  readonly path: string;
  readonly values: Fields;
  /** What may be a mistake was looked at and left as it is. */
  readonly sure: boolean;
  /** Typed and not sent yet: a script kept it, and nobody has asked what is wrong with it. */
  readonly unsent?: true;
  /** Why it was not recorded. */
  readonly refused?: Refused;
  /** The person of this form was registered, under this reference, and nothing else was recorded. */
  readonly registered?: string;
  /** The entry that says the same already, so that there was nothing to record. */
  readonly same?: number;
  /** Recorded under this number; the answers are gone then. */
  readonly recorded?: number;
}

/**
 * Answers of forms that are under way, so that Back, reload and a new sign-in after a time-out show them again. Personal: sealed, for whoever typed
 * them alone, and gone when the form is recorded.
 */
export class FormDrafts {
  constructor(private readonly drafts: Pick<Drafts, 'of' | 'keep'>) {}

  async of({ reader }: Pick<Admission, 'reader'>, key: string): Promise<Draft | undefined> {
    const text = await this.drafts.of(reader.id, key);
    return text === undefined ? undefined : (JSON.parse(text) as Draft);
  }

  keep({ reader }: Pick<Admission, 'reader'>, key: string, draft: Draft): Promise<void> {
    return this.drafts.keep(reader.id, key, JSON.stringify(draft));
  }
}
