import type { Projection } from '#platform/read-store';
import { accessGrants } from './access-grant.projection';
import { userPosts } from './post.projection';

/** Every read model of oversight. */
export const oversightProjections: readonly Projection[] = [accessGrants, userPosts];
