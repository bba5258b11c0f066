import { dayNumber, intervalOf, londonDay, startOfLondonDay } from '#kernel';
import { sameName } from '#contexts/nominals';
import type { CaseAtMoment } from '../../reading/cases';
import { formatDay, formatEffective } from '../../words/format';
import type { Answers } from './answers';
import type { Task } from './tasks';

const YEAR = 365 * 86_400_000;

type Known = Pick<CaseAtMoment, 'view' | 'people'>;

const beforeReturn = (task: Task, { at, plain }: Answers, { view }: Known): string[] => {
  const returnOn = view.suspects.find(({ linkId }) => linkId === plain.linkId)?.bail?.returnOn;
  if (task.command !== 'RecordFailureToAnswerBail' || !returnOn || !at || intervalOf(at).latest > startOfLondonDay(dayNumber(returnOn))) return [];
  return [`The suspect is to return on ${formatDay(returnOn)}; the date given lies before that day.`];
};

const namesakes = ({ person }: Answers, { people }: Known): string[] => {
  if (person?.choice !== 'new') return [];
  const name = [person.person.familyName, person.person.givenNames].join(' ');
  const found = [...people.values()].filter((known) => known.name !== null && sameName(known.name, name)).map(({ reference }) => reference);
  return found.length > 0
    ? [`This investigation names a person of the same name already: ${found.join(', ')}. If that is the same person, go back and choose “A person in Daybook”.`] : [];
};

/** What may be a mistake but need not be: asked, never refused. `known`: the investigation that the form is about. */
export const doubtsOf = (task: Task, answers: Answers, now: number, known?: Known): readonly string[] => {
  const { at, person, plain } = answers;
  const doubts: string[] = [];
  if (at && at.precision !== 'unknown' && now - intervalOf(at).latest > YEAR)
    doubts.push(`${task.when}: ${formatEffective(at)}. That is more than a year ago.`);
  const birth = person?.choice === 'new' ? (person.person.dateOfBirth as string | undefined) : undefined;
  const age = birth === undefined ? undefined : Math.floor((londonDay(now) - dayNumber(birth)) / 365.25);
  if (age !== undefined && age < 10) doubts.push(`Date of birth: ${formatDay(birth!)}. A child under 10 is below the age of criminal responsibility.`);
  if (age !== undefined && age > 100) doubts.push(`Date of birth: ${formatDay(birth!)}. That makes the person more than 100 years old.`);
  if (task.command === 'OpenInvestigation' && Array.isArray(plain.themes) && plain.themes.length === 0) doubts.push('No kind of exploitation is selected.');
  return known ? [...doubts, ...beforeReturn(task, answers, known), ...namesakes(answers, known)] : doubts;
};
