import type { FieldError } from '../../forms/when';
import { personFieldWords } from '../../words/people';
import type { Task } from './tasks';

const others: Readonly<Record<string, string>> = { reason: 'Reason', effectiveAt: 'Date', ...personFieldWords };

/** A fault in the words of the form: `Team must be at most 100 characters`, `Offences charged, line 2, must be ...`. */
export const labelled = (task: Pick<Task, 'fields'>, field: string, message: string): FieldError => {
  const own = field.replace(/^data\./, '').replace(/^crimes\[0\]\./, '');
  const name = own.replace(/[[.].*$/, '');
  const line = /^charges\[(\d+)\]/.exec(own)?.[1];
  const label = task.fields.find((each) => each.name === name)?.label ?? others[name] ?? name;
  const words = line === undefined ? label : `${label}, line ${Number(line) + 1},`;
  const fault = message.startsWith(field) ? message.slice(field.length) : message.startsWith(`each of ${field}`) ? message.slice(`each of ${field}`.length) : undefined;
  const box = name === 'dateOfBirth' ? 'birth-day' : name === 'effectiveAt' ? 'when-day' : name;
  if (fault === undefined) return { field: box, text: message };
  return { field: box, text: words + (/must be one of /.test(fault) ? ' must be one of the list' : fault) };
};
