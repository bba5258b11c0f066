import type { InvestigationAction } from '#contexts/oversight';
import { investigationAction } from '../../../guard';
import type { CaseAtMoment } from '../../reading/cases';
import { address } from '../../rendering/http';
import { investigationTasks, suspectTasks } from './offered';

/** What people mostly record next, the likeliest first; what the situation does not allow is left out. */
const likeliest: Readonly<Record<string, readonly string[]>> = {
  InvestigationOpened: ['link-suspect', 'allocate', 'crime'],
  CrimeRecorded: ['link-suspect', 'allocate', 'crime'],
  InvestigationAllocated: ['plan', 'link-suspect', 'review'],
  InvestigationReallocated: ['plan', 'review'],
  InvestigationPlanSet: ['link-suspect', 'review'],
  SupervisorReviewRecorded: ['plan', 'propose-finalisation'],
  EscalationAnswered: ['review', 'plan', 'change-owner'],
  OutcomeAssigned: ['propose-finalisation', 'finalise', 'outcome'],
  OutcomeReplaced: ['propose-finalisation', 'finalise', 'outcome'],
  FinalisationProposed: ['finalise', 'return-finalisation'],
  FinalisationReturned: ['plan', 'review'],
  InvestigationReopened: ['allocate', 'change-owner', 'review'],
  SuspectLinked: ['name', 'arrest', 'interview', 'link-suspect'],
  SuspectNamed: ['arrest', 'interview', 'circulate'],
  SuspectQualityLowered: ['name', 'eliminate'],
  SuspectCirculated: ['arrest', 'cancel-circulation'],
  CirculationCancelled: ['arrest', 'interview'],
  SuspectArrested: ['interview', 'bail', 'release'],
  SuspectInterviewedUnderCaution: ['charge', 'bail', 'no-further-action'],
  SuspectBailed: ['charge', 'no-further-action', 'failed-to-answer'],
  SuspectReleasedUnderInvestigation: ['charge', 'no-further-action', 'interview'],
  SuspectFailedToAnswerBail: ['arrest', 'circulate'],
  SuspectEscaped: ['arrest', 'circulate'],
  SuspectCharged: ['outcome', 'link-suspect'],
  SuspectRequisitioned: ['outcome', 'link-suspect'],
  SuspectNoFurtherAction: ['outcome', 'eliminate'],
  NoFurtherActionWithdrawn: ['arrest', 'interview'],
  SuspectEliminated: ['link-suspect', 'review'],
  SuspectLinkVoided: ['link-suspect', 'review'],
  SuspectDeceased: ['link-suspect', 'review'],
};

interface NextTask {
  readonly text: string;
  readonly href: string;
}

type May = (action: InvestigationAction) => boolean;

/** The three likeliest tasks after an event of this type, out of those that are offered now and that the reader may do. */
export const nextTasks = ({ item, view }: Pick<CaseAtMoment, 'item' | 'view'>, may: May, type: string, linkId?: string): readonly NextTask[] => {
  const base = `/investigations/${item.reference}/record/`;
  const suspect = view.suspects.find((each) => each.linkId === linkId);
  const offered = new Map<string, NextTask>(investigationTasks(item, view).filter(({ command }) => may(investigationAction(command))).map(({ slug, text }) => [slug, { text, href: base + slug }]));
  for (const { slug, text } of suspect?.live && may('record') ? suspectTasks(suspect) : []) offered.set(slug, { text: `Same suspect: ${text.toLowerCase()}`, href: address(base + slug, { link: linkId }) });
  return (likeliest[type] ?? []).flatMap((slug) => offered.get(slug) ?? []).slice(0, 3);
};
