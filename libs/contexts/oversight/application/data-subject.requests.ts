import { Checked, Code, Day, FactRequest, Id, ListOf, Text } from '#platform/requests';
import { erasureGrounds, erasureRefusalGrounds, holdAuthorities, restrictionReasons, retentionDecisions, retentionGroups } from '../domain/data-subject.codes';
import type { ErasureGround, ErasureRefusalGround, HoldAuthority, RestrictionReason, RetentionDecision, RetentionGroup } from '../domain/data-subject.codes';

export class RestrictProcessingRequest extends FactRequest {
  @Code(restrictionReasons, { description: 'Why processing is restricted (DPA 2018 s.47(2), s.47(3), s.46(4))' })
  restriction: RestrictionReason;

  @Text({ description: 'What it is about; sealed', optional: true })
  note?: string;
}

export class LiftRestrictionRequest extends FactRequest {
  @Code(restrictionReasons, { description: 'Which restriction is lifted' })
  restriction: RestrictionReason;

  @Day({ description: 'When the person was told; demanded where accuracy was disputed (DPA 2018 s.48)', optional: true })
  informedOn?: string;
}

export class PlaceLegalHoldRequest extends FactRequest {
  @Id({ description: 'Id of the hold; made when not given', optional: true })
  holdId?: string;

  @Code(holdAuthorities, { description: 'Who ordered it' })
  authority: HoldAuthority;

  @Text({ description: 'Name or reference of the order; sealed', optional: true })
  note?: string;
}

export class ReleaseLegalHoldRequest extends FactRequest {
  @Id({ description: 'The hold that ends' })
  holdId: string;
}

export class ReviewRetentionRequest extends FactRequest {
  @Code(retentionGroups, { description: 'Retention group; see reference-data/retention-groups.json' })
  group: RetentionGroup;

  @Code(retentionDecisions, { description: 'What was decided' })
  decision: RetentionDecision;

  @Text({ description: 'By which criteria; sealed', optional: true })
  criteria?: string;

  @Day({ description: 'Next review, where it is not that of the group', optional: true })
  nextReviewOn?: string;
}

export class RequestErasureRequest extends FactRequest {
  @Code(erasureGrounds, { description: 'On which ground (DPA 2018 s.47(1), s.39(1))' })
  ground: ErasureGround;

  @Text({ description: 'What it rests on; sealed' })
  basis: string;
}

export class WithdrawErasureRequestRequest extends FactRequest {
  @Id({ description: 'The request' })
  requestId: string;

  @Text({ description: 'Why it is taken back; sealed', optional: true })
  basis?: string;
}

export class RefuseErasureRequest extends FactRequest {
  @Id({ description: 'The request' })
  requestId: string;

  @Code(erasureRefusalGrounds, { description: 'Why it is refused' })
  ground: ErasureRefusalGround;
}

const pathFault = (value: unknown): string | undefined =>
  (typeof value === 'string' && /^(reason|data(\.\w{1,40}){1,6})$/.test(value) ? undefined : 'must be the path of a text, such as data.summary');
const streamFault = (value: unknown): string | undefined =>
  (typeof value === 'string' && /^(investigation|nominal|dataSubject)-[\w-]{1,60}$/.test(value) ? undefined : 'must be the stream of a record');

/** What is to be read in the place of a text from now on. */
export class RedactionRequest {
  @Checked('stream', streamFault, { description: 'The record that holds the text' })
  stream: string;

  @Id({ description: 'The event that holds it' })
  event: string;

  @Checked('path', pathFault, { description: 'Where it stands there', example: 'data.summary' })
  path: string;

  @Text({ description: 'What remains of it: nothing of the person; sealed' })
  text: string;
}

export class AuthoriseErasureRequest extends FactRequest {
  @Id({ description: 'The request' })
  requestId: string;

  @ListOf(() => RedactionRequest, { description: 'Words for every text that is about the person and others, and for any other that names the person', max: 500 })
  redactions: RedactionRequest[];
}

