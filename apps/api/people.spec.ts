import { Bench } from './api.fixtures';

const on = (day: string) => ({ effectiveAt: { precision: 'day', from: day } });
const codes = { sex: '1', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'IC1', nationality: 'GBR' };

describe('a question about a person', () => {
  let bench: Bench;
  let id: string;
  let linkId: string;
  let investigation: string;
  let reference: string;
  let position: string;

  beforeAll(async () => {
    bench = await Bench.open();
    investigation = await bench.opened();
    id = (await bench.post('/api/v1/people', { ...codes, familyName: 'Planted', dateOfBirth: '1988-03-31' })).body.id as string;
    linkId = (await bench.post(`/api/v1/investigations/${investigation}/suspects`, { quality: 'NAMED', nominalId: id, ...on('2019-03-05') })).body.id as string;
    await bench.post(`/api/v1/people/${id}/corrections`, { ...codes, familyName: 'Plantid', dateOfBirth: '1988-03-31', reason: 'Misread' });
    position = (await bench.post(`/api/v1/people/${id}/aliases`, { givenNames: 'Shorty' })).body.position as string;
    reference = (await bench.get(`/api/v1/people/${id}?minPosition=${position}`)).body.reference as string;
  }, 60_000);
  afterAll(() => bench.close());

  it('is answered by id and by reference, with the details as last put right and the investigations that name them', async () => {
    const { status, body, headers } = await bench.get(`/api/v1/people/${reference}`);
    expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: '"2"' });
    expect(body).toEqual({
      nominalId: id, reference: expect.stringMatching(/^PER-\d+$/), familyName: 'Plantid', dateOfBirth: '1988-03-31', pncIds: [], ...codes,
      aliases: [{ aliasId: expect.any(String), givenNames: 'Shorty' }], revision: 2,
      investigations: [{ investigationId: investigation, reference: expect.stringMatching(/^INV-\d+$/), status: 'ACTIVE', links: [{ linkId, outstandingSince: '2019-03-05', waitDays: expect.any(Number) }] }],
    });
    expect((await bench.get(`/api/v1/people/${id}`)).body).toEqual(body);
  });

  it('about its history shows what was corrected', async () => {
    const { status, body } = await bench.get(`/api/v1/people/${reference}/history`);
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { type: 'PersonRegistered', data: { familyName: 'Planted' }, correctedBy: { as: 'replacement' } },
      { type: 'PersonRegistered', data: { familyName: 'Plantid' }, reason: 'Misread', changes: [{ field: 'data.familyName' }] }, { type: 'PersonAliasAdded' },
    ]);
  });

  it('may name a moment, and there was nobody before the registration', async () => {
    expect((await bench.get(`/api/v1/people/${reference}?recordedAt=2019-12-31`)).status).toBe(404);
    expect((await bench.get(`/api/v1/people/${reference}/history?recordedAt=2019-12-31`)).status).toBe(404);
    expect((await bench.get(`/api/v1/people/${reference}?effectiveAt=2019-03-04`)).body).toMatchObject({ familyName: 'Plantid', investigations: [] });
    expect((await bench.get(`/api/v1/people/${reference}?recordedAt=never`)).status).toBe(400);
  });

  it.each(['PER-999999', 'PER-x', 'Planted', '00000000-0000-4000-8000-000000000000'])('who is not there is not found: %s', async (unknown) => {
    const { status, body } = await bench.get(`/api/v1/people/${unknown}`);
    expect(status).toBe(404);
    expect(JSON.stringify(body)).not.toContain('Planted');
  });

  it('cannot be born tomorrow', async () => {
    const { status, body } = await bench.post('/api/v1/people', { ...codes, familyName: 'Planted', dateOfBirth: '2999-01-01' });
    expect({ status, body }).toMatchObject({ status: 400, body: { errors: [{ field: 'dateOfBirth', message: 'dateOfBirth must be today or in the past' }] } });
  });
});
