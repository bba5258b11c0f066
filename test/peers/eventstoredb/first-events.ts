import crypto from 'node:crypto';
import type { PeerLog } from './peer-log';
import { newestRow } from './reading';
import type { Endpoint } from './refusals';

/** A server of that kind is never empty: a new log begins with events of the system. */
export const writeFirstEvents = async (log: PeerLog, { host, port }: Endpoint): Promise<void> => {
  if (newestRow(log) > 0) return;
  const first: readonly (readonly [string, string, unknown])[] = [
    [`$$$stats-${host}:${port}`, '$metadata', { $maxAge: 86_400 }],
    ['$user-admin', '$UserCreated', { loginName: 'admin', groups: ['$admins'], disabled: false }],
    ['$users', '$User', 'admin'],
  ];
  for (const [stream, type, data] of first)
    await log.append(stream, [{ id: crypto.randomUUID(), type, isJson: true, data: Buffer.from(JSON.stringify(data)), metadata: new Uint8Array() }], 'any');
};
