import { Command } from '@nestjs/cqrs';
import type { CommandContext } from '#kernel';
import type { Receipt } from '#platform/event-store';
import type { AccessListCommand } from '../domain/access-list.commands';
import type { Listed } from '../domain/access-list.events';

export type AccessListCommandName = AccessListCommand['type'];

export type AccessListCommandData<T extends AccessListCommandName> = Extract<AccessListCommand, { type: T }>['data'];

/** What a command about an access list did. `standing`: nothing, because this entry gives already what it asks for. */
export type StandingReceipt = Receipt & { readonly standing?: string };

const order = <T extends AccessListCommandName>(type: T) => {
  /** A command about an access list on its way over the bus, with what the list is of. */
  class AccessListOrder extends Command<StandingReceipt> {
    readonly type = type;
    constructor(
      readonly on: Listed, readonly data: AccessListCommandData<T>, readonly context: CommandContext,
      /** The revision the sender saw; no retry after a conflict. */
      readonly expectedRevision?: number,
    ) {
      super();
    }
  }
  return AccessListOrder;
};

export class GrantAccess extends order('GrantAccess') {}
export class ExtendAccess extends order('ExtendAccess') {}
export class WithdrawAccess extends order('WithdrawAccess') {}
export class BreakGlass extends order('BreakGlass') {}
export class ReviewBreakGlass extends order('ReviewBreakGlass') {}

/** The message class of every command about an access list. */
export const accessListMessages = {
  GrantAccess, WithdrawAccess, BreakGlass, ReviewBreakGlass, ExtendAccess,
} satisfies { readonly [T in AccessListCommandName]: ReturnType<typeof order<T>> };

export type AccessListMessage = InstanceType<(typeof accessListMessages)[AccessListCommandName]>;
