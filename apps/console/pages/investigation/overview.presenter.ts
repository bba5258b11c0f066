import type { InvestigationItem, OutstandingSuspectItem, Sensitivity } from '#contexts/investigations';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { counted, formatEffective, formatKnown, formatNumber } from '../../words/format';
import { outcomeWords } from '../../words/values';
import { recordTopic } from '../../live/topics';
import { asAtBar, countedLine } from '../as-at/bar';
import type { BarStep } from '../as-at/bar';
import { pastMark } from '../as-at/looking';
import type { Looking } from '../as-at/looking';
import { investigationAction } from '../../../guard';
import type { InvestigationAction } from '#contexts/oversight';
import { investigationTasks, suspectTasks } from '../recording/offered';
import { caseHeader } from './case-header';
import type { CaseView, CrimeView, SuspectView } from './case-view';
import { crimeWords, lookupsOf } from './lookups';
import { openedText, statusRows, suspectRows } from './overview-rows';
import type { PersonName } from '../../reading/people';

export interface OverviewInput {
  readonly looking: Looking;
  readonly item: InvestigationItem;
  readonly view: CaseView;
  readonly people: ReadonlyMap<string, PersonName>;
  readonly outstanding: readonly OutstandingSuspectItem[];
  readonly number: number;
  readonly lagSeconds: number;
  readonly steps: readonly BarStep[];
  readonly sensitivity?: Sensitivity;
  /** Whether the reader may do this with the investigation: what they may not is not offered. */
  readonly may: (action: InvestigationAction) => boolean;
}

const ownershipRows = ({ view, item }: OverviewInput) => [
  { key: 'Officer in the case', value: item.officer ?? 'Not allocated' },
  { key: 'Team', value: item.team ?? 'No team' },
  { key: 'Supervisor', value: view.supervisor ?? 'Not recorded' },
  { key: 'Reviews', value: view.reviewEveryDays ? `Every ${counted(view.reviewEveryDays, 'day')}` : 'No plan set' },
  { key: 'Last review', value: view.lastReviewAt ? formatEffective(view.lastReviewAt) : 'None recorded' },
];

const personLink = ({ nominalId }: SuspectView, people: OverviewInput['people'], { carried }: Looking): { href?: string } => {
  const person = nominalId === undefined ? undefined : people.get(nominalId);
  return person ? { href: address(`/people/${person.reference}`, carried) } : {};
};

const suspectsOf = ({ view, people, outstanding, item, looking, may }: OverviewInput) => {
  const lookups = lookupsOf(view, people);
  return view.suspects.map((suspect) => {
    const wait = outstanding.find(({ linkId }) => linkId === suspect.linkId);
    return {
      name: lookups.suspect(suspect.linkId), ...personLink(suspect, people, looking), rows: suspectRows(suspect, wait, view),
      tag: !suspect.live ? { text: 'No longer a suspect', colour: 'govuk-tag--grey' }
        : wait ? { text: `Outstanding ${counted(wait.waitDays, 'day')}`, colour: wait.waitDays > 84 ? 'govuk-tag--red' : 'govuk-tag--orange' }
          : { text: 'Not outstanding', colour: 'govuk-tag--green' },
      tasks: looking.past || !suspect.live ? [] : suspectTasks(suspect).filter(({ command }) => may(investigationAction(command))).map(({ text: label, slug }) =>
        ({ text: label, href: address(`/investigations/${item.reference}/record/${slug}`, { link: suspect.linkId }) })),
    };
  });
};

const offenceWords = ({ offenceFrom, offenceTo }: CrimeView): string => {
  if (!offenceFrom) return offenceTo ? `Offence up to ${formatKnown(offenceTo)}` : 'Date of offence not recorded';
  return offenceTo && offenceTo !== offenceFrom ? `Offence from ${formatKnown(offenceFrom)} to ${formatKnown(offenceTo)}` : `Offence ${formatKnown(offenceFrom)}`;
};

const crimesOf = ({ view }: OverviewInput) => view.crimes.map((crime) => ({
  name: crimeWords(crime),
  when: offenceWords(crime),
  outcome: crime.outcome ? `${outcomeWords(crime.outcome)}` : 'No outcome yet',
  outcomeAt: crime.outcomeAt ? formatEffective(crime.outcomeAt) : '',
}));

// The buttons at the head offer nothing that the list below would not.
const foremost: readonly string[] = ['link-suspect', 'crime', 'reopen'];

/** One investigation at a glance: status, ownership, crimes and outcomes, suspects with their state and wait. */
export const overviewPage = (input: OverviewInput): Page => {
  const { looking, item, view, number } = input;
  const base = `/investigations/${item.reference}`;
  const tasks = (looking.past ? [] : investigationTasks(item, view).filter(({ command }) => input.may(investigationAction(command)))).map(({ text: label, slug }) => ({ text: label, slug, href: `${base}/record/${slug}` }));
  return {
    view: 'pages/investigation/overview.njk', title: item.reference, section: 'investigations', past: pastMark(looking, base),
    counted: `Counted to ledger event ${formatNumber(number)}.`,
    live: { topic: recordTopic(item.investigationId), since: number, update: base },
    model: {
      header: caseHeader(view, item, 'overview', looking.carried, input),
      bar: asAtBar(looking, {
        action: base, lines: [countedLine(looking, number, input.lagSeconds)], steps: input.steps,
        pastNote: ' Later events are hidden. You cannot make changes.',
      }),
      errors: looking.errors,
      summary: openedText(view.summary), plan: openedText(view.plan),
      status: statusRows(view, item), ownership: ownershipRows(input), crimes: crimesOf(input), suspects: suspectsOf(input),
      buttons: tasks.filter(({ slug }) => foremost.includes(slug)), tasks,
      back: address('/investigations', looking.carried),
    },
  };
};
