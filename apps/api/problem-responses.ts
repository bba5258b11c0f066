import { ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';

/** RFC 9457 as the API's description shows it. */
export class FieldProblemBody {
  @ApiProperty({ description: 'Path in the body, or name in the query, address or headers', example: 'effectiveAt.from' })
  readonly field: string;

  @ApiProperty({ description: 'What it must be, or which rule refuses it', example: 'effectiveAt must not be in the future' })
  readonly message: string;
}

export class ProblemBody {
  @ApiProperty({ example: 'about:blank' })
  readonly type: string;

  @ApiProperty({ example: 'Unprocessable Entity' })
  readonly title: string;

  @ApiProperty({ type: 'integer', example: 422 })
  readonly status: number;

  @ApiProperty({ description: 'Stable name of the rule or condition, for programs', example: 'MALFORMED' })
  readonly code: string;

  @ApiProperty({ description: 'One sentence for people; on 422 the rule that refuses', example: 'That outcome was not in use on this date. Nothing was written.' })
  readonly detail: string;

  @ApiProperty({ type: [FieldProblemBody], required: false })
  readonly errors?: readonly FieldProblemBody[];

  @ApiProperty({
    selfRequired: false, type: 'object', additionalProperties: { type: 'string' }, example: { from: '2019-04-01' },
    description: 'On 422: what else the rule names, such as the id of the entry that would be contradicted',
  })
  readonly facts?: Readonly<Record<string, string>>;

  @ApiProperty({ type: 'integer', required: false, description: 'Where the record stands, on 409 and 412' })
  readonly revision?: number;

  @ApiProperty({ description: 'Names this request in our log', example: 'urn:request:req-1k' })
  readonly instance: string;
}

const meaning: Readonly<Record<number, string>> = {
  400: 'Not of the form asked for; one entry a field',
  401: '`NOT_SIGNED_IN`: no bearer token, or one that does not hold; `STEP_UP_NEEDED`: this needs a sign-in of the last five minutes',
  403: '`NOT_ALLOWED`; `RECORD_RESTRICTED`; `REASON_NEEDED`: say why the record is opened or recorded on (Daybook-Access-Reason)',
  404: 'There is no such record for this reader, or the reference names several (`AMBIGUOUS_REFERENCE`)',
  409: '`CONCURRENT_CHANGE`: others keep changing the record',
  412: 'The record has moved on since the revision of If-Match; the answer gives the current one',
  413: 'Larger than 256 kB',
  415: 'Not application/json',
  422: 'A rule refuses it (`code`), or `IDEMPOTENCY_KEY_REUSED`',
  429: 'More requests than this reader may send in a minute; Retry-After says when to come back',
  503: '`STORE_UNAVAILABLE`, or `READ_MODEL_BEHIND` when minPosition is not there after a second or the program is still catching up after its start; Retry-After says when to come back',
};

/** The problem documents that a route may answer. */
export const problemResponses = (statuses: readonly number[]): MethodDecorator[] => statuses.map((status) => ApiResponse({
  status, description: meaning[status]!, content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemBody) } } },
}));
