import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { Outgoing } from './outgoing';
import { planRead } from './read-plan';
import type { ReadPlan } from './read-plan';
import { boundsOf, newestRow, readAllBackwards, readAllForwards, readBackwards, readForwards, resolve } from './reading';
import type { PeerLog } from './peer-log';
import type { Recorded } from './records';
import { invalid, Refusal } from './refusals';
import { status } from '@grpc/grpc-js';
import { befall, requireLeader } from './room';
import type { Room } from './room';
import { subscribe } from './subscribe';
import { encodeEvent, encodeNotFound } from './wire';

type Call = ServerWritableStream<ReadReq, Buffer>;

export const read = (room: Room) => (call: Call): void => void serve(room, call);

const serve = async (room: Room, call: Call): Promise<void> => {
  const fault = room.faults.take('read');
  const out = new Outgoing(room, call, fault);
  try {
    if (fault?.at === 'request' && (await befall(room, fault))) return;
    requireLeader(room, call.metadata, false);
    const caller = room.rights.identify(call.metadata);
    const plan = planRead(call.request.getOptions());
    await room.rights.require(caller, 'read', plan.stream ?? '$all');
    requirePosition(room.log, plan);
    await (plan.isSubscription ? subscribe(room, plan, caller, out) : readOnce(room.log, plan, out));
    await out.end();
  } catch (error) {
    out.fail(error);
  }
};

/** @throws Refusal when there is nothing at the position asked for */
const requirePosition = (log: PeerLog, { stream, from, isSubscription }: ReadPlan): void => {
  if (stream !== undefined || typeof from !== 'number' || from <= newestRow(log)) return;
  throw isSubscription ? invalid('Trying to read from an invalid position.') : new Refusal(status.UNKNOWN, 'Unexpected ReadAllResult: Error');
};

const readOnce = async (log: PeerLog, plan: ReadPlan, out: Outgoing): Promise<void> => {
  const events = await source(log, plan);
  if (!events) return out.send(encodeNotFound(plan.stream!));
  let left = plan.limit;
  for await (const event of events) {
    if (out.isOver) return;
    if (plan.filter && !plan.filter.passes(event)) continue;
    await out.send(encodeEvent(plan.resolveLinks ? await resolve(log, event) : { event }, plan.isStructured));
    if (--left <= 0) return;
  }
};

/** Undefined when there is no such stream. @throws Refusal when it is tombstoned */
const source = async (log: PeerLog, { stream, from, isBackwards }: ReadPlan): Promise<AsyncIterable<Recorded> | undefined> => {
  if (stream === undefined) return isBackwards ? readAllBackwards(log, from) : readAllForwards(log, from);
  const bounds = await boundsOf(log, stream);
  if (bounds.isMissing) return undefined;
  return isBackwards ? readBackwards(log, stream, from, bounds) : readForwards(log, stream, from, bounds);
};
