import { setTimeout as sleep } from 'node:timers/promises';
import type { Metadata } from '@grpc/grpc-js';
import type { Fault, Faults, Method } from './faults';
import type { PeerLog } from './peer-log';
import { notLeader, timedOut, toServiceError, unavailable } from './refusals';
import type { Endpoint } from './refusals';
import type { Caller, Rights } from './rights';

/** What every call needs. */
export interface Room {
  readonly log: PeerLog;
  readonly rights: Rights;
  readonly faults: Faults;
  /** How clients reach this server. */
  readonly endpoint: Endpoint;
  /** Bytes that the events of one append may have. */
  readonly maxAppendBytes: number;
  readonly writeTimeoutMs: number;
  /** Tears the connections of all clients. */
  reset(): void;
}

/**
 * Lets a fault befall a call; answers whether the call is left without an answer.
 * @throws Refusal when the fault is one
 */
export const befall = async (room: Room, fault: Fault): Promise<boolean> => {
  switch (fault.how) {
    case 'unavailable': throw unavailable();
    case 'timeout': throw timedOut();
    case 'not-leader': throw notLeader(fault.leader ?? room.endpoint);
    case 'silence': return true;
    case 'reset':
      room.reset();
      return true;
    case 'delay':
      await sleep(fault.delayMs ?? 0);
      return false;
  }
};

/** @throws Refusal when this server is a follower and the call must go to the leader */
export const requireLeader = ({ faults }: Room, metadata: Metadata, isWrite: boolean): void => {
  if (faults.leader && (isWrite || metadata.get('requires-leader')[0] === 'true')) throw notLeader(faults.leader);
};

const WRITES: ReadonlySet<Method> = new Set<Method>(['append', 'batchAppend', 'delete', 'tombstone']);

/** Answers a call that has one answer. */
export const answerOnce = async <T>(
  room: Room, method: Method, metadata: Metadata, answer: (error: ReturnType<typeof toServiceError> | null, value?: T) => void,
  work: (caller: Caller) => Promise<T>,
): Promise<void> => {
  try {
    const fault = room.faults.take(method);
    if (fault?.at === 'request' && (await befall(room, fault))) return;
    requireLeader(room, metadata, WRITES.has(method));
    const value = await work(room.rights.identify(metadata));
    if (fault?.at === 'reply' && (await befall(room, fault))) return;
    answer(null, value);
  } catch (error) {
    answer(toServiceError(error));
  }
};
