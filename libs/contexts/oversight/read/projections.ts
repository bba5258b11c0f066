import type { Projection } from '#platform/read-store';
import { accessGrants } from './access-grant.projection';
import { userPosts } from './post.projection';
import { retentionProjections } from './retention.projection';

/** Every read model of oversight. */
export const oversightProjections: readonly Projection[] = [accessGrants, userPosts, ...retentionProjections];
