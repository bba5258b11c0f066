import { officerKey } from '#kernel';
import type { Fact } from '#kernel';
import type { IntelligenceStage } from './codes';
import { checkGrade, checkSubmittedGrade } from './grade-rules';
import type { IntelligenceCommand } from './intelligence.commands';
import { refuse } from './intelligence.errors';
import type { IntelligenceEvent, Item } from './intelligence.events';
import type { HeldItem, IntelligenceState } from './intelligence.state';
import { itemsOf } from './sharing-rules';

type Of<T extends IntelligenceCommand['type']> = Extract<IntelligenceCommand, { type: T }>;
type News = readonly Fact<IntelligenceEvent>[];

/** Whether the report has come so far, and no farther. @throws IntelligenceRefused */
export const at = (state: IntelligenceState, ...stages: readonly IntelligenceStage[]): void => {
  if (state.stage === 'NONE') refuse('REPORT_UNKNOWN');
  if (!(stages as readonly string[]).includes(state.stage)) refuse('REPORT_AT_ANOTHER_STAGE', { stage: state.stage });
};

const checkItems = (items: readonly Item[], gradedByUnit: boolean): void => {
  if (items.length === 0) refuse('REPORT_NEEDS_AN_ITEM', { field: 'items' });
  if (new Set(items.map(({ itemId }) => itemId)).size < items.length) refuse('ITEM_TWICE', { field: 'items' });
  for (const { itemId, grade } of items) {
    if (!grade) continue;
    if (gradedByUnit) refuse('GRADED_BY_THE_UNIT', { field: 'items', itemId });
    checkSubmittedGrade(grade, { itemId });
  }
};

/** Partners and the public grade nothing; a registered source has a number. */
export const submit = ({ data }: Of<'SubmitIntelligence'>, { stage }: IntelligenceState): News => {
  if (stage !== 'NONE') refuse('REPORT_ALREADY_SUBMITTED', { field: 'reportId' });
  if (data.sourceType === 'SENSITIVE_REGISTERED' && !data.sourceReference) refuse('REGISTERED_SOURCE_NEEDS_REFERENCE', { field: 'sourceReference' });
  checkItems(data.items, data.origin !== 'POLICE');
  return [{ type: 'IntelligenceSubmitted', data }];
};

/** The whole report again, once it was returned. */
export const resubmit = ({ data }: Of<'ResubmitIntelligence'>, state: IntelligenceState): News => {
  at(state, 'RETURNED');
  checkItems(data.items, state.submission!.origin !== 'POLICE');
  return [{ type: 'IntelligenceResubmitted', data }];
};

/** The item of this id. @throws IntelligenceRefused */
export const itemOf = (state: IntelligenceState, itemId: string): HeldItem => state.items[itemId] ?? refuse('ITEM_UNKNOWN', { field: 'itemId', itemId });

/** A grade that was written before 3x5x2 may stand as it is; every other item is graded by today's scheme. */
export const evaluate = ({ data }: Of<'EvaluateIntelligence'>, state: IntelligenceState): News => {
  at(state, 'SUBMITTED');
  for (const { itemId, grade } of data.grades) {
    itemOf(state, itemId);
    checkGrade(grade, { itemId });
  }
  const graded = new Set(data.grades.map(({ itemId }) => itemId));
  if (graded.size < data.grades.length) refuse('ITEM_TWICE', { field: 'grades' });
  const left = Object.values(state.items).find(({ itemId, grade }) => !graded.has(itemId) && grade?.scheme !== 'S5X5X5');
  if (left) refuse('ITEM_NOT_GRADED', { field: 'grades', itemId: left.itemId });
  return [{ type: 'IntelligenceEvaluated', data }];
};

/** By somebody else than whoever wrote it. */
export const sanitise = ({ data, context }: Of<'SanitiseIntelligence'>, state: IntelligenceState): News => {
  at(state, 'EVALUATED', 'LIVE');
  if (state.submitters.some((id) => officerKey(id) === officerKey(context.actor.id))) refuse('SUBMITTER_CANNOT_SANITISE');
  if (data.items.length === 0) refuse('REPORT_NEEDS_AN_ITEM', { field: 'items' });
  for (const { itemId } of data.items) itemOf(state, itemId);
  return [{ type: 'IntelligenceSanitised', data }];
};

/** Once it is evaluated. */
export const link = ({ data }: Of<'LinkIntelligence'>, state: IntelligenceState): News => {
  at(state, 'EVALUATED', 'LIVE');
  if (state.links[data.linkId]) refuse('LINK_ALREADY_RECORDED', { field: 'linkId' });
  itemsOf(state, data.itemIds);
  return [{ type: 'IntelligenceLinked', data }];
};

/** A link that was recorded. */
export const unlink = ({ data }: Of<'UnlinkIntelligence'>, { links }: IntelligenceState): News => {
  if (!links[data.linkId]) refuse('LINK_UNKNOWN', { field: 'linkId' });
  return links[data.linkId] === 'UNLINKED' ? [] : [{ type: 'IntelligenceUnlinked', data }];
};

/** Evaluated, and about somebody or something. */
export const makeLive = ({ data }: Of<'MakeIntelligenceLive'>, state: IntelligenceState): News => {
  if (state.stage === 'LIVE') return [];
  at(state, 'EVALUATED');
  if (!Object.values(state.links).includes('LINKED')) refuse('REPORT_NEEDS_A_LINK');
  return [{ type: 'IntelligenceMadeLive', data }];
};
