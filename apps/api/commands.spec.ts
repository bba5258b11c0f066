import { investigation } from '#contexts/investigations';
import { Bench } from './api.fixtures';
import type { Answer } from './api.fixtures';
import { examples } from './examples';
import { investigationRoutes } from './investigation.routes';
import { personRoutes } from './person.routes';

type Name = keyof typeof examples;

/** Who speaks: reviews and approvals are signed by nobody else. */
const ME = 'DS 2256';

const routes = new Map([...investigationRoutes, ...personRoutes].map((route) => [route.name, route]));

describe('every command', () => {
  let bench: Bench;
  const sent = new Set<Name>();
  beforeAll(async () => {
    bench = await Bench.open();
  }, 60_000);
  afterAll(() => bench.close());

  /** Sends the example of a command, with what a story changes in it, to its own address. */
  const record = async (name: Name, where: { id?: string; linkId?: string }, changes: object = {}): Promise<Answer> => {
    const { path, makes } = routes.get(name)!;
    const base = personRoutes.some((route) => route.name === name) ? '/api/v1/people' : '/api/v1/investigations';
    const address = path === '' ? base : `${base}/${path.replace(':id', where.id!).replace(':linkId', where.linkId!)}`;
    const answer = await bench.post(address, { ...examples[name], ...changes });
    expect({ name, status: answer.status, body: answer.body as unknown }).toMatchObject({
      name, status: makes ? 201 : 200, body: { id: expect.any(String), revision: expect.any(Number), position: expect.any(String) },
    });
    expect(answer.headers.etag).toBe(`"${answer.body.revision}"`);
    sent.add(name);
    return answer;
  };

  const eventOf = async (id: string, type: string): Promise<string> => {
    const because = { 'daybook-access-reason': 'SUPERVISION_OR_TASKING', 'daybook-access-words': 'To%20put%20it%20right' };
    const { body } = await bench.get(`/api/v1/investigations/${id}/history`, because);
    return (body as { id: string; type: string }[]).find((entry) => entry.type === type)!.id;
  };
  const person = async (): Promise<string> => (await record('RegisterPerson', {})).body.id;
  const suspect = async (id: string): Promise<string> => (await record('LinkSuspect', { id }, { nominalId: await person() })).body.id;

  /** The event by which the program lays before a supervisor that the review of this case is overdue. */
  const escalated = async (id: string): Promise<string> => {
    const context = { commandId: id, correlationId: id, actor: { kind: 'system', id: 'reactions' }, effectiveAt: { precision: 'day', from: '2026-11-01' }, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT' } as const;
    const data = { dueOn: '2019-03-30', intervals: [{ from: '2019-01-01', initialDays: 28, everyDays: 28 }] } as never;
    const { events } = await bench.daybook.ledger.transact(investigation, `investigation-${id}`, { type: 'EscalateOverdueReview', data, context });
    return events[0]!;
  };

  it('about a person is taken', async () => {
    const id: string = (await record('RegisterPerson', {})).body.id;
    const alias = await record('AddPersonAlias', { id });
    expect(alias.body.id).not.toBe(id);
    await record('CorrectPerson', { id });
    const { events } = await bench.daybook.ledger.history(`nominal-${id}`);
    await record('VoidPersonEntry', { id }, { event: events.find(({ type }) => type === 'PersonAliasAdded')!.id });
  });

  it('about the life of an investigation is taken', async () => {
    const id: string = (await record('OpenInvestigation', {})).body.id;
    const crimeId: string = (await record('RecordCrime', { id })).body.id;
    expect(crimeId).not.toBe(id);
    for (const name of ['AllocateInvestigation', 'SetInvestigationPlan'] as const) await record(name, { id });
    await record('RecordSupervisorReview', { id }, { supervisor: ME });
    for (const name of ['ReallocateInvestigation', 'ReassessSensitivity', 'LinkOperation', 'UnlinkOperation'] as const) await record(name, { id });
    await record('CorrectEntry', { id }, { event: await eventOf(id, 'InvestigationAllocated') });
    await record('VoidEntry', { id }, { event: await eventOf(id, 'SupervisorReviewRecorded') });
    await suspect(id);
    for (const crime of [(examples.OpenInvestigation as { crimes: { crimeId: string }[] }).crimes[0]!.crimeId, crimeId]) await record('AssignOutcome', { id }, { crimeId: crime });
    await record('AnswerEscalation', { id }, { escalation: await escalated(id), effectiveAt: undefined });
    await record('ProposeFinalisation', { id });
    await record('ReturnFinalisation', { id }, { supervisor: ME });
    await record('FinaliseInvestigation', { id }, { approvedBy: ME });
    for (const name of ['ReopenInvestigation', 'TransferInvestigation'] as const) await record(name, { id });
    await record('CancelInvestigation', { id: await bench.opened() });
  });

  it('about a suspect is taken', async () => {
    const crimeId = 'c1000000-0000-4000-8000-000000000001';
    const id = await bench.opened({ crimes: [{ crimeId, offence: '8/21' }] });
    const bailed = await suspect(id);
    const story = [
      'CirculateSuspect', 'CancelCirculation', 'ArrestSuspect', 'InterviewSuspectUnderCaution', 'BailSuspect', 'RecordFailureToAnswerBail', 'TakeNoFurtherAction', 'WithdrawNoFurtherAction',
    ] as const;
    for (const name of story) await record(name, { id, linkId: bailed });
    const escaped = await suspect(id);
    for (const name of ['ArrestSuspect', 'RecordEscape', 'ReleaseSuspectUnderInvestigation', 'EliminateSuspect'] as const) await record(name, { id, linkId: escaped });
    const charged = await suspect(id);
    for (const name of ['RequisitionSuspect', 'ChargeSuspect'] as const) await record(name, { id, linkId: charged });
    await record('RecordSuspectDeceased', { id, linkId: await suspect(id) });
    const described: string = (await record('LinkSuspect', { id }, { quality: 'DESCRIBED', nominalId: undefined, description: 'Tall, in his forties' })).body.id;
    await record('NameSuspect', { id, linkId: described }, { nominalId: await person() });
    for (const name of ['LowerSuspectQuality', 'VoidSuspectLink'] as const) await record(name, { id, linkId: described });
  });

  it('of the table has been sent', () => expect([...sent].sort()).toEqual([...routes.keys()].sort()));
});

describe('a command', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  }, 60_000);
  afterAll(() => bench.close());
  const review = { review: 'PEER', supervisor: ME, findings: 'In order.' };

  it('sent again with its Idempotency-Key answers the same and writes nothing', async () => {
    const body = { kind: 'CRIME', area: 'Barnsley', themes: [], title: 'Operation Quennell' };
    const first = await bench.post('/api/v1/investigations', body, { 'idempotency-key': 'k-1' });
    const events = await bench.events();
    const again = await bench.post('/api/v1/investigations', { themes: [], title: 'Operation Quennell', area: 'Barnsley', kind: 'CRIME' }, { 'idempotency-key': 'k-1' });
    expect(again).toMatchObject({ status: first.status, body: first.body });
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(await bench.events()).toBe(events);
  });

  it('answers the same even when the record has moved on since', async () => {
    const id = await bench.opened();
    const send = () => bench.post(`/api/v1/investigations/${id}/reviews`, review, { 'idempotency-key': 'k-2', 'if-match': '"0"' });
    const first = await send();
    expect(first.status).toBe(200);
    await bench.post(`/api/v1/investigations/${id}/reviews`, { ...review, findings: 'Still in order.' });
    expect((await send()).body).toEqual(first.body);
  });

  it('is refused when its Idempotency-Key was another command\'s', async () => {
    const send = (area: string) => bench.post('/api/v1/investigations', { kind: 'CRIME', area, themes: [] }, { 'idempotency-key': 'k-3' });
    await send('Rotherham');
    expect(await send('Sheffield')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('about a person is refused when its Idempotency-Key registered another, and a person has the id that follows from the key', async () => {
    const person = { sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' };
    const send = (body: object) => bench.post('/api/v1/people', { ...person, ...body }, { 'idempotency-key': 'k-person' });
    expect(await send({ familyName: 'Example' })).toMatchObject({ status: 201 });
    const events = await bench.events();
    expect(await send({ familyName: 'Sample' })).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await send({ familyName: 'Sample', nominalId: 'a1000000-0000-4000-8000-000000000002' })).toMatchObject({ status: 400, body: { errors: [{ field: 'nominalId' }] } });
    expect(await bench.events()).toBe(events);
  });

  it('is the same command by whichever name its record is called, and whatever hangs on its address', async () => {
    const id = await bench.opened();
    const { body } = await bench.get(`/api/v1/investigations/${id}`);
    const answers: Answer[] = [];
    for (const address of [id, body.reference as string, `${id}`, (body.reference as string).toLowerCase()])
      answers.push(await bench.post(`/api/v1/investigations/${address}/reviews${answers.length === 2 ? '?again' : ''}`, review, { 'idempotency-key': 'k-5' }));
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: answers[0]!.body });
    expect((await bench.daybook.ledger.history(`investigation-${id}`)).events).toHaveLength(2);
  });

  it('may use one Idempotency-Key at two addresses', async () => {
    const [a, b] = [await bench.opened(), await bench.opened()];
    for (const id of [a, b]) expect((await bench.post(`/api/v1/investigations/${id}/reviews`, { ...review, findings: id }, { 'idempotency-key': 'k-4' })).status).toBe(200);
  });

  it('that names a revision is refused with the current one when the record has moved on', async () => {
    const id = await bench.opened();
    const events = await bench.events();
    const stale = await bench.post(`/api/v1/investigations/${id}/reviews`, review, { 'if-match': '"7"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'REVISION_NOT_CURRENT', revision: 0 } });
    expect(stale.headers.etag).toBe('"0"');
    expect(await bench.events()).toBe(events);
    expect(await bench.post(`/api/v1/investigations/${id}/reviews`, review, { 'if-match': '"0"' })).toMatchObject({ status: 200, body: { revision: 1 } });
  });

  it('at the same revision is won by one of two', async () => {
    const id = await bench.opened();
    const race = await Promise.all(['Early.', 'In order.', 'Late.'].map((findings) => bench.post(`/api/v1/investigations/${id}/reviews`, { ...review, findings }, { 'if-match': '"0"' })));
    expect(race.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('without a revision waits its turn', async () => {
    const id = await bench.opened();
    const race = await Promise.all(['Early.', 'In order.', 'Late.'].map((findings) => bench.post(`/api/v1/investigations/${id}/reviews`, { ...review, findings })));
    expect(race.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('that a rule refuses says which', async () => {
    const id = await bench.opened();
    expect(await bench.post(`/api/v1/investigations/${id}/reallocation`, { officer: 'DC 1', team: 'A' })).toMatchObject({
      status: 422, headers: { 'content-type': 'application/problem+json; charset=utf-8' }, body: { code: 'INVESTIGATION_NOT_ALLOCATED', status: 422 },
    });
  });

  it.each([
    ['an investigation that does not exist', '/api/v1/investigations/6f2f4a2e-0000-4000-8000-00000000000f/reviews', 404],
    ['a reference that does not exist', '/api/v1/investigations/INV-999999/reviews', 404],
    ['a person that does not exist', '/api/v1/people/6f2f4a2e-0000-4000-8000-00000000000f/aliases', 404],
  ])('about %s is refused', async (_, url, status) => {
    const body = url.includes('people') ? { givenNames: 'x' } : review;
    expect((await bench.post(url, body)).status).toBe(status);
  });

  it('dated in the future is malformed', async () => {
    const id = await bench.opened();
    const { status, body } = await bench.post(`/api/v1/investigations/${id}/reviews`, { ...review, effectiveAt: { precision: 'day', from: '2999-01-01' } });
    expect({ status, body: body as unknown }).toMatchObject({ status: 400, body: { errors: [{ field: 'effectiveAt', message: 'effectiveAt must not be in the future' }] } });
  });

  it('that is wrong in several fields names each of them', async () => {
    const { status, body } = await bench.post('/api/v1/investigations', { kind: 'crime', area: 7, themes: ['CSE', 'CSE'], unheardOf: true });
    expect(status).toBe(400);
    expect((body.errors as { field: string }[]).map(({ field }) => field).sort()).toEqual(['area', 'kind', 'themes', 'unheardOf']);
  });

  it('is an object: a list is refused where the address alone would say enough', async () => {
    const id = await bench.opened();
    const { body: { id: linkId } } = await bench.post(`/api/v1/investigations/${id}/suspects`, { quality: 'DESCRIBED' });
    for (const sent of [[], [{}]]) {
      const answer = await bench.post(`/api/v1/investigations/${id}/suspects/${linkId as string}/arrest`, sent);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ message: 'the request must be an object' }] } });
    }
    expect(await bench.post(`/api/v1/investigations/${id}/suspects/${linkId as string}/arrest`, {})).toMatchObject({ status: 200 });
  });

  it('may name the record by its reference', async () => {
    const id = await bench.opened();
    const { body } = await bench.get(`/api/v1/investigations/${id}`);
    expect(await bench.post(`/api/v1/investigations/${body.reference}/reviews`, review)).toMatchObject({ status: 200, body: { id } });
  });

  it('is on disk in no file that could be read without its key', async () => {
    await bench.opened({ title: 'Operation Planted-Quennell', summary: 'planted-summary-text', reason: 'planted-reason-text' });
    const { events } = await bench.daybook.ledger.history(`investigation-${await bench.opened()}`);
    expect(JSON.stringify(events)).not.toContain('planted');
  });
});

describe('the rim', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  }, 60_000);
  afterAll(() => bench.close());
  const json = { 'content-type': 'application/json' };

  it.each([
    ['what is not JSON', 400, () => bench.send('POST', '/api/v1/people', '{"familyName": Quennell', json)],
    ['another content type', 415, () => bench.send('POST', '/api/v1/people', 'familyName=Quennell', { 'content-type': 'application/x-www-form-urlencoded' })],
    ['a body that is said to be compressed', 415, () => bench.send('POST', '/api/v1/people', '{}', { ...json, 'content-encoding': 'gzip' })],
    ['more than 256 kB', 413, () => bench.send('POST', '/api/v1/people', JSON.stringify({ familyName: 'Q'.repeat(262_144) }), json)],
    ['an address that leads nowhere', 404, () => bench.get('/api/v1/quennell')],
    ['a method that an address does not take', 404, () => bench.send('DELETE', '/api/v1/investigations')],
    ['an address that cannot be decoded', 400, () => bench.get('/api/v1/investigations/%E0%A4%A')],
    ['an address that is too long', 414, () => bench.get(`/api/v1/investigations/${'x'.repeat(500)}`)],
    ['another host name', 421, () => bench.get('/api/v1/figures', { host: 'rebound.example' })],
    ['a page of another site', 403, () => bench.post('/api/v1/people', {}, { 'sec-fetch-site': 'cross-site' })],
    ['a condition that is no revision', 400, () => bench.post('/api/v1/people', {}, { 'if-match': '3' })],
  ])('refuses %s with a problem document that repeats nothing', async (_, status, send) => {
    const events = await bench.events();
    const answer = await send();
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'application/problem+json; charset=utf-8' }, body: { status, type: 'about:blank' } });
    expect(Object.keys(answer.body as object).sort()).toEqual(expect.arrayContaining(['code', 'detail', 'instance', 'status', 'title', 'type']));
    expect(JSON.stringify(answer.body)).not.toMatch(/quennell|node_modules|at \w+ \(/i);
    expect(await bench.events()).toBe(events);
  });

  it('gives every answer headers that keep it from caches, frames and guesses, and does not name what it is made with', async () => {
    for (const { headers } of [await bench.get('/api/v1/figures'), await bench.get('/nowhere'), await bench.get('/api/v1/investigations/%E0%A4%A')]) {
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining([expect.stringMatching(/powered|server/i)]));
    }
  });

  it('says that it lives and is ready', async () => {
    expect(await bench.get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await bench.get('/health/ready')).toMatchObject({
      status: 200,
      body: { ready: true, degraded: false, readModels: expect.arrayContaining([expect.objectContaining({ lagEvents: 0, lagSeconds: 0, parkedStreams: 0 })]), spoolLength: 0, checkpoint: { newestOutsideAgeSeconds: null } },
    });
  });
});
