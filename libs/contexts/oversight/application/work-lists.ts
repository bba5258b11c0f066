import { officerKey } from '#kernel';
import type { Reader } from '#platform/access';
import type { EscalationReader, WorkItem } from '#contexts/investigations';
import type { Posts } from '../read/posts';
import type { Access } from './access';

interface Parts {
  readonly access: Pick<Access, 'may' | 'seenBy'>;
  readonly escalations: Pick<EscalationReader, 'ready' | 'supervisors' | 'waiting'>;
  readonly posts: Pick<Posts, 'notSupervising'>;
}

/** What was escalated and waits, for each of those who may act on it. */
export class WorkLists {
  constructor(private readonly parts: Parts) {}

  /**
   * The oldest first: what waits on cases of which the reader is the supervisor, and on those whose supervisor there is not, or not any more, and that the reader may
   * supervise. Nothing of a case that they may not: not in the list and not in its length. Empty until the read models have caught up.
   */
  of(reader: Reader): readonly WorkItem[] {
    const { access, escalations, posts } = this.parts;
    if (!escalations.ready || !access.may(reader, 'seeWork')) return [];
    const me = officerKey(reader.id);
    const left = posts.notSupervising(escalations.supervisors()).filter((each) => each !== me);
    const seen = access.seenBy(reader);
    return escalations.waiting([me, null, ...left]).filter(({ investigationId }) => seen.supervisesInvestigation(investigationId));
  }
}
