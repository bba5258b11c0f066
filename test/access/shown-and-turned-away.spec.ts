import { Bench } from '../../apps/api/api.fixtures';

interface Kept {
  readonly type: string;
  readonly route: string;
  readonly user: string;
  readonly action?: string;
  readonly reason?: { readonly code: string };
  readonly shown?: readonly { readonly kind: string; readonly ids: readonly string[] }[];
}

const on = (day: string) => ({ effectiveAt: { precision: 'day', from: day } });
const person = { familyName: 'Quarrington', sex: '1', selfDefinedEthnicity: 'NS', officerDefinedEthnicity: 'IC1', nationality: 'GBR' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const REASON = { 'daybook-access-reason': 'SUPERVISION_OR_TASKING' };

/** DS 2256 opened the investigation and stands over it, DC 2274 is its officer, SYP 7101 an analyst who may read it. */
describe('what a door let in goes on to be shown or refused', () => {
  let sergeant: Bench;
  let detective: Bench;
  let analyst: Bench;
  let id: string;
  let nominalId: string;
  let linkId: string;

  const eventOf = async (type: string, stream = `investigation-${id}`) => (await sergeant.daybook.ledger.history(stream)).events.find((event) => event.type === type)!;
  const settled = (): Promise<boolean> => sergeant.daybook.reads.waitFor(sergeant.daybook.store.positionOfNumber(sergeant.daybook.store.currentHead().number)!, 10_000);
  const kept = async (): Promise<readonly Kept[]> => {
    const found: Kept[] = [];
    for await (const page of sergeant.daybook.store.readAll('', { filter: { categories: ['consultation'] } }))
      for (const event of page) found.push({ type: event.type, ...(JSON.parse(Buffer.from(event.data).toString('utf8')) as Omit<Kept, 'type'>) });
    return found;
  };
  /** What the log kept of an act. */
  const since = async (act: () => Promise<unknown>): Promise<readonly Kept[]> => {
    const before = (await kept()).length;
    await act();
    return (await kept()).slice(before);
  };
  const page = async (bench: Bench, url: string): Promise<{ readonly status: number; readonly text: string }> => {
    const { statusCode, body } = await bench.app.inject({ method: 'GET', url, headers: { ...bench.credentials, ...REASON } });
    return { status: statusCode, text: body };
  };

  beforeAll(async () => {
    sergeant = await Bench.open();
    [detective, analyst] = [await sergeant.as('DC 2274'), await sergeant.as('SYP 7101')];
    id = await sergeant.opened();
    nominalId = (await sergeant.post('/api/v1/people', person)).body.id as string;
    linkId = (await sergeant.post(`/api/v1/investigations/${id}/suspects`, { nominalId, quality: 'NAMED', ...on('2019-03-02') })).body.id as string;
    await sergeant.post(`/api/v1/investigations/${id}/allocation`, { officer: 'DC 2274', team: 'Evolve (multi-agency CSE)', supervisor: 'DS 2256', ...on('2019-03-02') });
    await sergeant.post(`/api/v1/investigations/${id}/access-grants`, { user: 'RMBC 310', basis: 'Safeguards the children.' });
    await settled();
  }, 60_000);
  afterAll(() => sergeant.close());

  it.each([
    ['a form about a case', () => `/investigations/${id}/record/arrest?link=${linkId}`, () => ({ kind: 'investigation', ids: [id] })],
    ['a form about a person', () => `/people/${nominalId}/correct`, () => ({ kind: 'person', ids: [nominalId] })],
  ])('%s that is shown again to a stranger to it is a look', async (_what, url, shown) => {
    let answer = '';
    const looks = await since(async () => {
      const sent = await sergeant.app.inject({ method: 'POST', url: url(), payload: 'token=none&step=check', headers: { ...sergeant.credentials, ...FORM } });
      answer = `${sent.statusCode} ${/quarrington/i.test(sent.body)}`;
    });
    expect(answer).toBe('403 true');
    expect(looks).toMatchObject([{ type: 'RecordsConsulted', user: 'DS 2256', shown: [shown()] }]);
  });

  it('a form about a person is a look as it is opened', async () => {
    const reference = (await sergeant.get(`/api/v1/people/${nominalId}`)).body.reference as string;
    expect(await since(() => page(sergeant, `/people/${reference}/correct?form=none`))).toMatchObject([{ type: 'RecordsConsulted', shown: [{ kind: 'person', ids: [nominalId] }] }]);
  });

  it('an error shows nothing, so that nothing is a look', async () => {
    expect(await since(() => page(sergeant, `/investigations/${id}/record/arrest?link=none`))).toEqual([]);
  });

  it('a supervisor\'s entry that somebody else takes away is a denial', async () => {
    const event = (await eventOf('InvestigationAllocated')).id;
    expect(await since(() => detective.post(`/api/v1/investigations/${id}/voids`, { event, reason: 'It never was.' }))).toMatchObject([{ type: 'AccessDenied', user: 'DC 2274', action: 'NOT_ALLOWED' }]);
  });

  it('an access list that somebody else asks for is a denial, as are those of operations', async () => {
    expect(await since(() => analyst.get(`/api/v1/investigations/${id}/access`, REASON))).toMatchObject([{ type: 'AccessDenied', user: 'SYP 7101' }]);
    expect(await since(() => detective.post('/api/v1/operations/CLOVER/access-grants', { user: 'DC 1', basis: 'Helps me.' }))).toMatchObject([{ type: 'AccessDenied', user: 'DC 2274' }]);
  });

  it('a command on a record that is not one\'s own asks why, as reading it does; why is on record then, and not asked of one\'s own', async () => {
    const alias = (bench: Bench, headers: Record<string, string> = {}) => bench.send('POST', `/api/v1/people/${nominalId}/aliases`, JSON.stringify({ givenNames: 'Quarry' }), { 'content-type': 'application/json', ...headers });
    const other = await sergeant.as('SYP 7210');
    const events = await sergeant.events();
    expect(await since(async () => expect(await alias(other)).toMatchObject({ status: 403, body: { code: 'REASON_NEEDED' } }))).toEqual([]);
    expect(await sergeant.events()).toBe(events);
    expect(await since(async () => expect((await alias(other, REASON)).status).toBe(201)))
      .toMatchObject([{ type: 'RecordsConsulted', user: 'SYP 7210', route: '/api/v1/people/:id/aliases', shown: [{ kind: 'person', ids: [nominalId] }], reason: { code: 'SUPERVISION_OR_TASKING' } }]);
    expect(await since(async () => expect((await alias(sergeant)).status).toBe(201))).toEqual([]);
  });

  it('a command on a RESTRICTED record asks for words, also of who opened it', async () => {
    const hidden = await sergeant.opened();
    await sergeant.post(`/api/v1/investigations/${hidden}/sensitivity`, { sensitivity: 'RESTRICTED', basis: 'A witness is known to staff.' });
    await settled();
    const plan = (headers: Record<string, string>) => sergeant.send('POST', `/api/v1/investigations/${hidden}/crimes`, JSON.stringify({ unheardOf: true }), { 'content-type': 'application/json', ...headers });
    for (const headers of [{}, REASON]) expect((await plan(headers)).body).toMatchObject({ code: 'REASON_NEEDED' });
    expect((await plan({ ...REASON, 'daybook-access-words': 'Mine' })).status).toBe(400);
  });

  it('a person who is looked up by a form and is not there is an attempt like any other', async () => {
    const find = (reference: string) => () => analyst.send('POST', '/people', `reference=${reference}`, FORM);
    expect(await since(find('PER-99999'))).toMatchObject([{ type: 'AccessDenied', user: 'SYP 7101', action: 'NOT_FOUND' }]);
    expect(await since(find('a+name'))).toEqual([]);
  });

  it('what is said of a restricted record is a look; of its events nothing is said', async () => {
    const hidden = await sergeant.opened();
    await sergeant.post(`/api/v1/investigations/${hidden}/sensitivity`, { sensitivity: 'RESTRICTED', basis: 'A witness is known to staff.' });
    await settled();
    const { number } = await eventOf('SensitivityReassessed', `investigation-${hidden}`);
    expect(await since(async () => expect((await page(analyst, `/restricted?named=${hidden}`)).status).toBe(403))).toMatchObject([{ type: 'RecordsConsulted', user: 'SYP 7101', shown: [{ ids: [hidden] }] }]);
    expect((await page(analyst, `/events/${number}`)).status).toBe(403);
  });

  it('a record that has just become SENSITIVE, and a person who has just been put on one, are there for nobody else', async () => {
    for (let round = 0; round < 8; round++) {
      const hidden = await sergeant.opened();
      await settled();
      await sergeant.post(`/api/v1/investigations/${hidden}/sensitivity`, { sensitivity: 'SENSITIVE', basis: 'A source could be known by it.' });
      const asked = await Promise.all(['', '/history'].map((rest) => analyst.get(`/api/v1/investigations/${hidden}${rest}`, REASON)));
      const on = (await sergeant.post('/api/v1/people', person)).body.id as string;
      await sergeant.post(`/api/v1/investigations/${hidden}/suspects`, { nominalId: on, quality: 'NAMED', effectiveAt: { precision: 'day', from: '2019-03-02' } });
      expect([...asked, await analyst.get(`/api/v1/people/${on}`, REASON)].map(({ status }) => status)).toEqual([404, 404, 404]);
    }
  });

  it('an entry of an access list is for who decides it, and not for everybody who reads the record', async () => {
    const { number } = await eventOf('AccessGranted', `accessList-${id}`);
    const kept = await since(async () => expect(await page(analyst, `/events/${number}`)).toMatchObject({ status: 403, text: expect.not.stringContaining('RMBC 310') }));
    expect(kept).toMatchObject([{ type: 'AccessDenied', user: 'SYP 7101', action: 'NOT_ALLOWED' }]);
    expect(await page(detective, `/events/${number}`)).toMatchObject({ status: 200, text: expect.stringContaining('RMBC 310') });
  });
});
