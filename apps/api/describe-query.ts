import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiParam, getSchemaPath } from '@nestjs/swagger';
import { problemResponses } from './problem-responses';

interface Description {
  readonly operationId: string;
  readonly summary: string;
  readonly answer: new () => object;
  /** `list`: an array of answers; `page`: one page of them. */
  readonly as?: 'list' | 'page';
  readonly reference?: string;
}

const pageOf = (items: object) => ({
  type: 'object',
  required: ['items', 'total', 'effectiveAt', 'recordedAt', 'number'],
  properties: {
    items: { type: 'array', items },
    total: { type: 'integer', description: 'All items of the list, not of the page' },
    next: { type: 'string', description: 'Cursor of the next page; absent on the last' },
    previous: { type: 'string', description: 'Cursor of the page before; absent on the first' },
    effectiveAt: { type: 'string', format: 'date-time', description: 'The moment on the effective clock; of every page the first one\'s' },
    recordedAt: { type: 'string', format: 'date-time', description: 'The moment on the recorded clock; of every page the first one\'s' },
    number: { type: 'integer', description: 'Event number that the list is true at' },
  },
});

const schemaOf = ({ answer, as }: Description): object => {
  const one = { $ref: getSchemaPath(answer) };
  if (as === 'page') return pageOf(one);
  return as === 'list' ? { type: 'array', items: one } : one;
};

/** What the API's description says of a query. */
export const DescribeQuery = (description: Description): MethodDecorator => {
  const { operationId, summary, answer, reference } = description;
  return applyDecorators(
    ApiOperation({ operationId, summary }),
    ApiExtraModels(answer),
    ...(reference ? [ApiParam({ name: 'ref', description: reference, schema: { type: 'string' } })] : []),
    ApiOkResponse({ description: summary, content: { 'application/json': { schema: schemaOf(description) } } }),
    ...problemResponses(reference ? [400, 401, 403, 404, 429, 503] : [400, 401, 403, 429, 503]),
  );
};
