import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Reader } from '#platform/access';
import type { Admission, Shown } from './admission';
import type { DeniedError, NamedRecord } from './denials';
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

/** Where looks, attempts that found nothing, and denials that a door did not yet know of are kept. All settle when that is durable. */
export interface LookRecorder {
  record(look: Look): Promise<void>;
  miss(reader: Reader, route: string, asked: NamedRecord): Promise<void>;
  denied(request: FastifyRequest, error: DeniedError): Promise<void>;
}

const shortened = ({ ids, more = 0, ...rest }: Shown): Shown => ({ ...rest, ids: ids.slice(0, MOST_IDS), more: more + Math.max(0, ids.length - MOST_IDS) });

const rowOf = (table: DoorTable, { routeOptions: { url, method } }: FastifyRequest): DoorRow | undefined =>
  url === undefined ? undefined : table.of([method].flat()[0]!, url);

/** Of a command on a record that is not its sender's own: why they did it is on record, though nothing was shown. */
const actedOn = ({ record, reason }: Admission, { route }: DoorRow, status: number): readonly Shown[] =>
  (record && reason && status < 300 && route.startsWith('POST ') ? [{ kind: record.kind, ids: [record.id] }] : []);

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/**
 * Holds each answer that shows records until its look is durable: an answer whose look cannot be recorded is not sent. A route that shows
 * records and does not say which is a fault of ours, and shows nothing. A form that is shown again, whatever its status, shows its record too.
 */
export const recordLooks = (fastify: FastifyInstance, table: DoorTable, { record, miss, denied }: LookRecorder): void => {
  fastify.addHook('onSend', async (request: FastifyRequest & { admission?: Admission }, reply, payload) => {
    const [row, { admission }] = [rowOf(table, request), request];
    const denial = admission?.takeDenial();
    if (denial) await denied(request, denial);
    const missed = (reply.statusCode === 404 ? admission?.missed : undefined) ?? admission?.takeMissed();
    if (row && missed) await miss(admission!.reader, row.route, missed);
    const shown = isRedirect(reply.statusCode) ? [] : admission?.shown ?? [];
    if (row?.looks && reply.statusCode < 300 && shown.length === 0) throw new Error(`${row.route} shows records and does not say which`);
    const told = shown.length === 0 && row && admission ? actedOn(admission, row, reply.statusCode) : shown;
    if (!row || told.length === 0) return payload;
    const { reader, reason } = admission!;
    await record({ reader, route: row.route, shown: told.map(shortened), ...(reason && { reason }) });
    return payload;
  });
};
