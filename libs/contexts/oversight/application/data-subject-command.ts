import type { LocalDate, NominalId, Private } from '#kernel';
import { idFrom } from '#platform/event-store';
import { commandIdOf, contextOf, textOf } from '#platform/requests';
import type { FactRequest, Sender } from '#platform/requests';
import { dataSubjectMessages } from './data-subject.messages';
import type { DataSubjectCommandData, DataSubjectCommandName, DataSubjectMessage } from './data-subject.messages';
import {
  AuthoriseErasureRequest, LiftRestrictionRequest, PlaceLegalHoldRequest, RefuseErasureRequest, ReleaseLegalHoldRequest, RequestErasureRequest, RestrictProcessingRequest,
  ReviewRetentionRequest, WithdrawErasureRequestRequest,
} from './data-subject.requests';

/** The request class of every decision about a person's data, by the command's name. */
export const dataSubjectRequests = {
  RestrictProcessing: RestrictProcessingRequest,
  LiftRestriction: LiftRestrictionRequest,
  PlaceLegalHold: PlaceLegalHoldRequest,
  ReleaseLegalHold: ReleaseLegalHoldRequest,
  ReviewRetention: ReviewRetentionRequest,
  RequestErasure: RequestErasureRequest,
  RefuseErasure: RefuseErasureRequest,
  AuthoriseErasure: AuthoriseErasureRequest,
  WithdrawErasureRequest: WithdrawErasureRequestRequest,
} as const satisfies { readonly [N in DataSubjectCommandName]: new () => FactRequest };

export type DataSubjectRequest<N extends DataSubjectCommandName = DataSubjectCommandName> = InstanceType<(typeof dataSubjectRequests)[N]>;

export const dataSubjectCommandNames = Object.keys(dataSubjectRequests) as DataSubjectCommandName[];

interface Making {
  readonly nominalId: NominalId;
  readonly commandId: string;
}

/** Words about the person, under a key of their own that goes with the person. */
const aboutThem = ({ nominalId, commandId }: Making, name: string, text: string | undefined): Record<string, Private> =>
  (text === undefined ? {} : { [name]: textOf(commandId, `data.${name}`, text, [nominalId]) });

const day = (text: string | undefined): LocalDate | undefined => text as LocalDate | undefined;

const dataOf: { readonly [N in DataSubjectCommandName]: (request: DataSubjectRequest<N>, making: Making) => object } = {
  RestrictProcessing: ({ restriction, note }, making) => ({ reason: restriction, ...aboutThem(making, 'note', note) }),
  LiftRestriction: ({ restriction, informedOn }) => ({ reason: restriction, ...(informedOn === undefined ? {} : { informedOn: day(informedOn) }) }),
  PlaceLegalHold: ({ holdId, authority, note }, making) => ({ holdId: holdId ?? idFrom(making.commandId, 'hold'), authority, ...aboutThem(making, 'note', note) }),
  ReleaseLegalHold: ({ holdId }) => ({ holdId }),
  ReviewRetention: ({ group, decision, criteria, nextReviewOn }, making) =>
    ({ group, decision, ...aboutThem(making, 'criteria', criteria), ...(nextReviewOn === undefined ? {} : { nextReviewOn: day(nextReviewOn) }) }),
  RequestErasure: ({ ground, basis }, making) => ({ requestId: idFrom(making.commandId, 'erasure'), ground, ...aboutThem(making, 'basis', basis) }),
  WithdrawErasureRequest: ({ requestId, basis }, making) => ({ requestId, ...aboutThem(making, 'basis', basis) }),
  RefuseErasure: ({ requestId, ground }) => ({ requestId, ground }),
  // Words that stay are under keys that stay.
  AuthoriseErasure: ({ requestId, redactions }, { commandId }) => ({
    requestId, redactions: redactions.map(({ stream, event, path, text }, i) => ({ stream, event, path, text: textOf(commandId, `data.redactions.${i}.text`, text) })),
  }),
};

/** A validated request as the command for the bus. The same key makes it the same request. */
export const dataSubjectCommand = <N extends DataSubjectCommandName>(name: N, nominalId: NominalId, request: DataSubjectRequest<N>, sender: Sender): DataSubjectMessage => {
  const commandId = commandIdOf(sender);
  const data = { nominalId, ...dataOf[name](request, { nominalId, commandId }) } as DataSubjectCommandData<N>;
  const Order = dataSubjectMessages[name] as new (...parts: unknown[]) => DataSubjectMessage;
  return new Order(nominalId, data, contextOf(request, sender, commandId), sender.expectedRevision);
};

/** Every decision, its address below `/api/v1/people`, what it does, and the field of its data that names what it makes. */
export const dataSubjectRoutes: readonly (readonly [name: DataSubjectCommandName, path: string, summary: string, makes?: string])[] = [
  ['RestrictProcessing', ':id/processing-restriction', 'Restrict processing of a person\'s data'],
  ['LiftRestriction', ':id/restriction-lifting', 'Lift a restriction of processing'],
  ['PlaceLegalHold', ':id/legal-holds', 'Place a legal hold', 'holdId'],
  ['ReleaseLegalHold', ':id/legal-hold-releases', 'Release a legal hold'],
  ['ReviewRetention', ':id/retention-reviews', 'Record a review of retention'],
  ['RequestErasure', ':id/erasure-requests', 'Request erasure', 'requestId'],
  ['AuthoriseErasure', ':id/erasure-authorisations', 'Authorise and carry out an erasure'],
  ['RefuseErasure', ':id/erasure-refusals', 'Refuse an erasure'],
  ['WithdrawErasureRequest', ':id/erasure-withdrawals', 'Take back a request for erasure, as who made it'],
];
