import { officerKey } from '#kernel';
import type { Clock } from '#kernel';
import type { Ledger } from '#platform/event-store';
import type { Reaction } from '#platform/jobs';
import { escalationReactions } from '#contexts/investigations';
import type { CaseAccess, EscalationReader } from '#contexts/investigations';
import type { Posts } from '#contexts/oversight';

interface Parts {
  readonly escalations: EscalationReader;
  readonly ledger: Ledger;
  readonly caseAccess: CaseAccess;
  readonly posts: Posts;
  readonly clock: Clock;
}

/** Everything that the program does by itself after what was recorded. */
export const reactionsOf = ({ posts, ...parts }: Parts): readonly Reaction[] =>
  escalationReactions({ ...parts, supervises: (officer) => posts.notSupervising([officerKey(officer)]).length === 0 });
