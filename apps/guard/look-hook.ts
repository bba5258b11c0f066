import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Reader } from '#platform/access';
import type { Admission, Shown } from './admission';
import type { NamedRecord } from './denials';
import type { AccessReason } from './reasons';
import type { DoorRow, DoorTable } from './rows';

/** Of the ids that one look names. */
export const MOST_IDS = 200;

/** One look, as the statutory log takes it. */
export interface Look {
  readonly reader: Reader;
  /** The route's pattern, never the address. */
  readonly route: string;
  readonly shown: readonly Shown[];
  readonly reason?: AccessReason;
}

/** Where looks, and attempts that found nothing, are kept. Both settle when that is durable. */
export interface LookRecorder {
  record(look: Look): Promise<void>;
  miss(reader: Reader, route: string, asked: NamedRecord): Promise<void>;
}

const shortened = ({ ids, more = 0, ...rest }: Shown): Shown => ({ ...rest, ids: ids.slice(0, MOST_IDS), more: more + Math.max(0, ids.length - MOST_IDS) });

const rowOf = (table: DoorTable, { routeOptions: { url, method } }: FastifyRequest): DoorRow | undefined =>
  url === undefined ? undefined : table.of([method].flat()[0]!, url);

/** A form that is shown again because it was refused shows records like any other page. */
const isRefusedForm = (status: number): boolean => status >= 400 && status < 500 && status !== 404;

/**
 * Holds each answer that shows records until its look is durable: an answer whose look cannot be recorded is not sent. A route that shows
 * records and does not say which is a fault of ours, and shows nothing.
 */
export const recordLooks = (fastify: FastifyInstance, table: DoorTable, { record, miss }: LookRecorder): void => {
  fastify.addHook('onSend', async (request: FastifyRequest & { admission?: Admission }, reply, payload) => {
    const row = rowOf(table, request);
    const { missed } = request.admission ?? {};
    if (row && missed && reply.statusCode === 404) await miss(request.admission!.reader, row.route, missed);
    if (!row?.looks) return payload;
    const { admission } = request;
    const said = admission !== undefined && admission.shown.length > 0;
    if (reply.statusCode >= 300 && !(said && isRefusedForm(reply.statusCode))) return payload;
    if (!said) throw new Error(`${row.route} shows records and does not say which`);
    const { reader, reason } = admission;
    await record({ reader, route: row.route, shown: admission.shown.map(shortened), ...(reason && { reason }) });
    return payload;
  });
};
