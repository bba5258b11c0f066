import { Bench } from './api.fixtures';

const crimeId = 'c1000000-0000-4000-8000-000000000001';
const on = (day: string) => ({ effectiveAt: { precision: 'day', from: day } });

interface Entry {
  readonly id: string;
  readonly number: number;
  readonly type: string;
}

/** What only a supervisor may record, only a supervisor puts right or takes away: at every door. DC 2274 is the officer in the case, DS 2256 stands over it. */
describe('an entry of a supervisor', () => {
  let supervisor: Bench;
  let detective: Bench;
  let id: string;
  beforeAll(async () => {
    supervisor = await Bench.open();
    detective = await supervisor.as('DC 2274');
    id = await supervisor.opened({ crimes: [{ crimeId, force: '14', crimeReference: '14/100001/19', offence: '8/21', offenceFrom: '2019-02-20' }] });
    const send = async (bench: Bench, path: string, body: object): Promise<string> => {
      const { status, body: answer } = await bench.post(`/api/v1/investigations/${id}/${path}`, body);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
      return (answer as { position: string }).position;
    };
    await send(supervisor, 'allocation', { officer: 'DC 2274', team: 'Evolve (multi-agency CSE)', supervisor: 'DS 2256', ...on('2019-03-02') });
    await send(detective, 'plan', { plan: 'Visit the premises.', reviewEveryDays: 28, ...on('2019-03-03') });
    await send(supervisor, 'reviews', { review: 'INITIAL_SUPERVISOR', supervisor: 'DS 2256', findings: 'In order.', ...on('2019-03-10') });
    await send(detective, 'outcomes', { crimeId, outcome: '18', ...on('2019-09-01') });
    await send(detective, 'finalisation-proposal', { officer: 'DC 2274', ...on('2019-09-02') });
    const position = await send(supervisor, 'finalisation', { approvedBy: 'DS 2256', ...on('2019-09-10') });
    await supervisor.daybook.reads.waitFor(position, 10_000);
  }, 60_000);
  afterAll(() => supervisor.close());

  const entry = async (type: string): Promise<Entry> => {
    const { events } = await supervisor.daybook.ledger.history(`investigation-${id}`);
    return events.find((each) => each.type === type) as unknown as Entry;
  };
  const corrections = {
    InvestigationAllocated: { officer: 'DC 2274', team: 'Another team', supervisor: 'DS 2256' },
    SupervisorReviewRecorded: { review: 'INITIAL_SUPERVISOR', supervisor: 'DS 2256', findings: 'Not in order.' },
    InvestigationFinalised: { approvedBy: 'DS 2256', closingSummary: 'Nothing was found.' },
  };
  const types = Object.keys(corrections) as (keyof typeof corrections)[];

  it.each(types)('%s is not corrected or taken away by the detective over the API', async (type) => {
    const event = (await entry(type)).id;
    const events = await supervisor.events();
    const correction = { event, type, data: corrections[type], reason: 'It was otherwise.', ...on('2019-09-10') };
    expect(await detective.post(`/api/v1/investigations/${id}/corrections`, correction)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect(await detective.post(`/api/v1/investigations/${id}/voids`, { event, reason: 'It never was.' })).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect(await supervisor.events()).toBe(events);
  });

  it.each(types)('%s has a form that puts it right for the supervisor and none for the detective', async (type) => {
    const url = `/corrections/new?event=${(await entry(type)).number}`;
    const status = async (bench: Bench): Promise<number> => (await bench.send('GET', url)).status;
    expect([await status(detective), await status(supervisor)]).toEqual([403, 303]);
    expect((await detective.send('POST', url, 'action=void', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(403);
  });

  it('is corrected by the supervisor', async () => {
    const { id: event, type } = await entry('SupervisorReviewRecorded');
    expect((await supervisor.post(`/api/v1/investigations/${id}/corrections`, { event, type, data: corrections.SupervisorReviewRecorded, reason: 'It was otherwise.', ...on('2019-03-10') })).status).toBe(200);
  });

  it('is one thing, the detective\'s own plan another', async () => {
    const { id: event, type } = await entry('InvestigationPlanSet');
    expect((await detective.post(`/api/v1/investigations/${id}/corrections`, { event, type, data: { plan: 'Secure phone records.', reviewEveryDays: 28 }, reason: 'It was otherwise.', ...on('2019-03-03') })).status).toBe(200);
  });
});
