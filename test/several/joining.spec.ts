import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openKurrentEventStore } from '#platform/event-store';
import { describeSeveral, Several } from './processes';
import type { Process } from './processes';

jest.setTimeout(180_000);

describeSeveral('a process that joins several others from a snapshot', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-joining-'));
  const snapshots = path.join(folder, 'snapshots');
  let several: Several;
  let api: Process;
  let token: string;

  beforeAll(async () => {
    several = await Several.start();
    api = await several.process('api1', 'api');
    token = (await api.command('token', '--as', 'DS 2256', '--minutes', '60')).trim();
  });
  afterAll(async () => {
    await several?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const record = async (): Promise<string> => {
    const answer = await fetch(`${api.url}/api/v1/investigations`, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] }),
    });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { readonly position: string }).position;
  };
  const figuresAt = async ({ url }: Process, position: string): Promise<{ readonly number: number; readonly investigations: { readonly active: number } }> => {
    const answer = await fetch(`${url}/api/v1/figures?area=all&minPosition=${position}`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    return (await answer.json()) as { number: number; investigations: { active: number } };
  };

  it('has what the snapshot holds and what was recorded since, as if it had read the whole log', async () => {
    for (let i = 0; i < 5; i++) await record();
    const made = JSON.parse(await api.command('snapshot', '--to', snapshots)) as { readonly number: number; readonly lastErasure: number };
    expect(made.lastErasure).toBe(-1);
    const position = await record();
    const joined = await several.process('api2', 'api', { DAYBOOK_SNAPSHOT: snapshots });
    expect(joined['said']).toContain(`to event ${made.number}\n`);
    const [here, there] = [await figuresAt(joined, position), await figuresAt(api, position)];
    expect([here.number, here.investigations]).toEqual([made.number + 1, there.investigations]);
    expect(here.investigations.active).toBe(6);
    const reports = JSON.parse(await joined.command('rebuild', '--json')) as readonly { readonly name: string; readonly result: string; readonly digest: string; readonly liveDigest: string }[];
    expect(reports.filter(({ result, digest, liveDigest }) => result !== 'swapped' || digest !== liveDigest)).toEqual([]);
    expect(reports.map(({ name }) => name)).toContain('looks');
  });

  it('is refused when somebody was erased since, and starts from the next snapshot', async () => {
    const nominalId = randomUUID();
    const log = await openKurrentEventStore({ url: several.peer.connectionString, file: path.join(folder, 'log.db') });
    await log.append(`dataSubject-${nominalId}`, [{ id: randomUUID(), type: 'ErasureBegun', data: Buffer.from(JSON.stringify({ nominalId, requestId: randomUUID(), keys: [`nominal-${nominalId}`] })), metadata: Buffer.from('{}') }], 'no_stream');
    await log.close();
    await expect(several.process('console', 'console', { DAYBOOK_SNAPSHOT: snapshots })).rejects.toThrow(/ended with 3: .*erased after the snapshot/);
    const { number, lastErasure } = JSON.parse(await api.command('snapshot', '--to', snapshots)) as { readonly number: number; readonly lastErasure: number };
    expect(lastErasure).toBe(number);
    await several.process('console', 'console', { DAYBOOK_SNAPSHOT: snapshots });
  });
});
