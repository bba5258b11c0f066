import { effectiveStart } from '#kernel';
import type { EffectiveAt } from '#kernel';
import type { InvestigationItem, OutstandingSuspectItem } from '#contexts/investigations';
import { bailWords, cancelWords, chargeWords, circulationWords, kindWords, qualityWords, reopenWords, themeWords } from '../../words/codes';
import { startOf, wordsOf } from '../../words/events';
import { formatDay, formatEffective } from '../../words/format';
import type { CaseView, ClosingView, Opened, SuspectView } from './case-view';

interface Row {
  readonly key: string;
  readonly value: string;
}

/** A sealed text, or that it was erased. */
export const openedText = (value: Opened | undefined, none = ''): string => (value === undefined ? none : typeof value === 'string' ? value : '(erased)');

const row = (key: string, value: string | undefined): Row[] => (value === undefined ? [] : [{ key, value }]);

const closingNames: Record<ClosingView['type'], string> = { InvestigationFinalised: 'Finalised', InvestigationTransferred: 'Transferred', InvestigationCancelled: 'Cancelled' };

const closingRows = (closing: ClosingView | undefined): Row[] => {
  if (!closing) return [];
  const { type, at, approvedBy, toForce, reason, closingSummary } = closing;
  const how = [approvedBy && `, approved by ${approvedBy}`, toForce && `, to ${toForce}`, reason && `: ${cancelWords[reason]}`].filter(Boolean).join('');
  return [{ key: closingNames[type], value: formatEffective(at) + how }, ...row('Closing summary', closingSummary && openedText(closingSummary))];
};

/** What the status card says: what kind of investigation, where it stands, and how it came to that. */
export const statusRows = (view: CaseView, item: Pick<InvestigationItem, 'kind' | 'area' | 'themes'>): readonly Row[] => [
  { key: 'Kind', value: kindWords[item.kind] },
  { key: 'Area', value: item.area },
  { key: 'Exploitation', value: item.themes.map((theme) => themeWords[theme]).join(', ') || 'Not marked' },
  { key: 'Opened', value: formatEffective(view.openedAt) },
  ...row('Reopened', view.reopening && `${formatEffective(view.reopening.at)}: ${reopenWords[view.reopening.grounds]}`),
  ...closingRows(view.closing),
];

const dated = (type: string, at: EffectiveAt): string => `${wordsOf(type).title}, ${formatEffective(at)}`;

const startMs = (at: EffectiveAt): number => (at.precision === 'unknown' ? Infinity : effectiveStart({ metadata: { effectiveAt: at } as never }));

const closedWords: Record<ClosingView['type'], string> = {
  InvestigationFinalised: 'The investigation is finalised', InvestigationTransferred: 'The investigation is transferred to another force', InvestigationCancelled: 'The investigation is cancelled',
};

/** Why a suspect is not outstanding, in words; undefined where nothing on the record says it. */
export const whyNotOutstanding = ({ live, last, lastAt, quality, dealtWith, knownAt }: SuspectView, { closing }: Pick<CaseView, 'closing'>): string | undefined => {
  if (!live) return dated(last, lastAt);
  if (quality === 'NAMED' && dealtWith) {
    const early = knownAt !== undefined && startMs(dealtWith.at) < startMs(knownAt);
    return `${dated(dealtWith.type, dealtWith.at)}${early ? ', before the suspect was linked or named' : ''}`;
  }
  if (closing) return closedWords[closing.type];
  return quality === 'NAMED' ? undefined : 'Not named, so nobody can be sought';
};

const outstandingWords = ({ episodeStartedOn, startedBy, earlierStartOn }: OutstandingSuspectItem): string =>
  `${formatDay(episodeStartedOn)} (${startOf(startedBy)})${earlierStartOn ? `; first from ${formatDay(earlierStartOn)}` : ''}`;

const bailRows = ({ bail }: SuspectView): Row[] => (bail ? [
  { key: 'Bail', value: `${bailWords[bail.regime]}, from ${formatEffective(bail.at)}` },
  { key: 'Return on', value: bail.returnOn ? formatDay(bail.returnOn) : 'No day recorded' },
  ...row('Bail conditions', bail.conditions && openedText(bail.conditions)),
] : []);

const circulationText = ({ circulation }: SuspectView): string | undefined =>
  circulation && [circulationWords[circulation.circulation], circulation.circulationReference, formatEffective(circulation.at)].filter(Boolean).join(', ');

const chargesText = ({ charges }: SuspectView): string | undefined =>
  charges?.map(({ offence, method }) => `${offence} (${(chargeWords as Readonly<Record<string, string>>)[method] ?? method})`).join('\n');

/** What the card of a suspect says. */
export const suspectRows = (suspect: SuspectView, outstanding: OutstandingSuspectItem | undefined, view: Pick<CaseView, 'closing'>): readonly Row[] => [
  { key: 'How well known', value: qualityWords[suspect.quality] },
  ...row('Description', suspect.description && openedText(suspect.description)),
  ...row('Outstanding since', outstanding && outstandingWords(outstanding)),
  ...row('Not outstanding because', outstanding ? undefined : whyNotOutstanding(suspect, view)),
  { key: 'Last event', value: dated(suspect.last, suspect.lastAt) },
  ...row('Custody number', suspect.custodyNumber),
  ...bailRows(suspect),
  ...row('Circulated', circulationText(suspect)),
  ...row('Offences charged', chargesText(suspect)),
];
