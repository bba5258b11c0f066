import { Bench } from './api.fixtures';

const on = (day: string) => ({ effectiveAt: { precision: 'day', from: day } });

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly metadata: { readonly effectiveAt: object; readonly track: string; readonly marking: string; readonly assertion: string };
}

describe('a correction over the API', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  }, 60_000);
  afterAll(() => bench.close());

  const entries = async (stream: string): Promise<readonly Entry[]> => (await bench.daybook.ledger.history(stream)).events as unknown as readonly Entry[];
  const last = async (stream: string): Promise<Entry> => (await entries(stream)).at(-1)!;
  const reviewed = async (): Promise<{ id: string; event: string }> => {
    const id = await bench.opened({ track: 'SENSITIVE' });
    await bench.post(`/api/v1/investigations/${id}/reviews`, {
      review: 'PEER', supervisor: 'DS 2256', findings: 'In order.', track: 'SENSITIVE', marking: 'OFFICIAL', assertion: 'PERSONAL_ASSESSMENT', ...on('2019-03-10'),
    });
    return { id, event: (await last(`investigation-${id}`)).id };
  };
  const correction = (event: string) => ({ event, type: 'SupervisorReviewRecorded', data: { review: 'PRE_FILE', supervisor: 'DS 2256', findings: 'In order.' }, reason: 'Another kind of review' });

  it('must say when it happened, so that nothing moves to the day of its correction', async () => {
    const { id, event } = await reviewed();
    const events = await bench.events();
    expect(await bench.post(`/api/v1/investigations/${id}/corrections`, correction(event))).toMatchObject({ status: 400, body: { errors: [{ field: 'effectiveAt' }] } });
    expect(await bench.events()).toBe(events);
  });

  it('must say why', async () => {
    const { id, event } = await reviewed();
    const { reason: _, ...unexplained } = correction(event);
    expect(await bench.post(`/api/v1/investigations/${id}/corrections`, { ...unexplained, ...on('2019-03-10') })).toMatchObject({ status: 400, body: { errors: [{ field: 'reason' }] } });
  });

  it('stays as sensitive, marked and much of an assessment as the entry', async () => {
    const { id, event } = await reviewed();
    expect((await bench.post(`/api/v1/investigations/${id}/corrections`, { ...correction(event), ...on('2019-03-11') })).status).toBe(200);
    const corrected = await last(`investigation-${id}`);
    expect(corrected.metadata).toMatchObject({ effectiveAt: { precision: 'day', from: '2019-03-11' }, track: 'SENSITIVE', marking: 'OFFICIAL', assertion: 'PERSONAL_ASSESSMENT' });
    await bench.post(`/api/v1/investigations/${id}/voids`, { event: corrected.id, reason: 'Another investigation' });
    expect((await last(`investigation-${id}`)).metadata).toMatchObject({ track: 'SENSITIVE', marking: 'OFFICIAL', assertion: 'FACT' });
  });

  it('says otherwise where it is told to', async () => {
    const { id, event } = await reviewed();
    await bench.post(`/api/v1/investigations/${id}/corrections`, { ...correction(event), track: 'STANDARD', assertion: 'FACT', ...on('2019-03-10') });
    expect((await last(`investigation-${id}`)).metadata).toMatchObject({ track: 'STANDARD', marking: 'OFFICIAL', assertion: 'FACT' });
  });

  it('of a charge names its lines as the entry has them', async () => {
    const id = await bench.opened({ crimes: [{ offence: '8/21' }] });
    const { body: person } = await bench.post('/api/v1/people', { familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' });
    const { body: link } = await bench.post(`/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId: person.id as string, ...on('2019-03-02') });
    await bench.post(`/api/v1/investigations/${id}/suspects/${link.id as string}/charges`, { charges: [{ offence: 'SX03001', method: 'C' }], ...on('2019-03-03') });
    const charged = (await last(`investigation-${id}`)) as unknown as { id: string; type: string; data: { charges: [{ chargeId: string }] } };
    expect(charged.type).toBe('SuspectCharged');
    const correct = (line: object) => bench.post(`/api/v1/investigations/${id}/corrections`, {
      event: charged.id, type: charged.type, data: { linkId: link.id as string, charges: [{ offence: 'SX03002', method: 'C', ...line }] }, reason: 'Wrong code', ...on('2019-03-03'),
    });
    expect(await correct({})).toMatchObject({ status: 400, body: { errors: [{ field: 'data.charges[0].chargeId' }] } });
    const { chargeId } = charged.data.charges[0];
    expect(await correct({ chargeId })).toMatchObject({ status: 200 });
    expect(((await last(`investigation-${id}`)) as unknown as typeof charged).data.charges).toEqual([{ chargeId, offence: 'SX03002', method: 'C' }]);
  });

  it('of a person leaves the registration its date and its track', async () => {
    const person = { familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' };
    const { body } = await bench.post('/api/v1/people', { ...person, track: 'SENSITIVE', ...on('2019-03-01') });
    await bench.post(`/api/v1/people/${body.id}/corrections`, { ...person, familyName: 'Sample', reason: 'Misheard' });
    expect((await last(`nominal-${body.id}`)).metadata).toMatchObject({ effectiveAt: { precision: 'day', from: '2019-03-01' }, track: 'SENSITIVE' });
  });
});
