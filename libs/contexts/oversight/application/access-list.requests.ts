import { OmitType } from '@nestjs/swagger';
import type { LocalDate, OfficerId } from '#kernel';
import { Code, Day, FactRequest, Id, Ids, Line, Text } from '#platform/requests';
import { breakGlassFindings } from '../domain/codes';
import type { BreakGlassFinding } from '../domain/codes';

/** Decisions about access are made when they are recorded: nobody dates them back. */
class AccessRequest extends OmitType(FactRequest, ['effectiveAt', 'assertion', 'track', 'reason']) {}

export class GrantAccessRequest extends AccessRequest {
  @Line({ description: 'User who is given access; this or `agency`', max: 40, optional: true, example: 'DC 4417' })
  user?: OfficerId;

  @Line({ description: 'Agency whose users are given access; this or `user`', max: 100, optional: true })
  agency?: string;

  @Day({ description: 'First day of access, Europe/London; today when not given', optional: true, example: undefined })
  from?: LocalDate;

  @Day({ description: 'Last day of access; when not given, a year after the first, which is the longest', optional: true, example: undefined })
  until?: LocalDate;

  @Text({ description: 'Why they need to know; sealed' })
  basis: string;

  @Line({ description: 'Reference of the information sharing agreement', max: 100, optional: true })
  agreement?: string;
}

export class ExtendAccessRequest extends AccessRequest {
  @Ids({ description: 'Grants on the list of the operation that are to reach every investigation of it to which you may give access' })
  grantIds: string[];

  @Text({ description: 'Why they need to know; sealed' })
  basis: string;
}

export class WithdrawAccessRequest extends AccessRequest {
  @Id({ description: 'The grant that is taken away' })
  grantId: string;

  @Text({ description: 'Why it is taken away; sealed', optional: true })
  basis?: string;
}

export class BreakGlassRequest extends AccessRequest {
  @Text({ description: 'Why it must be read at once; sealed' })
  basis: string;
}

export class ReviewBreakGlassRequest extends AccessRequest {
  @Id({ description: 'The use of the break-glass that is reviewed' })
  breakGlassId: string;

  @Code(breakGlassFindings, { description: 'Whether there was need; NOT_JUSTIFIED ends the access at once' })
  finding: BreakGlassFinding;

  @Text({ description: 'What the review found; sealed', optional: true })
  note?: string;
}
