import { londonDate } from '#kernel';
import type { NominalId } from '#kernel';
import { idFrom } from '#platform/event-store';
import { commandIdOf, contextOf, InvalidRequestError, personalOf, saidIn } from '#platform/requests';
import type { FactRequest, Sender } from '#platform/requests';
import { notRecordedReasons } from '../domain/codes';
import type { CodeOrReason, Person } from '../domain/nominal.events';
import { nominalMessages } from './nominal.messages';
import type { NominalCommandData, NominalCommandName, NominalMessage } from './nominal.messages';
import { AddPersonAliasRequest, CorrectPersonRequest, RegisterPersonRequest, VoidPersonEntryRequest } from './nominal.requests';

/** The request class of every command about a person, by the command's name. */
export const nominalRequests = {
  RegisterPerson: RegisterPersonRequest,
  CorrectPerson: CorrectPersonRequest,
  AddPersonAlias: AddPersonAliasRequest,
  VoidPersonEntry: VoidPersonEntryRequest,
} as const satisfies { readonly [N in NominalCommandName]: new () => FactRequest };

export type NominalRequest<N extends NominalCommandName = NominalCommandName> = InstanceType<(typeof nominalRequests)[N]>;

export const nominalCommandNames = Object.keys(nominalRequests) as NominalCommandName[];

const codeOrReason = (text: string): CodeOrReason => {
  const reason = notRecordedReasons.find((each) => each === text);
  return reason ? { notRecorded: reason } : { code: text };
};

const personOf = (nominalId: NominalId, request: CorrectPersonRequest | RegisterPersonRequest): Person => {
  const own = (text: string) => personalOf(nominalId, text);
  return {
    nominalId,
    familyName: own(request.familyName),
    ...(request.givenNames === undefined ? {} : { givenNames: own(request.givenNames) }),
    ...(request.dateOfBirth === undefined ? {} : { dateOfBirth: own(request.dateOfBirth) }),
    ...(request.pncIds === undefined ? {} : { pncIds: request.pncIds.map(own) }),
    sex: request.sex,
    selfDefinedEthnicity: codeOrReason(request.selfDefinedEthnicity),
    officerDefinedEthnicity: codeOrReason(request.officerDefinedEthnicity),
    nationality: codeOrReason(request.nationality),
  };
};

const aliasOf = (nominalId: NominalId, request: AddPersonAliasRequest, commandId: string): NominalCommandData<'AddPersonAlias'> => ({
  nominalId,
  aliasId: request.aliasId ?? idFrom(commandId, 'alias'),
  ...(request.familyName === undefined ? {} : { familyName: personalOf(nominalId, request.familyName) }),
  ...(request.givenNames === undefined ? {} : { givenNames: personalOf(nominalId, request.givenNames) }),
});

const dataOf: { readonly [N in NominalCommandName]: (nominalId: NominalId, request: NominalRequest<N>, commandId: string) => NominalCommandData<N> } = {
  RegisterPerson: personOf,
  CorrectPerson: personOf,
  AddPersonAlias: aliasOf,
  VoidPersonEntry: (_, { event }) => ({ event }),
};

// What is sealed no rule may look into, so the one thing that a day of birth can never be is asked here.
const checkBirth = (request: NominalRequest, { now }: Sender): void => {
  const { dateOfBirth } = request as Partial<NominalRequest<'RegisterPerson'>>;
  if (dateOfBirth !== undefined && dateOfBirth > londonDate(now))
    throw new InvalidRequestError([{ field: 'dateOfBirth', message: 'dateOfBirth must be today or in the past' }]);
};

/**
 * A validated request as the command for the bus. A new person's id comes from the command id, so that a resend reaches the same
 * stream, and another request under the same key is found there and refused.
 * @throws InvalidRequestError when the day of birth lies in the future
 */
export const nominalCommand = <N extends NominalCommandName>(
  name: N, nominalId: NominalId | undefined, request: NominalRequest<N>, sender: Sender,
): NominalMessage => {
  checkBirth(request, sender);
  const commandId = commandIdOf(sender);
  const id = nominalId ?? (idFrom(commandId, 'nominal') as NominalId);
  const Order = nominalMessages[name] as new (...parts: unknown[]) => NominalMessage;
  return new Order(id, dataOf[name](id, request, commandId), contextOf(request, sender, commandId), sender.expectedRevision, saidIn(request));
};
