import { officerKey } from '#kernel';
import type { DataSubjectCommandName, DataSubjectState } from '#contexts/oversight';
import { rightsOptions } from '../../words/rights';

/** One box or set of radios of a form. `name`: the field of the request. */
export interface RightsField {
  readonly name: string;
  readonly kind: 'radios' | 'text' | 'day';
  readonly label: string;
  /** What is said when nothing was entered; fields that are not optional have one. */
  readonly missing?: string;
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly text: string }[];
  readonly optional?: true;
}

/** A decision that can be recorded about a person's data. */
export interface RightsTask {
  readonly slug: string;
  readonly command: DataSubjectCommandName;
  readonly title: string;
  readonly button: string;
  readonly done: string;
  readonly fields: readonly RightsField[];
  /** Whether there is anything to decide as things stand. */
  readonly offered: (state: DataSubjectState) => boolean;
}

const openRequest = ({ erasures }: DataSubjectState) => Object.values(erasures).find(({ stage }) => stage === 'REQUESTED');
const radios = (name: string, label: string, options: RightsField['options'], more: Partial<RightsField> = {}): RightsField => ({ name, kind: 'radios', label, options, ...more });
const words = (name: string, label: string, more: Partial<RightsField> = {}): RightsField => ({ name, kind: 'text', label, ...more });
const day = (name: string, label: string, hint: string): RightsField => ({ name, kind: 'day', label, hint, optional: true });

/** Whether this decision is for this person: a request is withdrawn by who made it alone. */
export const isTheirs = ({ command }: RightsTask, state: DataSubjectState, { id }: { readonly id: string }): boolean =>
  command !== 'WithdrawErasureRequest' || officerKey(openRequest(state)?.requestedBy.id ?? '') === officerKey(id);

/** The request that waits to be decided; undefined when none does. */
export const requestToDecide = (state: DataSubjectState): string | undefined => openRequest(state)?.requestId;

/** Every decision, in the order in which the page offers them. */
export const rightsTasks: readonly RightsTask[] = [
  {
    slug: 'restrict', command: 'RestrictProcessing', title: 'Restrict processing', button: 'Restrict processing', done: 'Processing restricted', offered: () => true,
    fields: [radios('restriction', 'Why is processing restricted?', rightsOptions.restriction, { missing: 'Choose why processing is restricted' }), words('note', 'What it is about', { optional: true })],
  },
  {
    slug: 'lift-restriction', command: 'LiftRestriction', title: 'Lift a restriction', button: 'Lift the restriction', done: 'Restriction lifted', offered: ({ restrictions }) => restrictions.length > 0,
    fields: [
      radios('restriction', 'Which restriction is lifted?', rightsOptions.restriction, { missing: 'Choose which restriction is lifted' }),
      day('informedOn', 'When was the person told?', 'Needed where accuracy was disputed, for example 27/3/2026'),
    ],
  },
  {
    slug: 'place-legal-hold', command: 'PlaceLegalHold', title: 'Place a legal hold', button: 'Place the hold', done: 'Legal hold placed', offered: () => true,
    fields: [radios('authority', 'Who ordered it?', rightsOptions.authority, { missing: 'Choose who ordered the hold' }), words('note', 'Name or reference of the order', { optional: true })],
  },
  {
    slug: 'release-legal-hold', command: 'ReleaseLegalHold', title: 'Release a legal hold', button: 'Release the hold', done: 'Legal hold released', offered: ({ holds }) => holds.length > 0,
    fields: [radios('holdId', 'Which hold ends?', [], { missing: 'Choose which hold ends' })],
  },
  {
    slug: 'review-retention', command: 'ReviewRetention', title: 'Review retention', button: 'Record the review', done: 'Retention reviewed', offered: () => true,
    fields: [
      radios('group', 'Which retention group?', rightsOptions.group, { missing: 'Choose the retention group' }),
      radios('decision', 'What is decided?', rightsOptions.decision, { missing: 'Choose what is decided' }),
      words('criteria', 'By which criteria', { optional: true }), day('nextReviewOn', 'When is the next review?', 'Leave it empty for the date of the group'),
    ],
  },
  {
    slug: 'request-erasure', command: 'RequestErasure', title: 'Request erasure', button: 'Request erasure', done: 'Erasure requested', offered: (state) => Object.values(state.erasures).every(({ stage }) => stage === 'REFUSED' || stage === 'WITHDRAWN'),
    fields: [radios('ground', 'On which ground?', rightsOptions.ground, { missing: 'Choose the ground' }), words('basis', 'What does it rest on?', { missing: 'Enter what the request rests on' })],
  },
  {
    slug: 'authorise-erasure', command: 'AuthoriseErasure', title: 'Authorise the erasure', button: 'Erase this person for good', done: 'Person erased', offered: (state) => openRequest(state) !== undefined,
    fields: [],
  },
  {
    slug: 'withdraw-erasure-request', command: 'WithdrawErasureRequest', title: 'Withdraw the request for erasure', button: 'Withdraw the request', done: 'Request for erasure withdrawn',
    offered: (state) => openRequest(state) !== undefined, fields: [words('basis', 'Why is it withdrawn?', { optional: true })],
  },
  {
    slug: 'refuse-erasure', command: 'RefuseErasure', title: 'Refuse the erasure', button: 'Refuse the erasure', done: 'Erasure refused', offered: (state) => openRequest(state) !== undefined,
    fields: [radios('ground', 'Why is it refused?', rightsOptions.refusal, { missing: 'Choose why it is refused' })],
  },
];
