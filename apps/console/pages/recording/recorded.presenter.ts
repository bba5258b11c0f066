import type { RecordedEvent } from '#kernel';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { wordsOf } from '../../words/events';
import { formatNumber } from '../../words/format';

export interface RecordedInput {
  readonly event: RecordedEvent;
  /** `INV-` reference of the investigation. */
  readonly reference: string;
  /** False while the read models have not taken it in. */
  readonly visible: boolean;
}

const likeliest: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  InvestigationOpened: [['Link a suspect', 'link-suspect'], ['Allocate to an officer', 'allocate'], ['Record another crime', 'crime']],
  CrimeRecorded: [['Link a suspect', 'link-suspect'], ['Allocate to an officer', 'allocate'], ['Record another crime', 'crime']],
  SuspectLinked: [['Link another suspect', 'link-suspect'], ['Record a supervisor review', 'review']],
};

const ofSuspect: readonly (readonly [string, string])[] = [['Arrested', 'arrest'], ['Interviewed under caution', 'interview'], ['Charged', 'charge']];

/** Says that it is recorded, under which number, and offers the likeliest next tasks. */
export const recordedPage = ({ event, reference, visible }: RecordedInput): Page => {
  const base = `/investigations/${reference}`;
  const { linkId } = event.data as { linkId?: string };
  const tasks = (likeliest[event.type] ?? []).map(([text, slug]) => ({ text, href: `${base}/record/${slug}` }));
  const about = linkId === undefined ? [] : ofSuspect.map(([text, slug]) => ({ text: `Same suspect: ${text.toLowerCase()}`, href: address(`${base}/record/${slug}`, { link: linkId }) }));
  return {
    view: 'pages/recording/recorded.njk', title: 'Recorded', section: 'investigations',
    model: {
      title: 'Recorded', what: wordsOf(event.type).title, number: formatNumber(event.number), reference, visible,
      tasks: [...about, ...tasks].slice(0, 3),
      links: [
        { text: `See ${reference}`, href: base }, { text: 'See its history', href: `${base}/history#event-${event.number}` },
        { text: 'Correct what you just recorded', href: address('/corrections/new', { event: String(event.number) }) },
        { text: 'Open another investigation', href: '/investigations/new' },
      ],
    },
  };
};
