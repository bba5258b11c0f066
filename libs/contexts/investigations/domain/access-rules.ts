import { officerKey } from '#kernel';
import type { CommandContext, RecordedEvent } from '#kernel';
import { inEffectiveOrder } from './casebook';
import type { Casebook, Entry } from './casebook';
import { operationKey } from './codes';
import type { InvestigationCommand } from './investigation.commands';
import { refuse } from './investigation.errors';
import type { InvestigationRefusal } from './investigation.errors';
import { accessFacts } from './investigation.events';
import type { InvestigationEvent, InvestigationEventType } from './investigation.events';
import type { InvestigationState } from './investigation.state';
import { couldSeparate, needsStanding } from './order-of-facts';
import { afterOpening } from './record-rules';

/** A later reassessment is not overtaken by one that is dated before it. Open or closed makes no difference. */
export const sensitivityRule = (entry: Entry<'SensitivityReassessed'>, book: Casebook): void => {
  afterOpening(entry, book);
  if (book.of('SensitivityReassessed').some((other) => inEffectiveOrder(entry, other) < 0)) refuse('SENSITIVITY_REASSESSED_LATER', { field: 'effectiveAt' });
};

const ofOperation = <T extends 'OperationLinked' | 'OperationUnlinked'>(book: Casebook, type: T, operation: string): readonly Entry<T>[] =>
  book.of(type).filter(({ data }) => operationKey(data.operation) === operationKey(operation));

export const operationRule = (entry: Entry<'OperationLinked'>, book: Casebook): void => {
  afterOpening(entry, book);
  const { operation } = entry.data;
  const unlinked = ofOperation(book, 'OperationUnlinked', operation);
  if (ofOperation(book, 'OperationLinked', operation).some((linked) => !couldSeparate(unlinked, linked, entry))) refuse('OPERATION_ALREADY_LINKED', { field: 'operation' });
};

export const unlinkingRule = (entry: Entry<'OperationUnlinked'>, book: Casebook): void => {
  afterOpening(entry, book);
  const { operation } = entry.data;
  needsStanding(ofOperation(book, 'OperationLinked', operation), ofOperation(book, 'OperationUnlinked', operation), entry, 'OPERATION_NOT_LINKED', 'operation');
};

/** A fact of the sensitive track needs a SENSITIVE record, or the reassessment that makes it one; an entry that is on that track already may be put right. */
export const trackRule = ({ type, data, context }: InvestigationCommand, { opening, sensitivity, recorded }: InvestigationState): void => {
  if (type === 'OpenInvestigation' || context.track !== 'SENSITIVE' || !opening || sensitivity === 'SENSITIVE') return;
  if (type === 'ReassessSensitivity' && data.sensitivity === 'SENSITIVE') return;
  if ('event' in data && recorded.some(({ id, metadata }) => id === data.event && metadata.track === 'SENSITIVE')) return;
  refuse('SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD', { field: 'track' });
};

/** Fields that name who takes a decision upon themselves. */
const signatures: { readonly [T in InvestigationEventType]?: readonly [field: string, refusal: InvestigationRefusal] } = {
  InvestigationFinalised: ['approvedBy', 'APPROVAL_IN_ANOTHERS_NAME'],
  SupervisorReviewRecorded: ['supervisor', 'REVIEW_IN_ANOTHERS_NAME'],
  FinalisationReturned: ['supervisor', 'RETURN_IN_ANOTHERS_NAME'],
};

/** Who has signed in signs as themselves; a correction may leave the name that stands (`was`). Of programs, and of those not signed in, nothing is asked. */
export const signatureRule = (type: InvestigationEventType, data: object, { actor }: Pick<CommandContext, 'actor'>, was: object = {}): void => {
  const [field, refusal] = signatures[type] ?? [];
  if (actor.kind !== 'user' || !field || !refusal) return;
  const nameIn = (said: object): string => officerKey((said as Readonly<Record<string, string | undefined>>)[field] ?? '');
  if (nameIn(data) !== officerKey(actor.id) && nameIn(data) !== nameIn(was)) refuse(refusal, { field });
};

/** What decides who may see the record is neither corrected nor taken away; a correction of the opening keeps its track. */
export const decisionStands = ({ id, type, metadata: { track } }: RecordedEvent<InvestigationEvent>, context: CommandContext): void => {
  if ((accessFacts as readonly string[]).includes(type)) refuse('ACCESS_DECISION_STANDS', { event: id });
  if (type === 'InvestigationOpened' && context.track !== track) refuse('ACCESS_DECISION_STANDS', { event: id, field: 'track' });
};
