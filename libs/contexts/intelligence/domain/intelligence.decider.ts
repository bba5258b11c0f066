import type { Decider, Fact } from '#kernel';
import type { Grade } from './grade';
import { checkGrade, underConditions } from './grade-rules';
import type { IntelligenceCommand } from './intelligence.commands';
import { refuse } from './intelligence.errors';
import type { IntelligenceEvent } from './intelligence.events';
import { evolve, noReport } from './intelligence.state';
import type { IntelligenceState } from './intelligence.state';
import { at, evaluate, itemOf, link, makeLive, resubmit, sanitise, submit, unlink } from './report-decisions';
import { checkAction, handedOver } from './sharing-rules';

type Of<T extends IntelligenceCommand['type']> = Extract<IntelligenceCommand, { type: T }>;
type News = readonly Fact<IntelligenceEvent>[];

const isDone = ({ done }: IntelligenceState, id: string, what: string): boolean => {
  if (done[id] !== undefined && done[id] !== what) refuse('ALREADY_RECORDED_OTHERWISE');
  return done[id] !== undefined;
};

const disseminate = ({ data: { itemIds, ...data } }: Of<'DisseminateIntelligence'>, state: IntelligenceState): News => {
  at(state, 'LIVE');
  if (isDone(state, data.disseminationId, data.route)) return [];
  return [{ type: 'IntelligenceDisseminated', data: { ...data, items: handedOver(state, itemIds, data) } }];
};

const act = ({ data }: Of<'ActionIntelligence'>, state: IntelligenceState): News => {
  at(state, 'LIVE');
  if (isDone(state, data.actionId, data.action)) return [];
  checkAction(state, data.itemIds, data.action, data.originatorAgreed === true);
  return [{ type: 'IntelligenceActioned', data }];
};

const gradeOf = (state: IntelligenceState, itemId: string): Grade => itemOf(state, itemId).grade ?? refuse('ITEM_NOT_GRADED', { field: 'itemId', itemId });

const regrade = ({ data }: Of<'RegradeIntelligence'>, state: IntelligenceState): News => {
  at(state, 'EVALUATED', 'LIVE');
  gradeOf(state, data.itemId);
  checkGrade(data.grade, { itemId: data.itemId });
  return [{ type: 'IntelligenceRegraded', data }];
};

const setConditions = ({ data }: Of<'SetHandlingConditions'>, state: IntelligenceState): News => {
  at(state, 'EVALUATED', 'LIVE');
  checkGrade(underConditions(gradeOf(state, data.itemId), data.conditions, { itemId: data.itemId }), { itemId: data.itemId });
  return [{ type: 'HandlingConditionsSet', data }];
};

const whileOpen = <T extends 'IntelligenceReturned' | 'IntelligenceRejected'>(type: T, data: Extract<IntelligenceEvent, { type: T }>['data'], state: IntelligenceState): News => {
  at(state, 'SUBMITTED');
  return [{ type, data } as Fact<IntelligenceEvent>];
};

const decide = (command: IntelligenceCommand, state: IntelligenceState): News => {
  switch (command.type) {
    case 'SubmitIntelligence': return submit(command, state);
    case 'ReturnIntelligence': return whileOpen('IntelligenceReturned', command.data, state);
    case 'ResubmitIntelligence': return resubmit(command, state);
    case 'RejectIntelligence': return whileOpen('IntelligenceRejected', command.data, state);
    case 'EvaluateIntelligence': return evaluate(command, state);
    case 'SanitiseIntelligence': return sanitise(command, state);
    case 'LinkIntelligence': return link(command, state);
    case 'UnlinkIntelligence': return unlink(command, state);
    case 'MakeIntelligenceLive': return makeLive(command, state);
    case 'DisseminateIntelligence': return disseminate(command, state);
    case 'ActionIntelligence': return act(command, state);
    case 'RegradeIntelligence': return regrade(command, state);
    case 'SetHandlingConditions': return setConditions(command, state);
    case 'ReassessIntelligenceSensitivity':
      if (state.stage === 'NONE') refuse('REPORT_UNKNOWN');
      return state.sensitivity === command.data.sensitivity ? [] : [{ type: 'IntelligenceSensitivityReassessed', data: command.data }];
  }
};

/** The rules of one intelligence report. Its stages follow each other as they were recorded, whatever date somebody gives to an act. */
export const intelligence: Decider<IntelligenceCommand, IntelligenceState, IntelligenceEvent> = {
  initialState: noReport,
  remember: (state, recorded) => recorded.reduce(evolve, state),
  decide,
  evolve: (state) => state,
};
