import { HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody, ApiExtraModels, ApiHeader, ApiOperation, ApiParam, ApiResponse, OmitType,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandAnswer } from './answers';
import { fieldsIn, parametersOf } from './command-route';
import type { CommandRoute } from './command-route';
import { examples } from './examples';
import { problemResponses } from './problem-responses';

type Answer = (route: CommandRoute, request: FastifyRequest, reply: FastifyReply) => Promise<CommandAnswer>;

/** What a controller of commands has to have. */
export interface CommandController {
  readonly answer: Answer;
}

/** The request class without the fields that stand in the address, under the same name. */
const bodyOf = ({ request, path }: CommandRoute): new () => object => {
  const inAddress = fieldsIn(path);
  if (inAddress.length === 0) return request;
  const body = OmitType(request as never, inAddress as never[]) as new () => object;
  Object.defineProperty(body, 'name', { value: request.name });
  return body;
};

const parameters: Readonly<Record<string, string>> = { id: 'Id (UUID) or reference of the record', code: 'Code of the operation, in any way of writing it' };

const describe = (route: CommandRoute): MethodDecorator[] => [
  ApiOperation({ operationId: route.name, summary: route.summary }),
  ...parametersOf(route.path).map((name) => ApiParam({
    name,
    description: parameters[name] ?? 'Id of the suspect link',
    schema: name in parameters ? { type: 'string' } : { type: 'string', format: 'uuid' },
  })),
  ApiHeader({ name: 'If-Match', required: false, description: 'The revision you saw, in quotes: refused with 412 when the record has moved on', schema: { type: 'string', example: '"3"' } }),
  ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes sending the same request again harmless', schema: { type: 'string', minLength: 1, maxLength: 200 } }),
  ApiBody({ type: bodyOf(route), required: true, examples: { example: { value: examples[route.name] } } }),
  ApiExtraModels(CommandAnswer),
  ApiResponse({
    status: route.makes ? 201 : 200, type: CommandAnswer, description: 'Recorded, and on disk',
    headers: { ETag: { description: 'The revision, in quotes', schema: { type: 'string' } } },
  }),
  ...(route.mayStand ? [ApiResponse({ status: 200, type: CommandAnswer, description: 'Nothing new: the id is of the entry that gives it already' })] : []),
  ...problemResponses([400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503]),
];

/** Gives a controller one method a route, wired and described. */
export const addCommandRoutes = (controller: { prototype: CommandController }, routes: readonly CommandRoute[]): void => {
  const prototype = controller.prototype as unknown as Record<string, unknown>;
  for (const route of routes) {
    prototype[route.name] = function handle(this: CommandController, request: FastifyRequest, reply: FastifyReply) {
      return this.answer(route, request, reply);
    };
    const descriptor = Object.getOwnPropertyDescriptor(prototype, route.name)!;
    Req()(prototype, route.name, 0);
    Res({ passthrough: true })(prototype, route.name, 1);
    for (const decorate of [Post(route.path), HttpCode(route.makes ? 201 : 200), ...describe(route)]) decorate(prototype, route.name, descriptor);
  }
};
