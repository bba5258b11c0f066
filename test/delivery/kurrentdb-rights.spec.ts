import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { readLedgerMark, writeLedgerMark } from '#platform/event-store';
import { fromRoot } from '#platform/settings';
import { startPeer } from '../peers/eventstoredb/peer';
import type { Peer } from '../peers/eventstoredb/peer';
import { selfSigned } from '../peers/eventstoredb/self-signed';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-rights-'));
const ca = path.join(folder, 'ca.pem');
const clients: EventStoreDBClient[] = [];
let peer: Peer;

const as = (account: string): string => `esdb://${account}@localhost:${peer.port}?tls=true&tlsCAFile=${ca}`;
const client = (account: string): EventStoreDBClient => {
  const made = EventStoreDBClient.connectionString(as(account));
  clients.push(made);
  return made;
};

const rights = (order: string, product = 'daybook:secret'): Promise<{ readonly exit: number | null; readonly said: string }> => new Promise((resolve) => {
  const env = { ...process.env, KURRENTDB_ADMINISTRATOR: as('admin:changeit'), KURRENTDB_PRODUCT: as(product) };
  const child = spawn(process.execPath, [fromRoot('infra', 'kurrentdb-rights.mjs'), order], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => { said += bytes.toString(); });
  child.on('close', (exit) => resolve({ exit, said }));
});

beforeAll(async () => {
  const tls = selfSigned();
  fs.writeFileSync(ca, tls.cert);
  peer = await startPeer({ tls, accounts: { daybook: { password: 'secret', groups: [] }, deputy: { password: 'secret', groups: ['$admins'] } } });
});
afterAll(async () => {
  await Promise.all(clients.map((made) => made.dispose()));
  await peer.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the rights of the product in KurrentDB', () => {
  it('are too many where nobody has set them, and every fault is named', async () => {
    const { exit, said } = await rights('check');
    expect(exit).toBe(1);
    expect(said.trim().split('\n').sort()).toEqual([
      'the account daybook may change what a stream keeps', 'the account daybook may delete a stream', 'the account daybook may delete a stream for good', 'the account daybook may not read everything',
    ]);
  });

  it('are to read and to append once they are set, and setting them again changes nothing', async () => {
    expect(await rights('set')).toEqual({ exit: 0, said: 'the account daybook may read and append, and nothing else; no stream of the ledger is limited\n' });
    expect((await rights('set')).exit).toBe(0);
    expect((await rights('check')).exit).toBe(0);
    const written = [];
    for await (const one of client('admin:changeit').readStream('$settings')) written.push(one);
    expect(written).toHaveLength(1);
  });

  it('leave nothing of the check in the log', async () => {
    const streams = new Set<string>();
    for await (const { event } of client('admin:changeit').readAll()) streams.add(event!.streamId);
    expect([...streams].filter((name) => name.includes('rights-check'))).toEqual([]);
  });

  it('let the product do what it does, and take nothing away', async () => {
    const product = client('daybook:secret');
    await product.appendToStream('note-1', jsonEvent({ type: 'Noted', data: {} }));
    await expect(product.deleteStream('note-1')).rejects.toMatchObject({ type: 'access-denied' });
    await expect(product.setStreamMetadata('note-1', { truncateBefore: 1 })).rejects.toMatchObject({ type: 'access-denied' });
  });

  it('let the product read what the ledger is and not say it: that is for an administrator, or comes before', async () => {
    await expect(writeLedgerMark(as('daybook:secret'), { ledger: 'a' })).rejects.toMatchObject({ written: 'no', message: expect.stringContaining('first start after daybook migrate') as string });
    expect(await readLedgerMark(as('daybook:secret'))).toBeUndefined();
    expect(await writeLedgerMark(as('admin:changeit'), { ledger: 'a' })).toEqual({ ledger: 'a' });
    expect(await readLedgerMark(as('daybook:secret'))).toEqual({ ledger: 'a' });
    expect((await rights('check')).exit).toBe(0);
  });

  it('are too few where what the ledger is cannot be read, and the start says which', async () => {
    await client('admin:changeit').setStreamMetadata('daybook-ledger', { acl: { metaReadRoles: ['$admins'] } });
    expect((await rights('check')).said).toBe('the account daybook may not read what the ledger is\n');
    await expect(readLedgerMark(as('daybook:secret'))).rejects.toMatchObject({ message: expect.stringContaining('does not let this account read') as string });
    await client('admin:changeit').setStreamMetadata('daybook-ledger', {});
  });

  it('are not in order where a stream is limited in number or age', async () => {
    await client('admin:changeit').setStreamMetadata('note-1', { maxCount: 5 });
    expect(await rights('check')).toEqual({ exit: 1, said: 'note-1 is limited by $maxCount\n' });
    await client('admin:changeit').setStreamMetadata('note-1', {});
    expect((await rights('check')).exit).toBe(0);
  });

  it('cannot be kept from an account of the administrators, and are not asked for under theirs', async () => {
    expect((await rights('check', 'deputy:secret')).said).toContain('the account deputy may delete a stream');
    expect((await rights('check', 'admin:changeit')).exit).toBe(2);
  });

  it('are not said to be in order where the server cannot be asked', async () => {
    const { exit, said } = await rights('check', 'daybook:guessed');
    expect(exit).not.toBe(0);
    expect(said).not.toContain('guessed');
  });
});
