import { dayNumber, msOf, officerKey } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { Patch, Row, Table } from '#platform/read-store';
import { reviewPeriodOf } from '../domain/case-review';
import type { CaseState } from '../domain/case-state';
import type { EscalationEvent, InvestigationEvent } from '../domain/investigation.events';
import type { ReviewPeriod } from '../domain/review-interval';
import { escalationTable, reviewWatchTable, suspectWatchTable } from './escalation.tables';

interface Raised {
  readonly kind: EscalationEvent['type'];
  readonly link: string | null;
  readonly since: number;
  readonly number: number;
  readonly recordedAt: number;
}

interface Shown {
  readonly table: Table;
  readonly row: Row;
}

/** What was escalated on one investigation and answered, by event id, and the rows that say so. */
export interface Escalations {
  readonly raised: Map<string, Raised>;
  /** By the event that answers: which event it answers. */
  readonly answers: Map<string, string>;
  shown: ReadonlyMap<string, Shown>;
}

export const noEscalations = (): Escalations => ({ raised: new Map(), answers: new Map(), shown: new Map() });

/** Takes in one event; false when it is about something else. */
export const noteEscalation = ({ raised, answers }: Escalations, event: RecordedEvent): boolean => {
  const { type, data, metadata: { corrects, recordedAt } } = event as RecordedEvent<InvestigationEvent> & InvestigationEvent;
  switch (type) {
    case 'OverdueReviewEscalated':
    case 'OutstandingSuspectEscalated': {
      const link = type === 'OutstandingSuspectEscalated' ? data.linkId : null;
      raised.set(event.id, { kind: type, link, since: dayNumber(data.since), number: event.number, recordedAt: msOf(recordedAt) });
      return true;
    }
    case 'EscalationAnswered': answers.set(event.id, data.escalation); return true;
    case 'EntryVoided': return corrects !== undefined && answers.delete(corrects.event);
    default: return false;
  }
};

interface Subject {
  readonly opener: number;
  readonly investigation: string;
}

const planDueOf = ({ since, planDays }: ReviewPeriod): number | null => (planDays === null ? null : since + planDays);

const watching = function* ({ raised }: Escalations, { opener, investigation }: Subject, state: CaseState): Generator<Shown> {
  const done = new Set([...raised.values()].map(({ link, since }) => `${link} ${since}`));
  const period = reviewPeriodOf(state);
  if (period && !done.has(`null ${period.since}`)) yield { table: reviewWatchTable, row: { opener, investigation, since: period.since, initial: period.initial ? 1 : 0, dueOn: planDueOf(period) } };
  for (const { linkId: link, episode } of state.links.values())
    if (episode && !done.has(`${link} ${episode.startOn}`)) yield { table: suspectWatchTable, row: { opener, link, investigation, since: episode.startOn } };
};

const goesOn = ({ link, since }: Raised, state: CaseState): boolean => (link === null ? reviewPeriodOf(state)?.since : state.links.get(link)?.episode?.startOn) === since;

const escalated = function* ({ raised, answers }: Escalations, { opener, investigation }: Subject, state: CaseState): Generator<Shown> {
  const answered = new Set(answers.values());
  for (const [event, one] of raised) {
    const stands = !answered.has(event) && goesOn(one, state);
    const period = stands && one.link === null ? reviewPeriodOf(state) : null;
    yield {
      table: escalationTable,
      row: {
        opener, investigation, event, ...one, supervisor: state.supervisor === null ? null : officerKey(state.supervisor),
        standing: stands ? 1 : 0, initial: period?.initial ? 1 : 0, planDue: period && planDueOf(period),
      },
    };
  }
};

const keyOf = ({ table: { name, key }, row }: Shown): string => [name, ...key.map((column) => row[column])].join(' ');

const same = (a: Row, b: Row): boolean => Object.keys(a).every((column) => a[column] === b[column]);

/** What changes with an event that leaves the investigation in this state. */
export const patchEscalations = (memory: Escalations, subject: Subject, state: CaseState): readonly Patch[] => {
  const { shown } = memory;
  const next = new Map([...watching(memory, subject, state), ...escalated(memory, subject, state)].map((each) => [keyOf(each), each]));
  memory.shown = next;
  const gone = [...shown].filter(([key]) => !next.has(key)).map(([, { table, row }]): Patch => ({ table: table.name, unset: Object.fromEntries(table.key.map((column) => [column, row[column]!])) }));
  const news = [...next].filter(([key, { row }]) => !same(row, shown.get(key)?.row ?? {})).map(([, { table, row }]): Patch => ({ table: table.name, set: row }));
  return [...gone, ...news];
};
