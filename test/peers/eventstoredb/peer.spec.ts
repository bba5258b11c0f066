import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startPeer } from './peer';
import type { Peer } from './peer';

describe('the server of the tests', () => {
  let peer: Peer;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    peer = await startPeer();
    client = EventStoreDBClient.connectionString(peer.connectionString);
  });
  afterAll(async () => {
    await client.dispose();
    await peer.stop();
  });

  it('gives back what the official client has appended', async () => {
    const events = [jsonEvent({ type: 'Seen', data: { n: 1 }, metadata: { by: 'me' } }), jsonEvent({ type: 'Seen', data: { n: 2 } })];
    const { nextExpectedRevision } = await client.appendToStream('visit-1', events, { expectedRevision: 'no_stream' });
    expect(nextExpectedRevision).toBe(1n);
    const read: unknown[] = [];
    for await (const { event } of client.readStream('visit-1')) read.push(event?.data);
    expect(read).toEqual([{ n: 1 }, { n: 2 }]);
  });
});
