import type { CommandContext, Decider, Message, OfficerId } from '#kernel';
import type { Post, PostEvent, RequeuedJob } from './post.events';

type Order<Type extends string, Data extends object> = Message<Type, Data> & { readonly context: CommandContext };

export type PostCommand =
  | Order<'TakePost', { readonly userId: OfficerId } & Post>
  | Order<'LeavePost', { readonly userId: OfficerId }>
  | Order<'EndSessions', { readonly userId: OfficerId; readonly sessions: number }>
  | Order<'RequeueJob', { readonly userId: OfficerId } & RequeuedJob>;

/** The post that a user holds; absent when they hold none. */
export interface PostState {
  readonly post?: Post;
}

const samePost = (a: Post, b: Post): boolean => a.role === b.role && a.agency === b.agency && a.team === b.team;

/** The rules of one user's posts: each is written down once, when it is first seen. Nothing is refused. */
export const userPost: Decider<PostCommand, PostState, PostEvent> = {
  initialState: {},
  decide({ type, data }, { post }) {
    // Of whoever holds no post and had no session open, what was typed may be anybody's name: nothing ended, and nothing is kept of it.
    if (type === 'EndSessions') return post || data.sessions > 0 ? [{ type: 'SessionsEnded', data }] : [];
    if (type === 'RequeueJob') return [{ type: 'JobRequeued', data }];
    if (type === 'LeavePost') return post ? [{ type: 'PostLeft', data: { userId: data.userId } }] : [];
    return post && samePost(post, data) ? [] : [{ type: 'PostTaken', data }];
  },
  evolve(state, event) {
    const { type, data } = event as PostEvent;
    if (type === 'SessionsEnded' || type === 'JobRequeued') return state;
    return type === 'PostTaken' ? { post: data } : {};
  },
};
