import type { Type } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Receipt } from '#platform/event-store';
import { dataSubjectMessages } from './data-subject.messages';
import type { DataSubjectMessage } from './data-subject.messages';
import { DataSubjects } from './data-subjects';

const handlerOf = (message: Type<DataSubjectMessage>): Type<ICommandHandler> => {
  @CommandHandler(message)
  class DataSubjectHandler {
    constructor(private readonly subjects: DataSubjects) {}

    execute(order: DataSubjectMessage): Promise<Receipt> {
      return this.subjects.execute(order);
    }
  }
  return DataSubjectHandler;
};

/** One handler a decision; all of one shape. */
export const dataSubjectHandlers = Object.values(dataSubjectMessages).map((message) => handlerOf(message as Type<DataSubjectMessage>));
