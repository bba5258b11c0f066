import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordKeyId } from '#kernel';
import { openEmbeddedReader, START } from '#platform/event-store';
import { openKeys, openState, readFolder } from '#platform/folder';
import { readSettings } from '#platform/settings';
import { sealedUnder } from '#platform/vault';
import { PostgresServer, postgresMissing } from '#test/postgres';
import { Seeded } from '#test/seeded';
import { Desk } from '../../apps/cli/cli.fixtures';
import { Visitor } from '../../apps/daybook/sign-in/visitor.fixtures';

const KILLS = process.env.DAYBOOK_FAULTS === 'soak' ? 60 : 4;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const IN_FLIGHT = 8;

interface Answered {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly id?: string;
}

const missing = postgresMissing();
const when = missing ? describe.skip : describe;

when(`PostgreSQL killed ${KILLS} times under commands that need it (DAYBOOK_SEED=${SEED})${missing ? `: ${missing}` : ''}`, () => {
  let server: PostgresServer;
  const desk = new Desk();
  beforeAll(async () => {
    server = await new PostgresServer().start();
    process.env.DAYBOOK_STATE_URL = await server.newDatabase(); // the desk hands its surroundings on
  });
  afterAll(async () => {
    delete process.env.DAYBOOK_STATE_URL;
    desk.clear();
    await server.remove();
  });

  it('loses no key of anything that is in the log, says 503 with the time to come back, and lets the program go on by itself', async () => {
    const program = await desk.start();
    const headers = { 'content-type': 'application/json', ...(await desk.credentials()) };
    const body = JSON.stringify({ kind: 'CRIME', area: 'Rotherham', themes: [], title: 'Planted title', summary: 'Planted summary', crimes: [{ offence: 'Robbery' }] });
    const open = async (): Promise<Answered> => {
      const answer = await fetch(`${program.url}/api/v1/investigations`, { method: 'POST', headers, body });
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), ...((await answer.json()) as { readonly id?: string }) };
    };
    const browser = new Visitor(program.url);
    await browser.signIn('DS 2256');
    const answers: Answered[] = [];
    const going = { on: true };
    const senders = Array.from({ length: IN_FLIGHT }, async () => {
      for (; going.on; await delay(5)) answers.push(await open());
    });
    const random = new Seeded(SEED);
    const opened = (): number => answers.filter(({ status }) => status === 201).length;
    const until = async (seen: () => boolean): Promise<void> => { while (!seen()) await delay(10); };
    for (let kill = 0; kill < KILLS; kill++) {
      const before = opened();
      await until(() => opened() > before + 5 + random.below(20)); // it went on by itself
      const refused = answers.length - opened();
      await server.kill();
      await until(() => answers.length - opened() > refused);
      expect(await concerns(program.url)).toContain('PostgreSQL does not answer: nobody signs in, and what needs a key waits');
      expect((await browser.get('/account')).status).toBe(503);
      await server.start();
    }
    const last = opened();
    await until(() => opened() > last + 5);
    going.on = false;
    await Promise.all(senders);
    expect((await browser.get('/account')).status).toBe(200); // still signed in
    expect(await concerns(program.url)).not.toContain('PostgreSQL does not answer: nobody signs in, and what needs a key waits');
    expect(answers.filter(({ status, retryAfter }) => status !== 201 && !(status === 503 && retryAfter !== null))).toEqual([]);
    expect(await program.stop()).toBe(0);
    await expectKeys(answers.flatMap(({ status, id }) => (status === 201 ? [id!] : [])));
  });

  const concerns = async (url: string): Promise<readonly string[]> => ((await (await fetch(`${url}/health/ready`)).json()) as { readonly concerns: readonly string[] }).concerns;

  /** That every stream that was acknowledged is in the log, and every key that anything in the log was sealed with is there. */
  const expectKeys = async (acknowledged: readonly string[]): Promise<void> => {
    const settings = readSettings(desk.env() as Record<string, string>);
    const log = openEmbeddedReader(path.join(desk.data, 'log.db'));
    const [used, streams] = [new Set<RecordKeyId>(), new Set<string>()];
    for await (const page of log.readAll(START))
      for (const { stream, data, metadata } of page) {
        streams.add(stream);
        for (const bytes of [data, metadata]) sealedUnder(JSON.parse(Buffer.from(bytes).toString('utf8')), used);
      }
    await log.close();
    expect(acknowledged.filter((id) => !streams.has(`investigation-${id}`))).toEqual([]);
    expect(used.size).toBeGreaterThan(acknowledged.length);
    const state = openState(settings);
    const keys = await openKeys(settings, state, readFolder(settings)!.id);
    expect(await keys.missing([...used])).toEqual([]);
    expect((await keys.get([...used])).size).toBe(used.size);
    await keys.close();
    await state!.close();
  };
});
