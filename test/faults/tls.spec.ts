import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openKurrentEventStore } from '#platform/event-store';
import { Postgres } from '#platform/postgres';
import { readSettings } from '#platform/settings';
import { Authority, opensslMissing } from '#test/certificates';
import { PostgresServer, postgresMissing } from '#test/postgres';
import { freePort, RedisServer, redisMissing } from '#test/redis-server';
import { noted } from '../contracts/event-store.contract';
import { startPeer } from '../peers/eventstoredb/peer';
import type { Peer } from '../peers/eventstoredb/peer';

const HERE = 'DNS:localhost,IP:127.0.0.1';
const ELSEWHERE = 'DNS:db.example';
const PASSWORD = 'a-password-of-the-tests';

const run = promisify(execFile);
const program = path.join(__dirname, '../../dist/apps/cli/main.js');

const when = (name: string, missing: string | undefined, specs: () => void): void => {
  (missing ? describe.skip : describe)(missing ? `${name} (${missing})` : name, specs);
};

interface Said {
  readonly exit: number;
  readonly text: string;
}

when('connections over TLS', opensslMissing, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-tls-'));
  const [ours, other] = [new Authority(folder, 'ours'), new Authority(folder, 'other')];
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  /** The program's own command that makes a ledger, at the servers that are named. */
  const init = async (env: Readonly<Record<string, string>>): Promise<Said> => {
    const place = fs.mkdtempSync(path.join(folder, 'ledger-'));
    const surroundings = { PATH: process.env.PATH ?? '', DAYBOOK_DATA: path.join(place, 'data'), DAYBOOK_KEYS: path.join(place, 'keys'), ...env };
    return run(process.execPath, [program, 'init', '--as', 'trial'], { env: surroundings }).then(
      ({ stdout, stderr }) => ({ exit: 0, text: stdout + stderr }), ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ exit: code, text: stdout + stderr }));
  };

  describe('to the event store', () => {
    let here: Peer;
    let elsewhere: Peer;
    const peerWith = async (names: string): Promise<Peer> => {
      const { cert, key } = ours.issue(names);
      return startPeer({ tls: { cert: fs.readFileSync(cert, 'utf8'), key: fs.readFileSync(key, 'utf8') }, accounts: { daybook: { password: PASSWORD, groups: ['$admins'] } } });
    };
    beforeAll(async () => { [here, elsewhere] = [await peerWith(HERE), await peerWith(ELSEWHERE)]; });
    afterAll(async () => { for (const peer of [here, elsewhere]) await peer.stop(); });

    const url = (peer: Peer, ca: Authority | undefined, { host = 'localhost', password = PASSWORD } = {}): string =>
      `esdb://daybook:${password}@${host}:${peer.port}?tls=true${ca ? `&tlsCAFile=${ca.file}` : ''}`;
    const troubleAt = async (address: string): Promise<string | undefined> => {
      const store = await openKurrentEventStore({ url: address, file: path.join(folder, `${randomUUID()}.db`), times: { append: 1_000, attempt: 400, read: 1_000 } });
      await expect(store.append('case-1', [noted('a')], 'no_stream')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      while (store.following !== 'AWAY' || store.trouble === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
      const { trouble } = store;
      await store.close();
      return trouble;
    };

    it.each(['localhost', '127.0.0.1'])('write and follow where the authority is the right one (%s)', async (host) => {
      const store = await openKurrentEventStore({ url: url(here, ours, { host }), file: path.join(folder, `${randomUUID()}.db`) });
      expect(await store.append(`case-${randomUUID()}`, [noted('a')], 'no_stream')).toMatchObject({ revision: 0 });
      await store.close();
    });

    it.each([['of another authority', () => url(here, other)], ['of an authority that nobody named', () => url(here, undefined)], ['of another host', () => url(elsewhere, ours)]])(
      'are not made to a server with a certificate %s, and health says why', async (_, address) =>
        expect(await troubleAt(address())).toMatch(/^the certificate of the event store is not accepted/));

    it('say that the account is not known there', async () =>
      expect(await troubleAt(url(here, ours, { password: 'another' }))).toBe('the event store does not know the account, or its password is another'));

    it('stop a start with words that hold neither address nor password', async () => {
      const { exit, text } = await init({ DAYBOOK_EVENT_STORE: url(here, other) });
      expect([exit !== 0, text]).toEqual([true, expect.stringContaining('the certificate of the event store is not accepted')]);
      expect(text).not.toContain(PASSWORD);
    });

    it('stop a start where the file of the authority is not there', async () => {
      const { exit, text } = await init({ DAYBOOK_EVENT_STORE: `esdb://daybook:${PASSWORD}@localhost:${here.port}?tlsCAFile=/nowhere/ca.pem` });
      expect([exit !== 0, text]).toEqual([true, expect.stringContaining('the file that tlsCAFile of the event store names cannot be read (ENOENT)')]);
      expect(text).not.toContain(PASSWORD);
    });
  });

  when('to PostgreSQL', postgresMissing(), () => {
    const servers: PostgresServer[] = [];
    afterAll(async () => { for (const server of servers) await server.remove(); });
    afterEach(async () => { for (const one of opened.splice(0)) await one.close(); });
    const opened: Postgres[] = [];

    /** One whose certificate says these names; absent, one without TLS. Answers its port. */
    const serverWith = async (names?: string): Promise<number> => {
      const port = await freePort();
      const server: PostgresServer = new PostgresServer({ listen_addresses: '127.0.0.1', port: String(port), ...(names === undefined ? {} : { ssl: 'on', ssl_cert_file: 'server.pem', ssl_key_file: 'server.key' }) });
      servers.push(server);
      if (names !== undefined) own(server.data, ours.issue(names));
      await server.start();
      return port;
    };
    const own = (data: string, { cert, key }: { readonly cert: string; readonly key: string }): void => {
      const { uid, gid } = fs.statSync(data);
      for (const [from, name] of [[cert, 'server.pem'], [key, 'server.key']] as const) {
        const file = path.join(data, name);
        fs.copyFileSync(from, file);
        fs.chownSync(file, uid, gid);
        fs.chmodSync(file, 0o600);
      }
    };
    let here: number;
    let elsewhere: number;
    let plain: number;
    beforeAll(async () => { [here, elsewhere, plain] = [await serverWith(HERE), await serverWith(ELSEWHERE), await serverWith()]; }, 60_000);

    const url = (port: number, ca: Authority, host = 'localhost'): string => `postgres://daybook:${PASSWORD}@${host}:${port}/postgres?sslmode=verify-full&sslrootcert=${encodeURIComponent(ca.file)}`;
    const at = (address: string): Postgres => {
      const postgres = new Postgres(readSettings({ DAYBOOK_STATE_URL: address }).state!);
      opened.push(postgres);
      return postgres;
    };

    it.each(['localhost', '127.0.0.1'])('are encrypted where the authority is the right one (%s)', async (host) =>
      expect(await at(url(here, ours, host)).query('SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toEqual([{ ssl: true, version: 'TLSv1.3' }]));

    it.each([['of another authority', () => url(here, other)], ['of another host', () => url(elsewhere, ours)], ['of another host, by address', () => url(elsewhere, ours, '127.0.0.1')]])(
      'are not made to a server with a certificate %s', async (_, address) =>
        expect(at(address()).query('SELECT 1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', written: 'no', message: expect.stringMatching(/^the certificate of PostgreSQL is not accepted/) as string }));

    it('are not made in clear to a server without TLS', async () =>
      expect(at(url(plain, ours)).query('SELECT 1')).rejects.toMatchObject({ written: 'no', message: expect.stringMatching(/^PostgreSQL offers no TLS/) as string }));

    it('stop a start with words that hold neither address nor password', async () => {
      const { exit, text } = await init({ DAYBOOK_STATE_URL: url(here, other) });
      expect([exit !== 0, text]).toEqual([true, expect.stringContaining('the certificate of PostgreSQL is not accepted')]);
      expect(text).not.toContain(PASSWORD);
    });

    it.each(['require', 'prefer', 'allow', 'verify-ca', 'no-verify'])('know no sslmode=%s, which would leave the certificate or its name unchecked', async (mode) => {
      const { exit, text } = await init({ DAYBOOK_STATE_URL: `postgres://daybook:${PASSWORD}@localhost:${here}/postgres?sslmode=${mode}` });
      expect([exit !== 0, text]).toEqual([true, expect.stringContaining('DAYBOOK_STATE_URL may have sslmode=verify-full')]);
      expect(text).not.toContain(PASSWORD);
    });
  });

  when('to Redis', redisMissing, () => {
    const servers: RedisServer[] = [];
    afterAll(async () => { for (const server of servers) await server.stop(); });
    const serverWith = async (names: string): Promise<number> => {
      const [port, { cert, key }] = [await freePort(), ours.issue(names)];
      servers.push(await RedisServer.start('--port', '0', '--tls-port', String(port), '--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', ours.file,
        '--tls-auth-clients', 'no', '--requirepass', PASSWORD));
      return port;
    };
    let here: number;
    let elsewhere: number;
    beforeAll(async () => { [here, elsewhere] = [await serverWith(HERE), await serverWith(ELSEWHERE)]; });

    /** In a program of its own: Node.js reads the authorities that it is told of at its start. */
    const work = async (port: number, ca: Authority | undefined, host = 'localhost'): Promise<unknown> => {
      const env = { PATH: process.env.PATH ?? '', ...(ca ? { NODE_EXTRA_CA_CERTS: ca.file } : {}) };
      const { stdout, stderr } = await run(process.execPath, [path.join(__dirname, 'tls-redis.child.cjs'), `rediss://:${PASSWORD}@${host}:${port}`], { env });
      expect(stdout + stderr).not.toContain(PASSWORD);
      return JSON.parse(stdout) as unknown;
    };

    it.each(['localhost', '127.0.0.1'])('have jobs done where the authority is the right one (%s)', async (host) =>
      expect(await work(here, ours, host)).toEqual({ troubles: [], done: true }));

    it.each([['of another authority', () => work(here, other)], ['of an authority that nobody named', () => work(here, undefined)],
      ['of another host', () => work(elsewhere, ours)], ['of another host, by address', () => work(elsewhere, ours, '127.0.0.1')]])(
      'are not made to a server with a certificate %s, and health says so', async (_, worked) =>
        expect(await worked()).toEqual({ troubles: ['UNTRUSTED'], done: 'jobs: UNTRUSTED' }));
  });
});
