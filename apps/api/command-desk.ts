import type { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MalformedError } from '#kernel';
import type { Clock } from '#kernel';
import { actorOf } from '#platform/access';
import type { Receipt } from '#platform/event-store';
import { validateRequest } from '#platform/requests';
import type { Sender } from '#platform/requests';
import type { Vault } from '#platform/vault';
import { admissionOf } from '../guard';
import type { CommandAnswer } from './answers';
import type { CommandRoute } from './command-route';
import { fieldsIn, namesRecord, parametersOf } from './command-route';
import { expectedRevisionOf, idempotencyKeyOf } from './conditions';

type Parameters = Readonly<Record<string, string>>;

/** Parameters of the address are fields of the request; a body that says them again could contradict them. */
const together = (route: CommandRoute, parameters: Parameters, body: unknown): unknown => {
  const names = fieldsIn(route.path);
  if (body === undefined) return pick(parameters, names);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const twice = names.find((name) => Object.hasOwn(body, name));
  if (twice) throw new MalformedError(twice, 'stands in the address and must not be in the body');
  return names.length > 0 ? { ...body, ...pick(parameters, names) } : body;
};

const pick = (parameters: Parameters, names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, parameters[name]]));

/** One name for every way to write an address, so that a key sent to `INV-5` and to the id behind it is the same key. */
const doorOf = ({ name, path }: CommandRoute, id: string | undefined, parameters: Parameters): string =>
  [name, ...parametersOf(path).map((parameter) => (namesRecord(parameter) ? id : parameters[parameter]))].join(' ');

/** Takes a request to record something from the wire to the bus and its receipt back. */
export class CommandDesk {
  constructor(
    private readonly bus: CommandBus,
    private readonly clock: Clock,
    private readonly digest: Pick<Vault, 'digest'>,
  ) {}

  /** @throws InvalidRequestError, MalformedError, DomainError, WrongExpectedVersionError, IdempotencyKeyReusedError, StoreUnavailableError */
  async take(route: CommandRoute, id: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const order = route.order(id, this.checked(route, request), this.senderOf(route, id, request), admissionOf(request).seen.queries);
    const { revision, position, standing } = (await this.bus.execute(order)) as Receipt & { readonly standing?: string };
    void reply.header('ETag', `"${revision}"`);
    // What would have been made stands already, under an id of its own.
    if (standing !== undefined) void reply.status(200);
    const made = route.makes === undefined ? id : standing ?? (order.data as Readonly<Record<string, string>>)[route.makes];
    return { id: made!, revision, position };
  }

  private checked(route: CommandRoute, { params, body }: FastifyRequest): InstanceType<CommandRoute['request']> {
    return validateRequest(route.request, together(route, params as Parameters, body));
  }

  private senderOf(route: CommandRoute, id: string | undefined, request: FastifyRequest): Sender {
    return {
      actor: actorOf(admissionOf(request).reader),
      route: doorOf(route, id, request.params as Parameters),
      idempotencyKey: idempotencyKeyOf(request),
      expectedRevision: expectedRevisionOf(request),
      now: this.clock(),
      digest: (text) => this.digest.digest(text),
    };
  }
}
