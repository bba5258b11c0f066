import type { HistoryEntry } from '#contexts/investigations';
import type { DataSubjectEventType, DataSubjectState, OpenedText, PersonAction, RetentionItem } from '#contexts/oversight';
import { one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { counted, formatDay, formatEffective, formatNumber } from '../../words/format';
import { authorityWords, decisionWords, erasureGroundWords, groupWords, measureWords, restrictionWords, rightsEventWords } from '../../words/rights';
import type { MeasureShown } from './rights-desk';
import { redactionField } from './rights-form';
import type { RightsError } from './rights-form';
import { requestToDecide, rightsTasks } from './rights-tasks';
import type { RightsField, RightsTask } from './rights-tasks';

export interface RightsView {
  /** `PER-` reference; no name stands on these pages. */
  readonly reference: string;
  readonly state: DataSubjectState;
  readonly decisions: readonly HistoryEntry[];
  readonly measures: readonly MeasureShown[];
  readonly retention?: RetentionItem;
  /** What the reader may do with the person. */
  readonly may: (action: PersonAction) => boolean;
  /** Whether the reader may take a decision. */
  readonly decides: (task: RightsTask) => boolean;
}

type Said = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  return value === undefined ? undefined : '(erased)';
};

/** What a decision says beside its title, in words. */
const detailOf = ({ type, data }: HistoryEntry): readonly string[] => {
  const { reason, authority, ground, decision, group, nextReviewOn, informedOn, note, criteria, basis, keysDestroyed, textsRedacted, recipientsToTell } = data as Said;
  const refused = type === 'ErasureRefused';
  return [
    reason && restrictionWords[reason as keyof typeof restrictionWords], authority && authorityWords[authority as keyof typeof authorityWords],
    ground && !refused && erasureGroundWords[ground as keyof typeof erasureGroundWords], group && groupWords[group as keyof typeof groupWords], decision && decisionWords[decision as keyof typeof decisionWords],
    nextReviewOn && `Next review on ${formatDay(String(nextReviewOn))}`, informedOn && `Told on ${formatDay(String(informedOn))}`,
    textOf(note), textOf(criteria), textOf(basis),
    keysDestroyed !== undefined && `${counted(Number(keysDestroyed), 'key')} destroyed, ${counted(Number(textsRedacted), 'text')} redacted, ${counted((recipientsToTell as readonly string[]).length, 'recipient')} to tell`,
  ].filter((line): line is string => typeof line === 'string' && line !== '');
};

const erasureRows = ({ erasures, erased }: DataSubjectState) => Object.values(erasures).filter(({ stage }) => !erased && stage !== 'REFUSED' && stage !== 'WITHDRAWN')
  .map(({ requestedBy, stage }) => ({ key: 'Erasure', value: stage === 'REQUESTED' ? [`Requested by ${requestedBy.id}`, 'Another person must authorise it'] : ['Authorised, and not yet complete'] }));

const rowsOf = ({ state, retention }: RightsView) => [
  { key: 'Processing', value: state.restrictions.length === 0 ? ['Not restricted'] : ['Restricted', ...state.restrictions.map((reason) => restrictionWords[reason])] },
  { key: 'Legal holds', value: state.holds.length === 0 ? ['None'] : [`${formatNumber(state.holds.length)} ${state.holds.length === 1 ? 'stands' : 'stand'}`] },
  { key: 'Retention group', value: [groupWords[retention?.group ?? 'NONE'], ...(retention?.decision ? [decisionWords[retention.decision]] : [])] },
  { key: 'Next review', value: [retention?.nextReviewOn ? formatDay(retention.nextReviewOn) : 'No date'] },
  ...erasureRows(state),
];

/** What keeps an erasure from being authorised, as far as the reader may know of it. */
const obstaclesOf = ({ state: { holds, restrictions }, measures }: RightsView): readonly { readonly text: string; readonly href?: string }[] => [
  ...measures.map(({ reference, measure }) => ({ text: `${measureWords[measure]} on ${reference}`, href: `/investigations/${reference}` })),
  ...(holds.length > 0 ? [{ text: counted(holds.length, 'legal hold') }] : []),
  ...restrictions.filter((reason) => reason !== 'ACCURACY_DISPUTE_S47_3').map((reason) => ({ text: restrictionWords[reason] })),
];

/** The rights of one person: how things stand, what binds them, what can be decided and what was. */
export const rightsPage = (view: RightsView): Page => {
  const { reference, state, may, decides } = view;
  const own = `/people/${reference}/rights`;
  return {
    view: 'pages/rights/rights.njk', title: `Rights and retention of ${reference}`, section: 'people',
    model: {
      reference, heading: 'Rights and retention', erased: state.erased, rows: rowsOf(view),
      obstacles: state.erased ? undefined : obstaclesOf(view),
      tasks: state.erased ? [] : rightsTasks.filter((task) => task.offered(state) && decides(task)).map(({ slug, title }) => ({ text: title, href: `${own}/${slug}` })),
      extract: may('extractSubject') ? `${own}/extract` : undefined,
      decisions: [...view.decisions].reverse().map((entry) => ({
        number: formatNumber(entry.number), title: rightsEventWords[entry.type as DataSubjectEventType], by: entry.actor.kind === 'system' ? 'the program' : entry.actor.id, when: formatEffective(entry.effectiveAt), lines: detailOf(entry),
      })),
    },
  };
};

export interface RightsFormView {
  readonly reference: string;
  readonly task: RightsTask;
  readonly token: string;
  readonly typed: Fields;
  readonly errors: readonly RightsError[];
  readonly decisions: readonly HistoryEntry[];
  readonly state: DataSubjectState;
  readonly texts: readonly OpenedText[];
  /** Texts that the reader may not read. */
  readonly unread: number;
}

const holdsStanding = ({ decisions, state }: RightsFormView): RightsField['options'] =>
  decisions.filter(({ type, data }) => type === 'LegalHoldPlaced' && state.holds.includes((data as { readonly holdId: string }).holdId))
    .map(({ number, data }) => ({ value: (data as { readonly holdId: string }).holdId, text: `${authorityWords[(data as { readonly authority: keyof typeof authorityWords }).authority]} (event ${formatNumber(number)})` }));

const fieldModel = (field: RightsField, view: RightsFormView) => ({
  ...field, value: one(view.typed, field.name), error: view.errors.find((error) => error.field === field.name)?.text,
  options: (field.name === 'holdId' ? holdsStanding(view) : field.options)?.map((option) => ({ ...option, checked: option.value === one(view.typed, field.name) })),
});

const textModel = (text: OpenedText, i: number, view: RightsFormView) => ({
  name: redactionField(text), label: `Text ${i + 1}: what remains`, words: text.words ?? '(erased)', mandatory: text.mandatory, number: formatNumber(text.number),
  href: `/events/${text.number}`, value: one(view.typed, redactionField(text)), error: view.errors.find(({ field }) => field === redactionField(text))?.text,
});

/** One decision's form. Of an erasure, with every text that stays and may speak of the person. */
export const rightsFormPage = (view: RightsFormView): Page => {
  const { reference, task, token, errors, texts } = view;
  const own = `/people/${reference}/rights`;
  return {
    view: 'pages/rights/rights-form.njk', title: `${task.title}: ${reference}`, section: 'people', ...(errors.length > 0 && { status: 422 }),
    model: {
      read: { checked: one(view.typed, 'read') === 'yes', error: errors.find(({ field }) => field === 'read')?.text },
      reference, heading: task.title, token, path: `${own}/${task.slug}`, back: own, button: task.button, requestId: requestToDecide(view.state), erasing: task.command === 'AuthoriseErasure', unread: view.unread,
      fields: task.fields.map((field) => fieldModel(field, view)), texts: texts.map((text, i) => textModel(text, i, view)),
      summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
    },
  };
};
