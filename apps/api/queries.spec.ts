import { Bench } from './api.fixtures';

const on = (day: string) => ({ effectiveAt: { precision: 'day', from: day } });

describe('a question', () => {
  let bench: Bench;
  let id: string;
  let position: string;
  const events: { readonly id: string; readonly type: string; readonly number: number; readonly recordedAt: string }[] = [];

  beforeAll(async () => {
    bench = await Bench.open();
    id = await bench.opened({ title: 'Operation Quennell', team: 'Team 1' });
    await bench.opened({ area: 'Barnsley', themes: ['CCE'], ...on('2019-05-01') });
    const person = await bench.post('/api/v1/people', { familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' });
    const link = await bench.post(`/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId: person.body.id, basis: 'Named by a witness', ...on('2019-03-05') });
    await bench.post(`/api/v1/investigations/${id}/allocation`, { officer: 'DC 1', team: 'Team 1', ...on('2019-03-06') });
    const history = await bench.get(`/api/v1/investigations/${id}/history`);
    events.push(...(history.body as typeof events));
    const correction = await bench.post(`/api/v1/investigations/${id}/corrections`, {
      event: events.find(({ type }) => type === 'InvestigationAllocated')!.id, type: 'InvestigationAllocated', data: { officer: 'DC 1', team: 'Team 2' }, reason: 'Wrong team', ...on('2019-03-06'),
    });
    position = correction.body.position as string;
    expect(link.status).toBe(201);
  }, 60_000);
  afterAll(() => bench.close());

  it('about figures sees what was recorded before it, when it says so', async () => {
    const { status, body } = await bench.get(`/api/v1/figures?area=all&minPosition=${position}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      definition: { name: 'headline', thresholdDays: 84 }, area: { name: 'all' }, theme: null, team: null, incomplete: 0,
      investigations: { active: 2, noSuspectIdentified: 1, suspectOutstanding: 1, suspectOutstandingOverThreshold: 1 },
      suspectLinks: { outstanding: 1, overThreshold: 1 }, people: { outstanding: 1 },
    });
  });

  it('about figures may name an area, a theme, a team and a moment on each clock', async () => {
    const active = async (query: string): Promise<number> => (await bench.get(`/api/v1/figures?minPosition=${position}&${query}`)).body.investigations.active as number;
    expect(await active('area=Barnsley')).toBe(1);
    expect(await active('area=all&theme=CSE')).toBe(1);
    expect(await active('area=all&team=Team%202')).toBe(1);
    expect(await active('area=all&effectiveAt=2019-04')).toBe(1);
    expect(await active('area=all&effectiveAt=2019-02-28')).toBe(0);
    expect(await active('area=all&recordedAt=2019-12-31')).toBe(0);
  });

  it('gives the instants of its moments in its answer', async () => {
    const { body } = await bench.get('/api/v1/figures?area=all&effectiveAt=2019-06');
    expect(body.effectiveAt).toBe('2019-06-30T22:59:59.999Z');
  });

  it.each([
    ['unheardOf=1', 'unheardOf'], ['effectiveAt=2019-02-30', 'effectiveAt'], ['recordedAt=2999-01-01', 'recordedAt'], ['effectiveAt=2019-10-27T01:30', 'effectiveAt'],
    ['theme=cse', 'theme'], ['area=Atlantis', 'area'], ['area=a&area=b', 'area'], ['team=Team%2099', 'team'], ['minPosition=x', 'minPosition'], ['__proto__=x', '__proto__'],
  ])('about figures with ?%s is refused, naming %s', async (query, field) => {
    const { status, body } = await bench.get(`/api/v1/figures?${query}`);
    expect({ status, fields: (body.errors as { field: string }[]).map((entry) => entry.field) }).toEqual({ status: 400, fields: [field] });
  });

  it('that must see what is recorded and not shown yet is told to come back', async () => {
    const { position: last } = await bench.daybook.store.head();
    const behind = jest.spyOn(bench.daybook.reads, 'waitFor').mockResolvedValue(false);
    const { status, headers, body } = await bench.get(`/api/v1/figures?minPosition=${last}`);
    expect({ status, code: body.code as unknown, retry: headers['retry-after'] }).toEqual({ status: 503, code: 'READ_MODEL_BEHIND', retry: '1' });
    behind.mockRestore();
  });

  it.each(['figures', 'work-list'])('that must see what was never recorded is told so, and not to come back: %s', async (at) => {
    const { status, body } = await bench.get(`/api/v1/${at}?minPosition=999999`);
    expect({ status, errors: body.errors as unknown }).toEqual({ status: 400, errors: [{ field: 'minPosition', message: 'minPosition stands beyond the end of the log: nothing is recorded there' }] });
  });

  it('about one investigation gives the revision to come back with', async () => {
    const { status, headers, body } = await bench.get(`/api/v1/investigations/${id}`);
    expect({ status, reference: body.reference as string, etag: headers.etag }).toEqual({ status: 200, reference: `INV-${events[0]!.number}`, etag: '"3"' });
    expect((await bench.get(`/api/v1/investigations/${body.reference}`)).body).toEqual(body);
    expect((await bench.get(`/api/v1/investigations/${id}?effectiveAt=2019-02`)).status).toBe(404);
    expect((await bench.get(`/api/v1/investigations/${id}?effectiveAt=2019-03-04`)).body.outstandingSuspects).toBe(0);
  });

  it('about a history shows corrections, what they changed and the texts', async () => {
    const { body } = await bench.get(`/api/v1/investigations/${id}/history`);
    expect((body as { type: string }[]).map(({ type }) => type)).toEqual(['InvestigationOpened', 'SuspectLinked', 'InvestigationAllocated', 'InvestigationAllocated']);
    expect(body).toMatchObject([
      { data: { title: 'Operation Quennell' }, actor: { kind: 'user', id: 'DS 2256', role: 'SUPERVISOR' } }, { data: { basis: 'Named by a witness' } },
      { correctedBy: { as: 'replacement' } }, { reason: 'Wrong team', corrects: { event: events[2]!.id }, changes: [{ field: 'data.team', before: 'Team 1', after: 'Team 2' }] },
    ]);
    for (const entry of body as object[]) expect(entry).toMatchObject({ number: expect.any(Number), stream: `investigation-${id}`, revision: expect.any(Number), recordedAt: expect.any(String), effectiveAt: expect.any(Object) });
  });

  it('about a history stops at the moments asked for', async () => {
    const types = async (query: string): Promise<string[]> => ((await bench.get(`/api/v1/investigations/${id}/history?${query}`)).body as { type: string }[]).map(({ type }) => type);
    expect(await types('effectiveAt=2019-03-05')).toEqual(['InvestigationOpened', 'SuspectLinked']);
    expect(await types(`recordedAt=${events[1]!.recordedAt}`)).toHaveLength(2);
    expect((await bench.get(`/api/v1/investigations/${id}/history?recordedAt=2019-12-31`)).status).toBe(404);
  });

  it('about a list is answered page by page, and every page is one list', async () => {
    for (let i = 0; i < 5; i++) await bench.opened({ area: 'Doncaster', ...on(`2019-06-0${i + 1}`) });
    await bench.get(`/api/v1/figures?area=all&minPosition=${(await bench.daybook.store.head()).position}`);
    const first = await bench.get('/api/v1/investigations?area=Doncaster&limit=2');
    expect(first.body).toMatchObject({ total: 5, items: [expect.any(Object), expect.any(Object)], next: expect.any(String) });
    const { effectiveAt, recordedAt, number } = first.body as Record<string, unknown>;
    expect({ effectiveAt, recordedAt }).toEqual({ effectiveAt: expect.stringMatching(/Z$/), recordedAt: effectiveAt });
    await bench.opened({ area: 'Doncaster', ...on('2019-06-03') });
    const seen: string[] = [];
    for (let page = first; ; page = await bench.get(`/api/v1/investigations?area=Doncaster&limit=2&cursor=${encodeURIComponent(page.body.next as string)}`)) {
      expect(page).toMatchObject({ status: 200, body: { total: 5, effectiveAt, recordedAt, number } });
      seen.push(...(page.body.items as { investigationId: string }[]).map(({ investigationId }) => investigationId));
      if (page.body.next === undefined) break;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });

  it('about a list gives the instants of its moments', async () => {
    for (const list of ['investigations', 'suspects/outstanding'])
      expect((await bench.get(`/api/v1/${list}?area=all&effectiveAt=2019-06&recordedAt=${events[1]!.recordedAt}`)).body)
        .toMatchObject({ effectiveAt: '2019-06-30T22:59:59.999Z', recordedAt: events[1]!.recordedAt, number: events[1]!.number });
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'team=Nobody', 'status=open', 'sort=area'])('about a list with ?%s is refused', async (query) =>
    expect(await bench.get(`/api/v1/investigations?${query}`)).toMatchObject({ status: 400, body: { errors: [{ field: query.split('=')[0] }] } }));

  it('about outstanding suspects, the trend and the areas is answered', async () => {
    const { body } = await bench.get('/api/v1/suspects/outstanding?area=all&wait=85%2B');
    expect(body).toMatchObject({ total: 1, items: [{ investigationId: id, quality: 'NAMED', episodeStartedOn: '2019-03-05' }] });
    const trend = await bench.get('/api/v1/trend?area=all&months=3&effectiveAt=2019-05-31');
    expect(trend.body).toMatchObject({ area: { code: null, name: 'all' }, theme: null, team: null, effectiveAt: '2019-05-31T22:59:59.999Z', recordedAt: expect.any(String), number: expect.any(Number) });
    expect(trend.body.months).toMatchObject([{ month: '2019-03', opened: 1, active: 1 }, { month: '2019-04', opened: 0 }, { month: '2019-05', opened: 1, active: 2 }]);
    expect((await bench.get('/api/v1/areas')).body).toEqual(expect.arrayContaining([{ code: expect.stringMatching(/^E08/), name: 'Rotherham' }]));
  });

  it('by a crime reference that stands on two investigations is told of both', async () => {
    const both: string[] = [];
    for (let i = 0; i < 2; i++) {
      const opened = await bench.opened({ area: 'Sheffield', crimes: [{ crimeReference: '14/121336/19', force: '14', offence: 'Grooming' }] });
      await bench.get(`/api/v1/figures?area=all&minPosition=${(await bench.daybook.store.head()).position}`);
      both.push((await bench.get(`/api/v1/investigations/${opened}`)).body.reference as string);
    }
    const several = { code: 'AMBIGUOUS_REFERENCE', detail: `That reference stands on 2 investigations: ${both[0]} and ${both[1]}. Choose one of these.` };
    expect(await bench.get(`/api/v1/investigations/${encodeURIComponent('14/121336/19')}`)).toMatchObject({ status: 404, body: several });
    expect((await bench.app.inject({ method: 'GET', url: `/investigations/${encodeURIComponent('14/121336/19')}`, headers: bench.credentials })).body).toContain(several.detail);
    expect(await bench.get('/api/v1/investigations/14%2F0%2F19')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
