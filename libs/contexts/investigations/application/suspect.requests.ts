import type { CrimeId, LinkId, LocalDate, NominalId } from '#kernel';
import { Code, Day, FactRequest, Flag, Id, Ids, Line, ListOf, Text } from '#platform/requests';
import {
  bailRegimes, chargeMethods, circulationTypes, interviewSettings, lowerQualities, noFurtherActionGrounds, suspectQualities, voidGrounds,
} from '../domain/codes';
import type {
  BailRegime, ChargeMethod, CirculationType, InterviewSetting, LowerQuality, NoFurtherActionGrounds, SuspectQuality, VoidGrounds,
} from '../domain/codes';

/** What a request about one suspect link says. */
export class LinkRequest extends FactRequest {
  @Id({ description: 'The suspect link' })
  linkId: LinkId;
}

export class LinkSuspectRequest extends FactRequest {
  @Id({ description: 'Id of the new link; made when not given', optional: true })
  linkId?: LinkId;

  @Code(suspectQualities, { description: 'How well the suspect is known' })
  quality: SuspectQuality;

  @Id({ description: 'The person, when NAMED', optional: true })
  nominalId?: NominalId;

  @Ids({ description: 'The crimes of the investigation that the suspect is linked to; all of them when not given', optional: true })
  crimeIds?: CrimeId[];

  @Text({ description: 'Description of a suspect who is not named; sealed', optional: true })
  description?: string;

  @Text({ description: 'Why this suspect is linked; sealed', optional: true })
  basis?: string;
}

export class NameSuspectRequest extends LinkRequest {
  @Id({ description: 'The person the suspect turned out to be' })
  nominalId: NominalId;

  @Text({ description: 'How the suspect was identified; sealed', optional: true })
  basis?: string;
}

export class LowerSuspectQualityRequest extends LinkRequest {
  @Code(lowerQualities, { description: 'How well the suspect is known after all' })
  quality: LowerQuality;

  @Text({ description: 'Why the name no longer holds; sealed', optional: true })
  basis?: string;
}

export class CirculateSuspectRequest extends LinkRequest {
  @Code(circulationTypes, { description: 'How the suspect is circulated' })
  circulation: CirculationType;

  @Line({ description: 'Reference of the circulation or warrant', max: 50, optional: true })
  circulationReference?: string;
}

export class CancelCirculationRequest extends LinkRequest {}

export class ArrestSuspectRequest extends LinkRequest {
  @Line({ description: 'Custody record number', max: 50, optional: true })
  custodyNumber?: string;
}

export class InterviewSuspectUnderCautionRequest extends LinkRequest {
  @Code(interviewSettings, { description: 'Voluntary attendance or custody' })
  setting: InterviewSetting;
}

export class BailSuspectRequest extends LinkRequest {
  @Code(bailRegimes, { description: 'Which bail clock runs (PACE 1984 ss.47ZB, 47ZDB, 47ZE)' })
  regime: BailRegime;

  @Day({ description: 'When the suspect is to return', optional: true })
  returnOn?: LocalDate;

  @Text({ description: 'Conditions of bail; sealed', optional: true })
  conditions?: string;
}

export class ReleaseSuspectUnderInvestigationRequest extends LinkRequest {}

export class RecordFailureToAnswerBailRequest extends LinkRequest {}

export class RecordEscapeRequest extends LinkRequest {}

export class EliminateSuspectRequest extends LinkRequest {
  @Text({ description: 'On what the elimination rests; sealed' })
  basis: string;
}

export class VoidSuspectLinkRequest extends LinkRequest {
  @Code(voidGrounds, { description: 'Why the link should never have been made' })
  grounds: VoidGrounds;
}

export class RecordSuspectDeceasedRequest extends LinkRequest {}

export class ChargeLineRequest {
  @Id({ description: 'Id of the charge; made when not given', optional: true })
  chargeId?: string;

  @Id({ description: 'The crime it answers', optional: true })
  crimeId?: CrimeId;

  @Line({ description: 'CJS offence code or wording', max: 200 })
  offence: string;

  @Code(chargeMethods, { description: 'C charge, R postal requisition, S summons' })
  method: ChargeMethod;
}

export class RequisitionSuspectRequest extends LinkRequest {
  @ListOf(() => ChargeLineRequest, { description: 'Lines of the requisition or summons', min: 1, max: 100 })
  charges: ChargeLineRequest[];
}

export class ChargeSuspectRequest extends LinkRequest {
  @ListOf(() => ChargeLineRequest, { description: 'Lines of the charge', min: 1, max: 100 })
  charges: ChargeLineRequest[];
}

export class TakeNoFurtherActionRequest extends LinkRequest {
  @Code(noFurtherActionGrounds, { description: 'Why no further action is taken' })
  grounds: NoFurtherActionGrounds;

  @Flag({ description: 'Whether written notice was given (PACE 1984 s.60B)' })
  writtenNoticeGiven: boolean;
}

export class WithdrawNoFurtherActionRequest extends LinkRequest {
  @Flag({ description: 'Whether the suspect is to be arrested, and is outstanding again' })
  arrestSought: boolean;
}
