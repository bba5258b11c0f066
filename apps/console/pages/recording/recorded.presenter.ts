import type { RecordedEvent } from '#kernel';
import type { InvestigationAction } from '#contexts/oversight';
import type { CaseAtMoment } from '../../reading/cases';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { wordsOf } from '../../words/events';
import { formatNumber } from '../../words/format';
import { nextTasks } from './next-tasks';

export interface RecordedInput {
  /** What one form recorded: its own fact first. */
  readonly events: readonly RecordedEvent[];
  /** The whole record of the investigation. */
  readonly all: readonly RecordedEvent[];
  /** The investigation as it is now; undefined while the read models have not taken it in. */
  readonly found: CaseAtMoment | undefined;
  /** `INV-` reference of the investigation. */
  readonly reference: string;
  /** False while the read models have not taken it in. */
  readonly visible: boolean;
  /** Whether the reader may do this with the investigation. */
  readonly may: (action: InvestigationAction) => boolean;
}

const numbersOf = (events: readonly RecordedEvent[]): string =>
  `${events.length > 1 ? 'Events' : 'Event'} ${events.map(({ number }) => formatNumber(number)).join(' and ')}`;

/** What was done, as the person who did it would say it. */
const doneBy = ([first, ...rest]: readonly RecordedEvent[], all: readonly RecordedEvent[]): { title: string; what: string } => {
  const { type, metadata: { corrects } } = first!;
  const what = [first!, ...rest].map((each) => wordsOf(each.type).title).join(', ');
  const target = corrects && all.find(({ id }) => id === corrects.event);
  if (!target) return { title: 'Recorded', what };
  const old = `event\u00a0${formatNumber(target.number)}`;
  if (corrects.as === 'void') return { title: 'Entry taken away', what: `${wordsOf(target.type).title}, ${old}, no longer counts` };
  return { title: 'Correction recorded', what: `${wordsOf(type).title}, in the place of ${old}` };
};

/** Says that it is recorded, under which number, and offers the likeliest next tasks. */
export const recordedPage = ({ events, all, found, reference, visible, may }: RecordedInput): Page => {
  const base = `/investigations/${reference}`;
  const first = events[0]!;
  const { title, what } = doneBy(events, all);
  const correct = { text: 'Correct what you just recorded', href: address('/corrections/new', { event: String(first.number) }) };
  return {
    view: 'pages/recording/recorded.njk', title, section: 'investigations',
    model: {
      title, what, numbers: numbersOf(events), reference, visible, tasks: found && !first.metadata.corrects ? nextTasks(found, may, first.type, (first.data as { linkId?: string }).linkId) : [],
      links: [
        { text: `See ${reference}`, href: base }, { text: 'See its history', href: `${base}/history#event-${first.number}` },
        ...(first.type === 'EntryVoided' ? [] : [correct]), { text: 'Open another investigation', href: '/investigations/new' },
      ],
    },
  };
};
