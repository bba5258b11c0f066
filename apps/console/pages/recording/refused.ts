import { DomainError, MalformedError } from '#kernel';
import { IdempotencyKeyReusedError } from '#platform/event-store';
import { InvalidRequestError } from '#platform/requests';
import { refusalSentence } from '../../../words';
import type { FieldError } from '../../forms/when';
import type { Task } from './tasks';
import { fieldOfRefusal } from './refusal-fields';

/** Why something was not recorded, each reason at the box it is about. */
export interface Refused {
  readonly errors: readonly FieldError[];
}

const reused = 'This form was recorded already, with other answers. Look at the history, and correct the entry there if it is wrong';

/** What a refusal means for the person at the form; undefined for what is no refusal but a fault. */
export const refusedOf = (task: Task, error: unknown): Refused | undefined => {
  if (error instanceof DomainError) return { errors: [{ field: fieldOfRefusal(error.code, task), text: refusalSentence(error.code) }] };
  if (error instanceof InvalidRequestError) return { errors: error.entries.map(({ field, message }) => ({ field: field.replace(/^data\./, '').replace(/\W.*$/, ''), text: message })) };
  if (error instanceof MalformedError && error.field.startsWith('effectiveAt')) return { errors: [{ field: 'when-day', text: `${task.when} ${error.rule}` }] };
  if (error instanceof IdempotencyKeyReusedError) return { errors: [{ field: 'form', text: reused }] };
  return undefined;
};
