import { Bench } from './api.fixtures';

const nobody = 'a1000000-0000-4000-8000-00000000dead';

describe('a person named in a body', () => {
  let bench: Bench;
  let id: string;
  let person: string;
  let reference: string;
  beforeAll(async () => {
    bench = await Bench.open();
    id = await bench.opened();
    const answer = await bench.post('/api/v1/people', { familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' });
    person = answer.body.id as string;
    const { number, position } = await bench.daybook.store.head();
    await bench.daybook.reads.waitFor(position, 10_000);
    reference = `PER-${number}`;
  }, 60_000);
  afterAll(() => bench.close());

  const link = (nominalId: unknown, more: object = {}) =>
    bench.post(`/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId, basis: 'Named by a witness', effectiveAt: { precision: 'day', from: '2019-03-05' }, ...more });

  it.each([nobody, 'PER-999999'])('who is not in the ledger is refused, and nothing is written: %s', async (nominalId) => {
    const before = await bench.events();
    expect(await link(nominalId)).toMatchObject({
      status: 422, body: { code: 'PERSON_UNKNOWN', errors: [{ field: 'nominalId', message: 'There is no such person in Daybook' }] },
    });
    expect(await bench.events()).toBe(before);
  });

  it.each(['PER-', 'Quennell', 7])('in no form that names anybody is malformed: %j', async (nominalId) =>
    expect(await link(nominalId)).toMatchObject({ status: 400, body: { errors: [{ field: 'nominalId' }] } }));

  it('may be named by reference, which is recorded as the id', async () => {
    const linked = await link(reference.toLowerCase());
    expect(linked.status).toBe(201);
    const { body } = await bench.get(`/api/v1/investigations/${id}/history`);
    expect((body as { type: string; data: object }[]).at(-1)).toMatchObject({ type: 'SuspectLinked', data: { nominalId: person } });
  });

  it('may be linked as soon as registering is answered', async () => {
    const { body } = await bench.post('/api/v1/people', { familyName: 'Sample', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' });
    expect((await link(body.id)).status).toBe(201);
  });

  it('is looked for in a correction, too', async () => {
    const { body } = await bench.get(`/api/v1/investigations/${id}/history`);
    const { id: event, data: { linkId } } = (body as { id: string; type: string; data: { linkId: string } }[]).find(({ type }) => type === 'SuspectLinked')!;
    const correct = (nominalId: string) => bench.post(`/api/v1/investigations/${id}/corrections`, {
      event, type: 'SuspectLinked', data: { linkId, quality: 'NAMED', nominalId, basis: 'Named by two witnesses' }, reason: 'Read again', effectiveAt: { precision: 'day', from: '2019-03-05' },
    });
    expect(await correct(nobody)).toMatchObject({ status: 422, body: { code: 'PERSON_UNKNOWN', errors: [{ field: 'data.nominalId' }] } });
    expect(await correct(reference)).toMatchObject({ status: 200 });
  });
});
