import type { Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { effectiveHistory } from '#kernel';
import type { CommandContext, NominalId } from '#kernel';
import { Ledger } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import { correctingContext, voidingContext } from '#platform/requests';
import type { NominalCommand } from '../domain/nominal.commands';
import { nominal } from '../domain/nominal.decider';
import { nominalMessages } from './nominal.messages';
import type { NominalMessage } from './nominal.messages';

/** The stream that holds the record of one person. */
export const nominalStream = (nominalId: NominalId): string => `nominal-${nominalId}`;

/** What is put right or taken away gives its correction what that does not say, the date of the registration too. */
const contextFor = async (ledger: Ledger, { nominalId, type, data, context, said }: NominalMessage): Promise<CommandContext> => {
  if (type !== 'CorrectPerson' && type !== 'VoidPersonEntry') return context;
  const { events } = await ledger.history(nominalStream(nominalId));
  if (type === 'VoidPersonEntry') return voidingContext(context, said, events.find(({ id }) => id === data.event)?.metadata);
  const registration = effectiveHistory(events).filter((event) => event.type === 'PersonRegistered').at(-1);
  return correctingContext(context, said, registration?.metadata);
};

const handlerOf = (message: Type<NominalMessage>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class NominalHandler {
    constructor(private readonly ledger: Ledger) {}

    async execute(order: NominalMessage): Promise<Receipt> {
      const { nominalId, type, data, expectedRevision } = order;
      const context = await contextFor(this.ledger, order);
      return this.ledger.transact(nominal, nominalStream(nominalId), { type, data, context } as NominalCommand, { expectedRevision });
    }
  }
  return NominalHandler;
};

/** One handler a command; all of one shape, because every rule is in the decider. */
export const nominalHandlers = Object.values(nominalMessages).map((message) => handlerOf(message as Type<NominalMessage>));
