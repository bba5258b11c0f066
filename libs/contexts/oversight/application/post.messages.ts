import { Command } from '@nestjs/cqrs';
import { instantOf, officerKey } from '#kernel';
import type { CommandContext, OfficerId } from '#kernel';
import { idFrom } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import { actorOf } from '#platform/access';
import type { Reader } from '#platform/access';
import { minuteOf } from '#platform/requests';
import type { UserRole } from '../domain/codes';
import type { Post, RequeuedJob } from '../domain/post.events';

/** Sign-in saw this user in this post; it is written down when it is another than the last. */
export class TakePost extends Command<Receipt> {
  readonly type = 'TakePost';
  constructor(readonly data: { readonly userId: OfficerId } & Post, readonly context: CommandContext) {
    super();
  }
}

/** The user is in the service no more. */
export class LeavePost extends Command<Receipt> {
  readonly type = 'LeavePost';
  constructor(readonly data: { readonly userId: OfficerId }, readonly context: CommandContext) {
    super();
  }
}

/** Every session of the user was ended by somebody else. */
export class EndSessions extends Command<Receipt> {
  readonly type = 'EndSessions';
  constructor(readonly data: { readonly userId: OfficerId; readonly sessions: number }, readonly context: CommandContext) {
    super();
  }
}

/** A job that had been given up is done again. */
export class RequeueJob extends Command<Receipt> {
  readonly type = 'RequeueJob';
  constructor(readonly data: { readonly userId: OfficerId } & RequeuedJob, readonly context: CommandContext) {
    super();
  }
}

const contextAt = (reader: Reader, said: readonly string[], now: number): CommandContext => {
  const commandId = idFrom('post', ...said, instantOf(now));
  return {
    commandId, correlationId: commandId, actor: actorOf(reader), effectiveAt: minuteOf(now), regime: 'DPA_PART3', marking: 'OFFICIAL-SENSITIVE', track: 'STANDARD',
    assertion: 'FACT',
  };
};

/** What to send when a reader has signed in. @param now ms since 1970 */
export const postTaken = (reader: Reader, now: number): TakePost => {
  const { id, role, agency, team } = reader;
  return new TakePost({ userId: id as OfficerId, role: role as UserRole, agency, ...(team === undefined ? {} : { team }) }, contextAt(reader, ['TakePost', officerKey(id), role, agency, team ?? ''], now));
};

/** What to send when somebody (`by`) takes a user out of the service. @param now ms since 1970 */
export const postLeft = (userId: OfficerId, by: Reader, now: number): LeavePost => new LeavePost({ userId }, contextAt(by, ['LeavePost', officerKey(userId)], now));

/** What to send when somebody (`by`) has ended so many sessions of a user. @param key of the form that asked for it: each form is recorded once. @param now ms since 1970 */
export const sessionsEnded = (userId: OfficerId, sessions: number, by: Reader, key: string, now: number): EndSessions =>
  new EndSessions({ userId, sessions }, contextAt(by, ['EndSessions', officerKey(userId), key], now));

/** What to send when somebody (`by`) has a job done again. @param key of the form that asked for it: each form is recorded once. @param now ms since 1970 */
export const jobRequeued = (job: RequeuedJob, by: Reader, key: string, now: number): RequeueJob =>
  new RequeueJob({ userId: by.id as OfficerId, ...job }, contextAt(by, ['RequeueJob', officerKey(by.id), key], now));
