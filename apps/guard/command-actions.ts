import { correctionForms } from '#contexts/investigations';
import type { InvestigationCommandName } from '#contexts/investigations';
import type { NominalCommandName } from '#contexts/nominals';
import type { DataSubjectCommandName, InvestigationAction, LedgerAction, PersonAction } from '#contexts/oversight';

const supervised = [
  'AllocateInvestigation', 'ReallocateInvestigation', 'RecordSupervisorReview', 'ReturnFinalisation', 'FinaliseInvestigation', 'ReopenInvestigation',
  'TransferInvestigation', 'CancelInvestigation', 'AnswerEscalation',
] as const satisfies readonly InvestigationCommandName[];

const others: Partial<Record<InvestigationCommandName, InvestigationAction>> = {
  ReassessSensitivity: 'reassess', LinkOperation: 'reassess', UnlinkOperation: 'reassess',
};

/** What a policy must permit for a command about an investigation that there is, at every door. */
export const investigationAction = (command: InvestigationCommandName): InvestigationAction =>
  others[command] ?? ((supervised as readonly string[]).includes(command) ? 'supervise' : 'record');

/** The same for putting right or taking away an entry of this type: what only a supervisor may record, only a supervisor corrects. */
export const entryAction = (type: string): InvestigationAction => {
  const command = (correctionForms as Readonly<Record<string, InvestigationCommandName>>)[type];
  return command === undefined ? 'record' : investigationAction(command);
};

/** The same for a command about a person. */
export const personAction = (command: NominalCommandName): LedgerAction | PersonAction => (command === 'RegisterPerson' ? 'registerPerson' : 'recordPerson');

const rightsActions: Readonly<Record<DataSubjectCommandName, PersonAction>> = {
  RestrictProcessing: 'restrict', LiftRestriction: 'restrict', PlaceLegalHold: 'hold', ReleaseLegalHold: 'hold', ReviewRetention: 'reviewRetention',
  RequestErasure: 'requestErasure', WithdrawErasureRequest: 'requestErasure', AuthoriseErasure: 'authoriseErasure', RefuseErasure: 'authoriseErasure',
};

/** The same for a decision about a person's data. */
export const rightsAction = (command: DataSubjectCommandName): PersonAction => rightsActions[command];

/** Whether a decision about a person's data asks whoever takes it to prove again who they are. */
export const rightsStepUp = (command: DataSubjectCommandName): boolean => ['requestErasure', 'authoriseErasure'].includes(rightsAction(command));
