import { dayNumber, intervalOf, londonDay } from '#kernel';
import { formatDay, formatEffective } from '../../words/format';
import type { Answers } from './answers';
import type { Task } from './tasks';

const YEAR = 365 * 86_400_000;

/** What may be a mistake but need not be: asked, never refused. */
export const doubtsOf = (task: Task, { at, person, plain }: Answers, now: number): readonly string[] => {
  const doubts: string[] = [];
  if (at && at.precision !== 'unknown' && now - intervalOf(at).latest > YEAR)
    doubts.push(`${task.when}: ${formatEffective(at)}. That is more than a year ago.`);
  const birth = person?.choice === 'new' ? (person.person.dateOfBirth as string | undefined) : undefined;
  const age = birth === undefined ? undefined : Math.floor((londonDay(now) - dayNumber(birth)) / 365.25);
  if (age !== undefined && age < 10) doubts.push(`Date of birth: ${formatDay(birth!)}. A child under 10 is below the age of criminal responsibility.`);
  if (age !== undefined && age > 100) doubts.push(`Date of birth: ${formatDay(birth!)}. That makes the person more than 100 years old.`);
  if (task.command === 'OpenInvestigation' && Array.isArray(plain.themes) && plain.themes.length === 0) doubts.push('No kind of exploitation is selected.');
  return doubts;
};
