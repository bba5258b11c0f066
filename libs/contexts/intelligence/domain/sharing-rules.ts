import { outsideRoutes } from './codes';
import type { IntelligenceAction } from './codes';
import { written } from './grade';
import type { Grade, HandlingConditions } from './grade';
import { refuse } from './intelligence.errors';
import type { DisseminatedItem, IntelligenceEvent } from './intelligence.events';
import type { HeldItem, IntelligenceState } from './intelligence.state';

const conditionsOf = (grade: Grade | undefined): HandlingConditions | undefined => (grade?.scheme === 'S3X5X2' ? grade.conditions : undefined);

/** The items of these ids. @throws IntelligenceRefused where one is not there */
export const itemsOf = ({ items }: IntelligenceState, itemIds: readonly string[]): readonly HeldItem[] =>
  itemIds.map((itemId) => items[itemId] ?? refuse('ITEM_UNKNOWN', { field: 'itemIds', itemId }));

/** Once something of a report is sanitised, nothing of it is shared as it was written. */
const textOf = ({ itemId, saidBy, sanitisedBy }: HeldItem, { submission, items }: IntelligenceState): Pick<DisseminatedItem, 'text' | 'textOf'> => {
  if (sanitisedBy !== undefined) return { text: 'SANITISED', textOf: sanitisedBy };
  if (submission?.sourceType === 'SENSITIVE_REGISTERED') refuse('SOURCE_NEEDS_SANITISED_TEXT', { field: 'itemIds', itemId });
  if (Object.values(items).some((other) => other.sanitisedBy !== undefined)) refuse('ITEM_NOT_SANITISED', { field: 'itemIds', itemId });
  return { text: 'ORIGINAL', textOf: saidBy };
};

type Sharing = Pick<Extract<IntelligenceEvent, { type: 'IntelligenceDisseminated' }>['data'], 'route' | 'recipients' | 'agreement' | 'originatorAgreed'>;

/**
 * The items as they are handed over, with the grades and conditions that stand: a recipient gets none without (DPA 2018 s.38(5)(b)).
 * @throws IntelligenceRefused when conditions forbid it, nobody receives it, or it leaves the police without an agreement
 */
export const handedOver = (state: IntelligenceState, itemIds: readonly string[], { route, recipients, agreement, originatorAgreed }: Sharing): readonly DisseminatedItem[] => {
  if (recipients.length === 0) refuse('DISSEMINATION_NEEDS_RECIPIENTS', { field: 'recipients' });
  if (itemIds.length === 0) refuse('REPORT_NEEDS_AN_ITEM', { field: 'itemIds' });
  if (outsideRoutes.has(route) && !agreement) refuse('SHARING_NEEDS_AGREEMENT', { field: 'agreement' });
  return itemsOf(state, itemIds).map((item) => {
    const { itemId, grade, gradedBy } = item;
    if (!grade || gradedBy === undefined) return refuse('ITEM_NOT_GRADED', { field: 'itemIds', itemId });
    const { action, sanitisation } = conditionsOf(grade) ?? {};
    if ((action === 'A1' || sanitisation === 'S2') && !originatorAgreed) refuse('ORIGINATOR_MUST_AGREE', { field: 'originatorAgreed', itemId });
    return { itemId, ...textOf(item, state), evaluation: gradedBy, scheme: grade.scheme, grade: written(grade), ...(action && { action }), ...(sanitisation && { sanitisation }) };
  });
};

/**
 * Whether the conditions of these items allow an action: under A1 only development without the originator's agreement, under A2 nothing overt.
 * @throws IntelligenceRefused
 */
export const checkAction = (state: IntelligenceState, itemIds: readonly string[], action: IntelligenceAction, originatorAgreed: boolean): void => {
  if (itemIds.length === 0) refuse('REPORT_NEEDS_AN_ITEM', { field: 'itemIds' });
  for (const { itemId, grade } of itemsOf(state, itemIds)) {
    const allowed = conditionsOf(grade)?.action;
    if (allowed === 'A1' && action !== 'DEVELOPED' && !originatorAgreed) refuse('ORIGINATOR_MUST_AGREE', { field: 'originatorAgreed', itemId });
    if (allowed === 'A2' && action === 'OVERT') refuse('COVERT_USE_ONLY', { field: 'action', itemId });
  }
};
