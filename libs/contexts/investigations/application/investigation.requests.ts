import { IntersectionType } from '@nestjs/swagger';
import type { CrimeId, OfficerId } from '#kernel';
import { Checked, Code, Codes, FactRequest, Id, Line, ListOf, Text, Whole } from '#platform/requests';
import { cancelReasons, exploitationTypes, investigationKinds, reopenGrounds, reviewTypes, sensitivities } from '../domain/codes';
import type { CancelReason, ExploitationType, InvestigationKind, ReopenGrounds, ReviewType, Sensitivity } from '../domain/codes';
import { isOffenceDate } from '../domain/offence-dates';
import type { OffenceDate } from '../domain/offence-dates';
import { homeOfficeCodes } from '../domain/home-office-outcomes';

const officer = { max: 40, example: 'DC 4417' };

const offenceFault = (value: unknown): string | undefined =>
  (typeof value === 'string' && isOffenceDate(value) ? undefined : 'must be a day, month or year that exists, such as 2019-06-14, 2019-06 or 2019');

export class CrimeRequest {
  @Id({ description: 'Id of the crime; made when not given', optional: true })
  crimeId?: CrimeId;

  @Line({ description: 'Force code, for example 14', max: 20, optional: true })
  force?: string;

  @Line({ description: 'The force\'s own reference of the crime', max: 50, optional: true })
  crimeReference?: string;

  @Line({ description: 'What was recorded: CJS offence code or category', max: 200 })
  offence: string;

  @Checked('offenceDate', offenceFault, { description: 'When the offence happened or began: a day, month or year, as exactly as it is known', optional: true, example: '2019-06' })
  offenceFrom?: OffenceDate;

  @Checked('offenceDate', offenceFault, { description: 'When it ended, likewise', optional: true, example: '2019-06-14' })
  offenceTo?: OffenceDate;
}

/** Also the form in which an opening is corrected; `crimes` is then left out. */
export class OpenInvestigationRequest extends FactRequest {
  @Code(investigationKinds, { description: 'Kind of investigation' })
  kind: InvestigationKind;

  @Line({ description: 'District, by name in any case or by code; recorded by its name. Or an area in use: see /api/v1/areas', max: 100, example: 'Rotherham' })
  area: string;

  @Codes(exploitationTypes, { description: 'Kinds of exploitation' })
  themes: ExploitationType[];

  @Line({ description: 'Owning team', max: 100, optional: true })
  team?: string;

  @Text({ description: 'Title; sealed', max: 200, optional: true })
  title?: string;

  @Text({ description: 'Summary; sealed', optional: true })
  summary?: string;

  @ListOf(() => CrimeRequest, { description: 'Crimes recorded with the opening', max: 50, optional: true })
  crimes?: CrimeRequest[];
}

export class RecordCrimeRequest extends IntersectionType(FactRequest, CrimeRequest) {}

export class AllocateInvestigationRequest extends FactRequest {
  @Line({ ...officer, description: 'Officer in the case' })
  officer: OfficerId;

  @Line({ description: 'Team', max: 100 })
  team: string;

  @Line({ ...officer, description: 'Supervisor', optional: true })
  supervisor?: OfficerId;
}

export class ReallocateInvestigationRequest extends AllocateInvestigationRequest {}

export class SetInvestigationPlanRequest extends FactRequest {
  @Text({ description: 'The plan; sealed' })
  plan: string;

  @Whole(1, 366, { description: 'Days between supervisor reviews' })
  reviewEveryDays: number;
}

export class RecordSupervisorReviewRequest extends FactRequest {
  @Code(reviewTypes, { description: 'Kind of review' })
  review: ReviewType;

  @Line({ ...officer, description: 'Who reviewed' })
  supervisor: OfficerId;

  @Text({ description: 'Findings and directions; sealed' })
  findings: string;
}

export class AssignOutcomeRequest extends FactRequest {
  @Id({ description: 'The crime' })
  crimeId: CrimeId;

  @Code(homeOfficeCodes, { description: 'Home Office outcome code' })
  outcome: string;
}

export class ProposeFinalisationRequest extends FactRequest {
  @Line({ ...officer, description: 'Who proposes' })
  officer: OfficerId;
}

export class ReturnFinalisationRequest extends FactRequest {
  @Line({ ...officer, description: 'Who returns it to the officer' })
  supervisor: OfficerId;
}

export class FinaliseInvestigationRequest extends FactRequest {
  @Line({ ...officer, description: 'Who approves; not the officer who proposed' })
  approvedBy: OfficerId;

  @Text({ description: 'Closing summary; sealed', optional: true })
  closingSummary?: string;
}

export class ReopenInvestigationRequest extends FactRequest {
  @Code(reopenGrounds, { description: 'Why it is reopened' })
  grounds: ReopenGrounds;
}

export class TransferInvestigationRequest extends FactRequest {
  @Line({ description: 'Force that takes it over', max: 100 })
  toForce: string;
}

export class CancelInvestigationRequest extends FactRequest {
  @Code(cancelReasons, { description: 'Ground of the Crime Recording Rules on which it is cancelled' })
  grounds: CancelReason;
}

export class ReassessSensitivityRequest extends FactRequest {
  @Code(sensitivities, { description: 'RESTRICTED: its existence is known, its content not; SENSITIVE: its existence is hidden' })
  sensitivity: Sensitivity;

  @Text({ description: 'What the decision rests on; sealed' })
  basis: string;
}

export class LinkOperationRequest extends FactRequest {
  @Line({ description: 'Code of the operation; capitals and spaces make no other operation', max: 40, pattern: /^.{2}/, rule: 'at least 2 characters', example: 'Clover' })
  operation: string;
}

export class UnlinkOperationRequest extends LinkOperationRequest {}

export class AnswerEscalationRequest extends FactRequest {
  @Id({ description: 'The event that laid it before a supervisor' })
  escalation: string;

  @Text({ description: 'What is done about it, or why nothing is; sealed' })
  answer: string;
}
