import type { Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { officerKey } from '#kernel';
import { idFrom, Ledger } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import { operationKey } from '#contexts/investigations';
import type { AccessListCommand } from '../domain/access-list.commands';
import { accessList } from '../domain/access-list.decider';
import type { Listed } from '../domain/access-list.events';
import { userPost } from '../domain/post.decider';
import type { PostCommand } from '../domain/post.decider';
import { accessListMessages } from './access-list.messages';
import type { AccessListMessage } from './access-list.messages';
import { LeavePost, TakePost } from './post.messages';

/** The stream that holds the access list of an investigation or operation. */
export const accessListStream = (on: Listed): string =>
  (on.kind === 'OPERATION' ? `accessList-operation-${idFrom('operation', operationKey(on.operation))}` : `accessList-${on.investigationId}`);

/** The stream that holds the posts of a user. */
export const userStream = (userId: string): string => `user-${idFrom('user', officerKey(userId))}`;

const listHandlerOf = (message: Type<AccessListMessage>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class AccessListHandler {
    constructor(private readonly ledger: Ledger) {}

    execute({ on, type, data, context, expectedRevision }: AccessListMessage): Promise<Receipt> {
      return this.ledger.transact(accessList, accessListStream(on), { type, data, context } as AccessListCommand, { expectedRevision });
    }
  }
  return AccessListHandler;
};

const postHandlerOf = (message: Type<TakePost | LeavePost>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class PostHandler {
    constructor(private readonly ledger: Ledger) {}

    execute({ type, data, context }: TakePost | LeavePost): Promise<Receipt> {
      return this.ledger.transact(userPost, userStream(data.userId), { type, data, context } as PostCommand);
    }
  }
  return PostHandler;
};

/** One handler a command; all of one shape, because every rule is in the deciders. */
export const oversightHandlers = [
  ...Object.values(accessListMessages).map((message) => listHandlerOf(message as Type<AccessListMessage>)),
  ...[TakePost, LeavePost].map((message) => postHandlerOf(message as Type<TakePost | LeavePost>)),
];
