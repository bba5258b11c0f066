import { randomUUID } from 'node:crypto';
import { investigation } from '#contexts/investigations';
import type { InvestigationCommand } from '#contexts/investigations';
import { Bench } from './api.fixtures';
import type { Answer } from './api.fixtures';

describe('areas and teams', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  }, 60_000);
  afterAll(() => bench.close());

  const on = { effectiveAt: { precision: 'day', from: '2019-03-01' } };
  const open = (more: object): Promise<Answer> => bench.post('/api/v1/investigations', { kind: 'CRIME', themes: ['CSE'], ...on, ...more });
  const shown = async ({ body }: Answer): Promise<{ area: string; team: string | null }> =>
    (await bench.get(`/api/v1/investigations/${body.id as string}?minPosition=${body.position as string}`)).body;

  /** As an import leaves it, whose areas are the source's. */
  const imported = async (area: string): Promise<void> => {
    const id = randomUUID();
    const context = { commandId: randomUUID(), correlationId: id, actor: { kind: 'system', id: 'import' }, ...on, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT' };
    const command = { type: 'OpenInvestigation', data: { investigationId: id, kind: 'CRIME', area, themes: [] }, context } as unknown as InvestigationCommand;
    const { position } = await bench.daybook.ledger.transact(investigation, `investigation-${id}`, command);
    await bench.daybook.reads.waitFor(position, 10_000);
  };

  it.each(['Sheffield', 'sheffield', 'SHEFFIELD', 'E08000019', 'e08000039'])('a district called %s is recorded by its name', async (area) => {
    expect((await shown(await open({ area }))).area).toBe('Sheffield');
  });

  it.each(['Atlantis', 'all', 'E08999999'])('%s is no district, and nothing is recorded', async (area) => {
    const events = await bench.events();
    expect(await open({ area })).toMatchObject({ status: 400, body: { errors: [{ field: 'area', message: expect.stringContaining('district') }] } });
    expect(await bench.events()).toBe(events);
  });

  it('an area that another system brought in may be named, in any case', async () => {
    await imported('Northton');
    expect((await shown(await open({ area: 'northton' }))).area).toBe('Northton');
  });

  it('a team is written as it was first written', async () => {
    const first = await open({ area: 'Barnsley', team: 'Child Exploitation Team' });
    expect((await shown(first)).team).toBe('Child Exploitation Team');
    const second = await open({ area: 'Barnsley', team: ' child exploitation TEAM ' });
    expect((await shown(second)).team).toBe('Child Exploitation Team');
    const { body } = await bench.post(`/api/v1/investigations/${second.body.id as string}/allocation`, { officer: 'DC 1', team: 'CHILD EXPLOITATION TEAM', ...on });
    await bench.daybook.reads.waitFor(body.position as string, 10_000);
    expect((await bench.get('/api/v1/figures?area=Barnsley&team=Child%20Exploitation%20Team')).body).toMatchObject({ investigations: { active: 2 } });
  });

  it('a correction is held to the same', async () => {
    const { body: { id } } = await open({ area: 'Barnsley' });
    const event = (await bench.daybook.ledger.history(`investigation-${id as string}`)).events[0]!.id;
    const correct = (area: string) =>
      bench.post(`/api/v1/investigations/${id as string}/corrections`, { event, type: 'InvestigationOpened', data: { kind: 'CRIME', themes: ['CSE'], area }, reason: 'Another district', ...on });
    expect(await correct('Atlantis')).toMatchObject({ status: 400, body: { errors: [{ field: 'data.area' }] } });
    const { body } = await correct('e08000017');
    expect((await shown({ body: { id, position: body.position as string } } as unknown as Answer)).area).toBe('Doncaster');
  });

  it('a resend is the same whatever has been recorded in between', async () => {
    const send = () => bench.post('/api/v1/investigations', { kind: 'CRIME', themes: [], area: 'rotherham', team: 'night team' }, { 'idempotency-key': 'k-team' });
    const first = await send();
    await bench.daybook.reads.waitFor((await open({ area: 'Rotherham', team: 'Night Team' })).body.position as string, 10_000);
    expect((await send()).body).toEqual(first.body);
  });
});
