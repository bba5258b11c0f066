import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { Credentials } from '@eventstore/db-client';
import { startPeer } from './peer';
import type { Peer } from './peer';
import { collect, errorOf, failureOf, fresh, seen, seenUpTo } from './rig';
import { selfSigned } from './self-signed';

const ADMIN: Credentials = { username: 'admin', password: 'changeit' };
const CLERK: Credentials = { username: 'clerk', password: 'secret' };
const LEAD: Credentials = { username: 'lead', password: 'secret' };

describe('rights over TLS (section 3)', () => {
  const tls = selfSigned();
  let peer: Peer;
  const clients: EventStoreDBClient[] = [];
  const as = (credentials?: Credentials): EventStoreDBClient => {
    const client = new EventStoreDBClient({ endpoint: `localhost:${peer.port}` }, { rootCertificate: Buffer.from(tls.cert) }, credentials);
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    peer = await startPeer({ tls, accounts: { clerk: { password: 'secret', groups: [] }, lead: { password: 'secret', groups: ['leads'] } } });
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.dispose()));
    await peer.stop();
  });
  const denied = { type: 'access-denied' };

  it('bad or unknown credentials are an AccessDeniedError', async () => {
    for (const credentials of [{ ...ADMIN, password: 'changed' }, { ...ADMIN, username: 'nobody' }]) {
      const client = as(credentials);
      expect(await errorOf(client.appendToStream(fresh(), seen(1)))).toMatchObject(denied);
      expect(await errorOf(collect(client.readStream(fresh())))).toMatchObject(denied);
      expect(await errorOf(client.deleteStream(fresh()))).toMatchObject(denied);
    }
  });

  it('streams of users are everybody\'s, also of who says no name; those that begin with $, and $all, are the administrators\'', async () => {
    const stream = fresh();
    await as().appendToStream(stream, seen(1));
    expect(await collect(as(CLERK).readStream(stream))).toHaveLength(1);
    expect(await errorOf(as(CLERK).appendToStream('$secrets', seen(1)))).toMatchObject(denied);
    expect(await errorOf(collect(as(CLERK).readStream('$users')))).toMatchObject(denied);
    expect(await errorOf(collect(as(CLERK).readAll()))).toMatchObject(denied);
    await as(ADMIN).appendToStream('$secrets', seen(1));
    expect((await collect(as(ADMIN).readAll())).length).toBeGreaterThan(3);
  });

  it('$acl in the metadata of a stream overrides that, by name or group, action by action', async () => {
    const stream = fresh();
    const admin = as(ADMIN);
    await admin.setStreamMetadata(stream, { acl: { readRoles: ['clerk', 'leads'], writeRoles: ['leads'], deleteRoles: ['$admins'], metaReadRoles: ['leads'], metaWriteRoles: ['$admins'] } });
    const [clerk, lead] = [as(CLERK), as(LEAD)];
    await lead.appendToStream(stream, seenUpTo(2));
    expect(await errorOf(clerk.appendToStream(stream, seen(3)))).toMatchObject(denied);
    expect(await errorOf(clerk.appendToStream(stream, seen(3), { credentials: CLERK }))).toMatchObject(denied);
    expect(await collect(clerk.readStream(stream))).toHaveLength(2);
    expect(await errorOf(collect(as().readStream(stream)))).toMatchObject(denied);
    expect(await errorOf(lead.deleteStream(stream))).toMatchObject(denied);
    expect(await errorOf(lead.tombstoneStream(stream))).toMatchObject(denied);
    expect((await lead.getStreamMetadata(stream)).metadata).toBeDefined();
    expect(await errorOf(clerk.getStreamMetadata(stream))).toMatchObject(denied);
    expect(await errorOf(lead.setStreamMetadata(stream, {}))).toMatchObject(denied);
    await admin.appendToStream(stream, seen(4));
    await admin.deleteStream(stream);
  });

  it('$settings say what holds where a stream says nothing', async () => {
    const admin = as(ADMIN);
    await admin.appendToStream('$settings', jsonEvent({ type: '$settings', data: { $userStreamAcl: { $r: '$all', $w: ['leads'] }, $systemStreamAcl: { $r: 'clerk' } } }));
    const stream = fresh();
    await as(LEAD).appendToStream(stream, seen(1));
    expect(await errorOf(as(CLERK).appendToStream(stream, seen(1)))).toMatchObject(denied);
    expect((await collect(as(CLERK).readStream('$users'))).length).toBe(1);
    await admin.appendToStream('$settings', jsonEvent({ type: '$settings', data: {} }));
  });

  it('writing or deleting $all, and deleting a metadata stream, is refused to everybody', async () => {
    const admin = as(ADMIN);
    expect(await errorOf(admin.appendToStream('$all', seen(1)))).toMatchObject(denied);
    expect(await errorOf(admin.deleteStream('$all'))).toMatchObject(denied);
    expect(await errorOf(admin.deleteStream(`$$${fresh()}`))).toMatchObject(denied);
  });

  it('a live subscription is dropped with access-denied when a change of rights takes the right away', async () => {
    const stream = fresh();
    const subscription = as(CLERK).subscribeToStream(stream);
    const dropped = failureOf(subscription);
    await new Promise<void>((resolve) => subscription.on('caughtUp', resolve).on('data', () => undefined));
    await as(ADMIN).setStreamMetadata(stream, { acl: { readRoles: ['leads'] } });
    expect(await dropped).toMatchObject(denied);
  });

  it('without TLS the client sends no credentials, and whoever says no name may do everything', async () => {
    const plain = await startPeer();
    const client = EventStoreDBClient.connectionString(`esdb://admin:wrong@127.0.0.1:${plain.port}?tls=false`);
    await client.appendToStream('$secrets', seen(1));
    await client.dispose();
    await plain.stop();
  });
});
