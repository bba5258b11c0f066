import type { CommandContext, Message } from '#kernel';
import type { IntelligenceEvent, IntelligenceEventType } from './intelligence.events';

type DataOf<T extends IntelligenceEventType> = Extract<IntelligenceEvent, { type: T }>['data'];
type Order<Type extends string, Data extends object> = Message<Type, Data> & { readonly context: CommandContext };

/** What may be asked of an intelligence report. */
export type IntelligenceCommand =
  | Order<'SubmitIntelligence', DataOf<'IntelligenceSubmitted'>>
  | Order<'ReturnIntelligence', DataOf<'IntelligenceReturned'>>
  | Order<'ResubmitIntelligence', DataOf<'IntelligenceResubmitted'>>
  | Order<'RejectIntelligence', DataOf<'IntelligenceRejected'>>
  | Order<'EvaluateIntelligence', DataOf<'IntelligenceEvaluated'>>
  | Order<'SanitiseIntelligence', DataOf<'IntelligenceSanitised'>>
  | Order<'LinkIntelligence', DataOf<'IntelligenceLinked'>>
  | Order<'UnlinkIntelligence', DataOf<'IntelligenceUnlinked'>>
  | Order<'MakeIntelligenceLive', DataOf<'IntelligenceMadeLive'>>
  /** Grades and texts are those that stand: whoever disseminates names items, and cannot leave their grades out. */
  | Order<'DisseminateIntelligence', Omit<DataOf<'IntelligenceDisseminated'>, 'items'> & { readonly itemIds: readonly string[] }>
  | Order<'ActionIntelligence', DataOf<'IntelligenceActioned'>>
  | Order<'RegradeIntelligence', DataOf<'IntelligenceRegraded'>>
  | Order<'SetHandlingConditions', DataOf<'HandlingConditionsSet'>>
  | Order<'ReassessIntelligenceSensitivity', DataOf<'IntelligenceSensitivityReassessed'>>;
