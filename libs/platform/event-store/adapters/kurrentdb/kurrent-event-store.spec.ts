import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventStoreContract } from '../../../../../test/contracts/event-store.contract';
import { startPeer } from '../../../../../test/peers/eventstoredb/peer';
import type { Peer } from '../../../../../test/peers/eventstoredb/peer';
import { openKurrentEventStore } from './kurrent-event-store';

let peer: Peer;
let folder: string;

afterEach(async () => {
  await peer.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

eventStoreContract('KurrentDB', async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-kurrent-'));
  peer = await startPeer({ maxAppendBytes: 16 * 1024 * 1024 });
  return openKurrentEventStore({ url: `${peer.connectionString}&maxAppendSize=16777216`, file: path.join(folder, 'log.db') });
}, { overhead: 9 });
