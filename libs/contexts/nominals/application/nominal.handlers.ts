import type { Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { NominalId } from '#kernel';
import { Ledger } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import type { NominalCommand } from '../domain/nominal.commands';
import { nominal } from '../domain/nominal.decider';
import { nominalMessages } from './nominal.messages';
import type { NominalMessage } from './nominal.messages';

/** The stream that holds the record of one person. */
export const nominalStream = (nominalId: NominalId): string => `nominal-${nominalId}`;

const handlerOf = (message: Type<NominalMessage>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class NominalHandler {
    constructor(private readonly ledger: Ledger) {}

    execute({ nominalId, type, data, context, expectedRevision }: NominalMessage): Promise<Receipt> {
      return this.ledger.transact(nominal, nominalStream(nominalId), { type, data, context } as NominalCommand, { expectedRevision });
    }
  }
  return NominalHandler;
};

/** One handler a command; all of one shape, because every rule is in the decider. */
export const nominalHandlers = Object.values(nominalMessages).map((message) => handlerOf(message as Type<NominalMessage>));
