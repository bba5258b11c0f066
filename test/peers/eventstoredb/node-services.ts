import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { UUID } from '@eventstore/db-client/generated/shared_pb';
import { answerOnce } from './room';
import type { Room } from './room';

const VERSION = '24.10.0';
const STREAMS = 'event_store.client.streams.streams';

/** By service and method, in lower case as the real server names them. */
const METHODS: readonly (readonly [string, string, readonly string[]])[] = [
  [STREAMS, 'read', ['position', 'events']],
  [STREAMS, 'append', []],
  [STREAMS, 'batchappend', ['deadline_duration']],
  [STREAMS, 'delete', []],
  [STREAMS, 'tombstone', []],
  ['event_store.client.gossip.gossip', 'read', []],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods', []],
];

/** `hasBatches`: false makes clients append one call at a time. */
export const features = (room: Room, hasBatches: boolean) => (call: ServerUnaryCall<unknown, SupportedMethods>, callback: sendUnaryData<SupportedMethods>): void =>
  void answerOnce(room, 'features', call.metadata, callback, async () => {
    const methods = METHODS.filter(([, method]) => hasBatches || method !== 'batchappend')
      .map(([service, method, words]) => new SupportedMethod().setServiceName(service).setMethodName(method).setFeaturesList([...words]));
    return new SupportedMethods().setEventStoreServerVersion(VERSION).setMethodsList(methods);
  });

/** One member, this one; and the leader when it is another. */
export const gossip = (room: Room, instanceId: string) => (call: ServerUnaryCall<unknown, ClusterInfo>, callback: sendUnaryData<ClusterInfo>): void =>
  void answerOnce(room, 'gossip', call.metadata, callback, async () => {
    const member = (id: string, state: number, { host, port }: { readonly host: string; readonly port: number }): MemberInfo =>
      new MemberInfo().setInstanceId(new UUID().setString(id)).setTimeStamp(String(Date.now() * 10_000)).setState(state as never).setIsAlive(true)
        .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));
    const { LEADER, FOLLOWER } = MemberInfo.VNodeState;
    const { leader } = room.faults;
    const members = leader ? [member(instanceId, FOLLOWER, room.endpoint), member('00000000-0000-4000-8000-000000000001', LEADER, leader)] : [member(instanceId, LEADER, room.endpoint)];
    return new ClusterInfo().setMembersList(members);
  });
