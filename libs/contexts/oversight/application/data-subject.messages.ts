import { Command } from '@nestjs/cqrs';
import type { CommandContext, NominalId } from '#kernel';
import type { Receipt } from '#platform/event-store';
import type { DataSubjectCommand } from '../domain/data-subject.commands';

/** Commands that people send; those of the erasure run do not pass this way. */
export type DataSubjectCommandName = Exclude<DataSubjectCommand['type'], 'BeginErasure' | 'CompleteErasure'>;

/** What a sender says; what an erasure must take into account is looked up when it is handled. */
export type DataSubjectCommandData<T extends DataSubjectCommandName> = Omit<Extract<DataSubjectCommand, { type: T }>['data'], 'findings'>;

const order = <T extends DataSubjectCommandName>(type: T) => {
  /** A decision about a person's data on its way over the bus. */
  class DataSubjectDecision extends Command<Receipt> {
    readonly type = type;
    constructor(
      readonly nominalId: NominalId, readonly data: DataSubjectCommandData<T>, readonly context: CommandContext,
      /** The revision the sender saw; no retry after a conflict. */
      readonly expectedRevision?: number,
    ) {
      super();
    }
  }
  return DataSubjectDecision;
};

export class RestrictProcessing extends order('RestrictProcessing') {}
export class LiftRestriction extends order('LiftRestriction') {}
export class PlaceLegalHold extends order('PlaceLegalHold') {}
export class ReleaseLegalHold extends order('ReleaseLegalHold') {}
export class ReviewRetention extends order('ReviewRetention') {}
export class RequestErasure extends order('RequestErasure') {}
export class WithdrawErasureRequest extends order('WithdrawErasureRequest') {}
export class RefuseErasure extends order('RefuseErasure') {}
export class AuthoriseErasure extends order('AuthoriseErasure') {}

/** The message class of every decision about a person's data. */
export const dataSubjectMessages = {
  RestrictProcessing, LiftRestriction, PlaceLegalHold, ReleaseLegalHold, ReviewRetention, RequestErasure, RefuseErasure, AuthoriseErasure, WithdrawErasureRequest,
} satisfies { readonly [T in DataSubjectCommandName]: ReturnType<typeof order<T>> };

export type DataSubjectMessage = InstanceType<(typeof dataSubjectMessages)[DataSubjectCommandName]>;

/** A message, as far as it is handled. */
export type DataSubjectOrder = Pick<DataSubjectMessage, 'nominalId' | 'type' | 'data' | 'context' | 'expectedRevision'>;
