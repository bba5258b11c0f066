import type { Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { fold, officerKey } from '#kernel';
import { idFrom, Ledger } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import { operationKey } from '#contexts/investigations';
import type { AccessListCommand } from '../domain/access-list.commands';
import { accessList } from '../domain/access-list.decider';
import type { AccessListEvent, Listed } from '../domain/access-list.events';
import { userPost } from '../domain/post.decider';
import type { PostCommand } from '../domain/post.decider';
import { standingEntry } from '../domain/standing-entry';
import { accessListMessages } from './access-list.messages';
import type { AccessListMessage, StandingReceipt } from './access-list.messages';
import { EndSessions, LeavePost, RequeueJob, TakePost } from './post.messages';

/** The stream that holds the access list of an investigation or operation. */
export const accessListStream = (on: Listed): string =>
  (on.kind === 'OPERATION' ? `accessList-operation-${idFrom('operation', operationKey(on.operation))}` : `accessList-${on.investigationId}`);

/** The stream that holds the posts of a user. */
export const userStream = (userId: string): string => `user-${idFrom('user', officerKey(userId))}`;

const listHandlerOf = (message: Type<AccessListMessage>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class AccessListHandler {
    constructor(private readonly ledger: Ledger) {}

    async execute({ on, type, data, context, expectedRevision }: AccessListMessage): Promise<StandingReceipt> {
      const [stream, command] = [accessListStream(on), { type, data, context } as AccessListCommand];
      const receipt = await this.ledger.transact(accessList, stream, command, { expectedRevision });
      if (receipt.events.length > 0) return receipt;
      const standing = standingEntry(command, fold(accessList, (await this.ledger.history<AccessListEvent>(stream)).events));
      return standing === undefined ? receipt : { ...receipt, standing };
    }
  }
  return AccessListHandler;
};

type PostMessage = TakePost | LeavePost | EndSessions | RequeueJob;

const postHandlerOf = (message: Type<PostMessage>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class PostHandler {
    constructor(private readonly ledger: Ledger) {}

    execute({ type, data, context }: PostMessage): Promise<Receipt> {
      return this.ledger.transact(userPost, userStream(data.userId), { type, data, context } as PostCommand);
    }
  }
  return PostHandler;
};

/** One handler a command; all of one shape, because every rule is in the deciders. */
export const oversightHandlers = [
  ...Object.values(accessListMessages).map((message) => listHandlerOf(message as Type<AccessListMessage>)),
  ...[TakePost, LeavePost, EndSessions, RequeueJob].map((message) => postHandlerOf(message as Type<PostMessage>)),
];
