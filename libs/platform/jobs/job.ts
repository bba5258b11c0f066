import { MalformedError } from '#kernel';

/** A subject for which work is due: ids alone, never a name or a text. */
export interface Due {
  /** Id of what the work is about, for example of a stream. */
  readonly subject: string;
  /** When it fell due, as the reaction's query says it: a date or an instant. The same subject due at another time is another job. */
  readonly due: string;
}

/** One piece of due work. */
export interface Job extends Due {
  /** Name of the reaction that asks for it. */
  readonly reaction: string;
}

const FORMS: Readonly<Record<keyof Job, RegExp>> = {
  reaction: /^[a-z][a-z0-9-]{0,63}$/,
  subject: /^[\w.-]{1,200}$/,
  due: /^\d{4}-\d\d-\d\d(T[\d:.]{1,12}Z)?$/,
};

/**
 * The same for the same work, on every machine. Without colons, which the queue keeps for itself.
 * @throws MalformedError when a part is not plainly a code, so that no name can get into a queue with an id
 */
export const jobId = (job: Job): string => {
  for (const field of ['reaction', 'subject', 'due'] as const) if (!FORMS[field].test(job[field])) throw new MalformedError(field, 'must be a code');
  return `${job.reaction}~${job.subject}~${job.due.replaceAll(':', '')}`;
};
