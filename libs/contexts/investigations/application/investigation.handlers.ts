import { Inject } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, InvestigationId } from '#kernel';
import { Ledger } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import { correctingContext, voidingContext } from '#platform/requests';
import type { InvestigationCommand } from '../domain/investigation.commands';
import { investigation } from '../domain/investigation.decider';
import { ERASED_PEOPLE, mustNotBeOfErased } from './erased-people';
import type { ErasedPeople } from './erased-people';
import { investigationMessages } from './investigation.messages';
import type { InvestigationMessage } from './investigation.messages';

/** The stream that holds one investigation, its crimes and its suspect links. */
export const investigationStream = (investigationId: InvestigationId): string => `investigation-${investigationId}`;

/** An entry that is put right or taken away gives its correction what that does not say; it is in the log, so it cannot have changed by the time of the decision. */
const contextFor = async (ledger: Ledger, { investigationId, type, data, context, said }: InvestigationMessage): Promise<CommandContext> => {
  if (type !== 'CorrectEntry' && type !== 'VoidEntry') return context;
  const { events } = await ledger.history(investigationStream(investigationId));
  const entry = events.find(({ id }) => id === data.event)?.metadata;
  return type === 'CorrectEntry' ? correctingContext(context, said, entry) : voidingContext(context, said, entry);
};

const handlerOf = (message: Type<InvestigationMessage>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class InvestigationHandler {
    constructor(private readonly ledger: Ledger, @Inject(ERASED_PEOPLE) private readonly erased: ErasedPeople) {}

    async execute(order: InvestigationMessage): Promise<Receipt> {
      const { investigationId, type, data, expectedRevision } = order;
      await mustNotBeOfErased(this.ledger, this.erased, order);
      const context = await contextFor(this.ledger, order);
      return this.ledger.transact(investigation, investigationStream(investigationId), { type, data, context } as InvestigationCommand, { expectedRevision });
    }
  }
  return InvestigationHandler;
};

/** One handler a command; all of one shape, because every rule of an investigation is in the decider. */
export const investigationHandlers = Object.values(investigationMessages).map((message) => handlerOf(message as Type<InvestigationMessage>));
