import type { Decider, Fact, RecordedEvent } from '#kernel';
import { nationalities, officerDefinedEthnicities, selfDefinedEthnicities } from './codes';
import type { NominalCommand } from './nominal.commands';
import { refuse } from './nominal.errors';
import type { CodeOrReason, NominalEvent, Person } from './nominal.events';

type Recorded = RecordedEvent<NominalEvent>;

/** The record of one person: what was recorded, and which entries stand. */
export interface NominalState {
  readonly recorded: readonly Recorded[];
  /** Ids of the entries that stand, in effective order. */
  readonly standing: readonly string[];
  readonly person?: Person;
  /** The registration in force: the first, or the correction that stands in its place. */
  readonly registration?: string;
  readonly aliasIds: readonly string[];
}

const checkCode = (field: string, value: CodeOrReason, list: readonly string[]): void => {
  if ('code' in value && !list.includes(value.code)) refuse('CODE_UNKNOWN', { field });
};

const checkPerson = (person: Person): void => {
  checkCode('selfDefinedEthnicity', person.selfDefinedEthnicity, selfDefinedEthnicities);
  checkCode('officerDefinedEthnicity', person.officerDefinedEthnicity, officerDefinedEthnicities);
  checkCode('nationality', person.nationality, nationalities);
};

const register = (data: Person, { person }: NominalState): Fact<NominalEvent>[] => {
  if (person) refuse('PERSON_ALREADY_REGISTERED');
  checkPerson(data);
  return [{ type: 'PersonRegistered', data }];
};

const correct = ({ data, context }: Extract<NominalCommand, { type: 'CorrectPerson' }>, { person, registration }: NominalState): Fact<NominalEvent>[] => {
  if (!person || !registration) return refuse('PERSON_UNKNOWN');
  if (data.nominalId !== person.nominalId) refuse('PERSON_DIFFERS', { field: 'nominalId' });
  if (!context.reason) refuse('CORRECTION_NEEDS_REASON', { field: 'reason' });
  checkPerson(data);
  return [{ type: 'PersonRegistered', data, corrects: { event: registration, as: 'replacement' } }];
};

const addAlias = (data: Extract<NominalCommand, { type: 'AddPersonAlias' }>['data'], { person, aliasIds }: NominalState): Fact<NominalEvent>[] => {
  if (!person) refuse('PERSON_UNKNOWN');
  if (!data.familyName && !data.givenNames) refuse('ALIAS_NEEDS_NAME', { field: 'familyName' });
  if (aliasIds.includes(data.aliasId)) refuse('ALIAS_ALREADY_RECORDED', { field: 'aliasId' });
  return [{ type: 'PersonAliasAdded', data }];
};

const voidEntry = ({ data, context }: Extract<NominalCommand, { type: 'VoidPersonEntry' }>, state: NominalState): Fact<NominalEvent>[] => {
  const entry = state.recorded.find(({ id }) => id === data.event);
  if (!state.person || !entry || entry.type === 'TextRedacted') return refuse('ENTRY_UNKNOWN', { event: data.event });
  if (entry.type === 'PersonRegistered') refuse('REGISTRATION_CANNOT_BE_VOIDED', { event: data.event });
  if (!context.reason) refuse('CORRECTION_NEEDS_REASON', { field: 'reason' });
  if (!state.standing.includes(entry.id)) {
    const gone = state.recorded.some(({ metadata: { corrects } }) => corrects?.event === entry.id && corrects.as === 'void');
    return gone ? [] : refuse('ENTRY_REPLACED', { event: data.event });
  }
  return [{ type: 'EntryVoided', data: { nominalId: state.person.nominalId }, corrects: { event: entry.id, as: 'void' } }];
};

/** The rules of one person's record. */
export const nominal: Decider<NominalCommand, NominalState, NominalEvent> = {
  initialState: { recorded: [], standing: [], aliasIds: [] },
  remember: (state, recorded) => ({ ...state, recorded }),
  decide(command, state) {
    switch (command.type) {
      case 'RegisterPerson': return register(command.data, state);
      case 'CorrectPerson': return correct(command, state);
      case 'AddPersonAlias': return addAlias(command.data, state);
      case 'VoidPersonEntry': return voidEntry(command, state);
    }
  },
  evolve(state, event) {
    const standing = [...state.standing, event.id];
    const { type, data } = event as NominalEvent;
    switch (type) {
      case 'PersonRegistered': return { ...state, standing, person: data, registration: event.id };
      case 'PersonAliasAdded': return { ...state, standing, aliasIds: [...state.aliasIds, data.aliasId] };
      case 'TextRedacted':
      case 'EntryVoided': return state;
    }
  },
};
