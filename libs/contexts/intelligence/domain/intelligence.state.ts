import type { RecordedEvent } from '#kernel';
import type { IntelligenceStage, ReportSensitivity } from './codes';
import type { Grade } from './grade';
import { underConditions } from './grade-rules';
import type { IntelligenceEvent, Item, Submission } from './intelligence.events';

/** An item as it stands: its grade is the last given. */
export interface HeldItem {
  readonly itemId: string;
  readonly grade?: Grade;
  /** Events: the one that holds its words, the one with their sanitised form, the one that gave its grade or set its conditions. */
  readonly saidBy: string;
  readonly sanitisedBy?: string;
  readonly gradedBy?: string;
}

/** One report, as far as it has come. What was done about it stands in the order of recording. */
export interface IntelligenceState {
  readonly stage: IntelligenceStage | 'NONE';
  readonly submission?: Submission;
  readonly submitters: readonly string[];
  readonly items: Readonly<Record<string, HeldItem>>;
  readonly links: Readonly<Record<string, 'LINKED' | 'UNLINKED'>>;
  readonly sensitivity: ReportSensitivity;
  /** Ids of disseminations and actions, with what they are. */
  readonly done: Readonly<Record<string, string>>;
}

export const noReport: IntelligenceState = { stage: 'NONE', submitters: [], items: {}, links: {}, sensitivity: 'STANDARD', done: {} };

const heldItems = (items: readonly Item[], event: string): IntelligenceState['items'] =>
  Object.fromEntries(items.map(({ itemId, grade }) => [itemId, { itemId, saidBy: event, ...(grade && { grade, gradedBy: event }) }]));

const withItem = (state: IntelligenceState, itemId: string, more: Partial<HeldItem>): IntelligenceState => {
  const item = state.items[itemId];
  return item ? { ...state, items: { ...state.items, [itemId]: { ...item, ...more } } } : state;
};

const withItems = <T extends { readonly itemId: string }>(state: IntelligenceState, given: readonly T[], more: (one: T) => Partial<HeldItem>): IntelligenceState =>
  given.reduce((before, one) => withItem(before, one.itemId, more(one)), state);

const conditioned = (state: IntelligenceState, { itemId, conditions }: Extract<IntelligenceEvent, { type: 'HandlingConditionsSet' }>['data'], event: string): IntelligenceState => {
  const grade = state.items[itemId]?.grade;
  return grade ? withItem(state, itemId, { grade: underConditions(grade, conditions, { itemId }), gradedBy: event }) : state;
};

/** The state after one more event. */
export const evolve = (state: IntelligenceState, event: RecordedEvent<IntelligenceEvent>): IntelligenceState => {
  const { type, data } = event as IntelligenceEvent;
  const submitters = (): readonly string[] => [...state.submitters, event.metadata.actor.id];
  switch (type) {
    case 'IntelligenceSubmitted':
      return { ...state, stage: 'SUBMITTED', submission: data, submitters: submitters(), items: heldItems(data.items, event.id), sensitivity: event.metadata.track === 'SENSITIVE' ? 'SENSITIVE' : 'STANDARD' };
    case 'IntelligenceReturned': return { ...state, stage: 'RETURNED' };
    case 'IntelligenceResubmitted': return { ...state, stage: 'SUBMITTED', submitters: submitters(), items: heldItems(data.items, event.id) };
    case 'IntelligenceRejected': return { ...state, stage: 'REJECTED' };
    case 'IntelligenceEvaluated': return withItems({ ...state, stage: 'EVALUATED' }, data.grades, ({ grade }) => ({ grade, gradedBy: event.id }));
    case 'IntelligenceSanitised': return withItems(state, data.items, () => ({ sanitisedBy: event.id }));
    case 'IntelligenceLinked': return { ...state, links: { ...state.links, [data.linkId]: 'LINKED' } };
    case 'IntelligenceUnlinked': return { ...state, links: { ...state.links, [data.linkId]: 'UNLINKED' } };
    case 'IntelligenceMadeLive': return { ...state, stage: 'LIVE' };
    case 'IntelligenceDisseminated': return { ...state, done: { ...state.done, [data.disseminationId]: data.route } };
    case 'IntelligenceActioned': return { ...state, done: { ...state.done, [data.actionId]: data.action } };
    case 'IntelligenceRegraded': return withItem(state, data.itemId, { grade: data.grade, gradedBy: event.id });
    case 'HandlingConditionsSet': return conditioned(state, data, event.id);
    case 'IntelligenceSensitivityReassessed': return { ...state, sensitivity: data.sensitivity };
    case 'TextRedacted': return state;
  }
};
