// On disk for ever: never rename or reshape a case. Add a new one and an upcaster.
import type { Message, OfficerId } from '#kernel';
import type { UserRole } from './codes';

/** What a user is in the service as; names of officers are not kept. */
export interface Post {
  readonly role: UserRole;
  readonly agency: string;
  readonly team?: string;
}

/** A job as it stood when it was done again. `code`: why its last attempt had failed. */
export interface RequeuedJob {
  readonly reaction: string;
  readonly subject: string;
  readonly due: string;
  readonly code: string;
  readonly attempts: number;
}

export type PostEvent =
  /** Sign-in saw another role, agency or team than the last. */
  | Message<'PostTaken', { readonly userId: OfficerId } & Post>
  | Message<'PostLeft', { readonly userId: OfficerId }>
  /** Somebody else (the actor) ended every session of the user, and every token issued before. `sessions`: how many were open. */
  | Message<'SessionsEnded', { readonly userId: OfficerId; readonly sessions: number }>
  /** The user (the actor) had a job done again that had been given up after so many attempts. */
  | Message<'JobRequeued', { readonly userId: OfficerId } & RequeuedJob>;
