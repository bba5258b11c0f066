import type { Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { InvestigationId } from '#kernel';
import { Ledger } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import type { InvestigationCommand } from '../domain/investigation.commands';
import { investigation } from '../domain/investigation.decider';
import { investigationMessages } from './investigation.messages';
import type { InvestigationMessage } from './investigation.messages';

/** The stream that holds one investigation, its crimes and its suspect links. */
export const investigationStream = (investigationId: InvestigationId): string => `investigation-${investigationId}`;

const handlerOf = (message: Type<InvestigationMessage>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class InvestigationHandler {
    constructor(private readonly ledger: Ledger) {}

    execute({ investigationId, type, data, context, expectedRevision }: InvestigationMessage): Promise<Receipt> {
      return this.ledger.transact(investigation, investigationStream(investigationId), { type, data, context } as InvestigationCommand, { expectedRevision });
    }
  }
  return InvestigationHandler;
};

/** One handler a command; all of one shape, because every rule is in the decider. */
export const investigationHandlers = Object.values(investigationMessages).map((message) => handlerOf(message as Type<InvestigationMessage>));
