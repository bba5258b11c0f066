import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { watchCertificates } from './certificates';
import { Metrics } from './metrics';

const HOUR = 3_600_000;
const DAYS = 30;

const listening = async <S extends net.Server>(server: S): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const endTold = async (metrics: Metrics): Promise<number | undefined> => {
  const found = /^daybook_certificate_expiry_timestamp_seconds\{of="public"\} (\d+)$/m.exec(await metrics.text());
  return found ? Number(found[1]) : undefined;
};

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

(hasOpenssl ? describe : describe.skip)('certificates', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-certificate-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  let server: tls.Server;
  let asked = 0;
  beforeAll(() => {
    spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert, '-days', String(DAYS), '-subj', '/CN=daybook.example']);
    server = tls.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) });
    server.on('connection', () => { asked++; });
  });
  afterAll(() => {
    server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('tell when they end, also one that nobody trusts, and are looked at once an hour', async () => {
    const metrics = new Metrics();
    let now = 0;
    watchCertificates(metrics, [{ of: 'public', host: '127.0.0.1', port: await listening(server) }], () => now);
    const days = ((await endTold(metrics))! * 1000 - fs.statSync(cert).mtimeMs) / (24 * HOUR);
    expect(Math.round(days)).toBe(DAYS);
    now = HOUR - 1;
    await metrics.text();
    expect(asked).toBe(1);
    now = HOUR;
    await metrics.text();
    expect(asked).toBe(2);
  });

  it('of an address that is away are not told, and are asked for again', async () => {
    const metrics = new Metrics();
    const away = net.createServer();
    const port = await listening(away);
    await new Promise((resolve) => away.close(resolve));
    watchCertificates(metrics, [{ of: 'public', host: '127.0.0.1', port }]);
    expect(await endTold(metrics)).toBeUndefined();
    expect(await metrics.text()).toContain('daybook_scrape_failures_total{part="certificate public"} 2');
  });
});
