import { Command } from '@nestjs/cqrs';
import type { CommandContext, NominalId } from '#kernel';
import type { Receipt } from '#platform/event-store';
import type { EnvelopeSaid } from '#platform/requests';
import type { NominalCommand } from '../domain/nominal.commands';

export type NominalCommandName = NominalCommand['type'];

export type NominalCommandData<T extends NominalCommandName> = Extract<NominalCommand, { type: T }>['data'];

const order = <T extends NominalCommandName>(type: T) => {
  /** A domain command on its way over the bus, with the person it is about. */
  class NominalOrder extends Command<Receipt> {
    readonly type = type;
    constructor(
      readonly nominalId: NominalId, readonly data: NominalCommandData<T>, readonly context: CommandContext,
      /** The revision the sender saw; no retry after a conflict. */
      readonly expectedRevision?: number,
      /** What its sender said of the envelope; a correction takes the rest over from the entry. */
      readonly said: EnvelopeSaid = {},
    ) {
      super();
    }
  }
  return NominalOrder;
};

export class RegisterPerson extends order('RegisterPerson') {}
export class CorrectPerson extends order('CorrectPerson') {}
export class AddPersonAlias extends order('AddPersonAlias') {}
export class VoidPersonEntry extends order('VoidPersonEntry') {}

/** The message class of every command about a person. */
export const nominalMessages = {
  RegisterPerson, CorrectPerson, AddPersonAlias, VoidPersonEntry,
} satisfies { readonly [T in NominalCommandName]: ReturnType<typeof order<T>> };

export type NominalMessage = InstanceType<(typeof nominalMessages)[NominalCommandName]>;
