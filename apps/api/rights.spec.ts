import { createHash } from 'node:crypto';
import { START } from '#platform/event-store';
import { Bench } from './api.fixtures';
import type { Answer } from './api.fixtures';

const WHY = { 'daybook-access-reason': 'DISCLOSURE_OR_COURT' };
const codes = { sex: '1', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'IC1', nationality: 'GBR' };
const on = (day: string) => ({ effectiveAt: { precision: 'day', from: day } });
const idOf = ({ body }: Answer): string => (body as { id: string }).id;

const NAME = 'Zwetschgenbaum';
const ALONE = 'seen near the quarkling orchard';
const BOTH = 'quarkling and his cousin at the mill';
const STAYS = 'a cousin at the mill';

jest.setTimeout(60_000);

/** The program, and those of whom the law of data subjects asks something. */
const open = async () => {
  const sergeant = await Bench.open();
  return { sergeant, requester: await sergeant.as('SYP 7401'), authoriser: await sergeant.as('SYP 7402'), detective: await sergeant.as('DC 2235'), auditor: await sergeant.as('SYP 7510') };
};

type Desks = Awaited<ReturnType<typeof open>>;

const settle = async ({ sergeant: { daybook } }: Desks): Promise<void> => {
  await daybook.reads.waitFor(daybook.store.positionOfNumber(daybook.store.currentHead().number)!, 10_000);
};

const registered = async ({ sergeant }: Desks, familyName: string): Promise<string> => idOf(await sergeant.post('/api/v1/people', { ...codes, familyName }));

/** A person as a suspect on an investigation. */
const suspected = async (desks: Desks, familyName = 'Planted') => {
  const { sergeant } = desks;
  const [investigation, person] = [await sergeant.opened(), await registered(desks, familyName)];
  const link = idOf(await sergeant.post(`/api/v1/investigations/${investigation}/suspects`, { quality: 'NAMED', nominalId: person, basis: ALONE, ...on('2019-03-05') }));
  const eliminate = (basis: string) => sergeant.post(`/api/v1/investigations/${investigation}/suspects/${link}/elimination`, { basis, ...on('2019-03-09') });
  await settle(desks);
  return { investigation, person, link, eliminate, at: `/api/v1/people/${person}` };
};

describe('processing that is restricted', () => {
  let desks: Desks;
  beforeAll(async () => { desks = await open(); });
  afterAll(() => desks.sergeant.close());

  const restricted = async () => {
    const made = await suspected(desks);
    expect((await desks.requester.post(`${made.at}/processing-restriction`, { restriction: 'ACCURACY_DISPUTE_S47_3', note: 'an address' })).status).toBe(200);
    return made;
  };
  const refused = { status: 403, body: { code: 'PROCESSING_RESTRICTED' } };

  it('leaves the person to disclosure, audit and professional standards', async () => {
    const { at } = await restricted();
    for (const reader of [desks.sergeant, desks.detective, await desks.sergeant.as('SYP 7101')]) expect(await reader.get(at, WHY)).toMatchObject(refused);
    for (const reader of [desks.requester, desks.auditor, await desks.sergeant.as('SYP 7610')]) expect((await reader.get(at, WHY)).status).toBe(200);
  });

  it('lets nobody record of the person, or name them in a record', async () => {
    const { at, person, investigation, link } = await restricted();
    const before = await desks.sergeant.events();
    expect(await desks.sergeant.post(`${at}/corrections`, { ...codes, familyName: 'Other', reason: 'Misread' })).toMatchObject(refused);
    const other = await desks.sergeant.opened();
    for (const nominalId of [person, ((await desks.requester.get(at, WHY)).body as { reference: string }).reference])
      expect(await desks.sergeant.post(`/api/v1/investigations/${other}/suspects`, { quality: 'NAMED', nominalId, ...on('2019-03-05') })).toMatchObject(refused);
    const { body } = await desks.sergeant.get(`/api/v1/investigations/${investigation}/history`);
    const { id: event } = (body as { id: string; type: string }[]).find(({ type }) => type === 'SuspectLinked')!;
    const correction = { event, type: 'SuspectLinked', data: { linkId: link, quality: 'NAMED', nominalId: person, basis: 'Again' }, reason: 'Again', ...on('2019-03-05') };
    expect(await desks.sergeant.post(`/api/v1/investigations/${investigation}/corrections`, correction)).toMatchObject(refused);
    expect(await desks.sergeant.events()).toBe(before + 1); // the other investigation
  });

  it('ends when it is lifted, for which the person is told where accuracy was disputed', async () => {
    const { at } = await restricted();
    const lift = (more: object) => desks.requester.post(`${at}/restriction-lifting`, { restriction: 'ACCURACY_DISPUTE_S47_3', ...more });
    expect(await lift({})).toMatchObject({ status: 422, body: { code: 'SUBJECT_NOT_INFORMED', errors: [{ field: 'informedOn' }] } });
    expect((await lift({ informedOn: '2026-01-05' })).status).toBe(200);
    expect((await desks.detective.get(at, WHY)).status).toBe(200);
  });

  it('is no matter of detectives, and what was decided none of analysts', async () => {
    const { at } = await suspected(desks);
    expect(await desks.detective.post(`${at}/processing-restriction`, { restriction: 'EVIDENCE_S47_2' })).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect((await (await desks.sergeant.as('SYP 7101')).get(`${at}/rights`, WHY)).status).toBe(403);
  });
});

describe('an erasure', () => {
  let desks: Desks;
  beforeAll(async () => { desks = await open(); });
  afterAll(() => desks.sergeant.close());
  afterEach(() => jest.restoreAllMocks());

  const requested = async ({ at }: { readonly at: string }): Promise<string> =>
    idOf(await desks.requester.post(`${at}/erasure-requests`, { ground: 'INFRINGES_S47_1A', basis: `${NAME} asks` }));
  const authorise = (by: Bench, at: string, requestId: string, redactions: readonly object[] = []) => by.post(`${at}/erasure-authorisations`, { requestId, redactions });

  it('asks both for a proof of the last five minutes', async () => {
    const made = await suspected(desks);
    const requestId = await requested(made);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 6 * 60_000);
    const again = { status: 401, body: { code: 'STEP_UP_NEEDED' } };
    expect(await desks.requester.post(`${made.at}/erasure-requests`, { ground: 'INFRINGES_S47_1A', basis: 'x' })).toMatchObject(again);
    expect(await authorise(desks.authoriser, made.at, requestId)).toMatchObject(again);
    expect(await desks.authoriser.get(`${made.at}/erasure-texts`, WHY)).toMatchObject(again);
  });

  it('is taken back by who requested it, and by nobody else, and may then be requested anew', async () => {
    const made = await suspected(desks);
    const requestId = await requested(made);
    const another = await desks.sergeant.as('SYP 7402');
    expect(await another.post(`${made.at}/erasure-withdrawals`, { requestId })).toMatchObject({ status: 422, body: { code: 'ERASURE_REQUESTED_BY_ANOTHER', errors: [{ field: 'requestId' }] } });
    expect(await desks.detective.post(`${made.at}/erasure-withdrawals`, { requestId })).toMatchObject({ status: 403 });
    expect(await desks.requester.post(`${made.at}/erasure-withdrawals`, { requestId, basis: 'Requested for another person.' })).toMatchObject({ status: 200 });
    expect(await authorise(desks.authoriser, made.at, requestId)).toMatchObject({ status: 422, body: { code: 'ERASURE_ALREADY_DECIDED' } });
    expect(await requested(made)).not.toBe(requestId);
  });

  it('is not authorised by who requested it, nor by a detective or an auditor', async () => {
    const made = await suspected(desks);
    const requestId = await requested(made);
    for (const by of [desks.requester, desks.detective, desks.auditor]) expect(await authorise(by, made.at, requestId)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect((await desks.requester.get(`${made.at}/erasure-texts`, WHY)).status).toBe(403);
  });

  it('waits while the person is on bail or outstanding, and while a hold stands', async () => {
    const made = await suspected(desks);
    const requestId = await requested(made);
    expect(await authorise(desks.authoriser, made.at, requestId)).toMatchObject({ status: 422, body: { code: 'MEASURES_ARE_LIVE', facts: { measure: 'OUTSTANDING' } } });
    const at = `/api/v1/investigations/${made.investigation}/suspects/${made.link}`;
    const minute = (from: string) => ({ effectiveAt: { precision: 'minute', from } });
    for (const [path, body] of [['arrest', minute('2019-03-12T07:40+00:00')], ['bail', { regime: 'STANDARD_POLICE', returnOn: '2019-04-08', ...minute('2019-03-12T18:00+00:00') }]] as const)
      expect((await desks.sergeant.post(`${at}/${path}`, body)).status).toBe(200);
    await settle(desks);
    expect(await authorise(desks.authoriser, made.at, requestId)).toMatchObject({ status: 422, body: { code: 'MEASURES_ARE_LIVE', facts: { measure: 'ON_BAIL' } } });
    const free = await suspected(desks);
    await free.eliminate('elsewhere');
    const hold = idOf(await desks.requester.post(`${free.at}/legal-holds`, { authority: 'PUBLIC_INQUIRY' }));
    const second = await requested(free);
    expect(await authorise(desks.authoriser, free.at, second)).toMatchObject({ status: 422, body: { code: 'LEGAL_HOLD_STANDS' } });
    expect((await desks.requester.post(`${free.at}/legal-hold-releases`, { holdId: hold })).status).toBe(200);
    expect((await authorise(desks.authoriser, free.at, second)).status).toBe(200);
  });

  it('is not authorised past a text on a record that is not for whoever authorises', async () => {
    const made = await suspected(desks);
    const requestId = await requested(made);
    const sensitive = await desks.sergeant.opened({ title: 'Operation of the mill' });
    await desks.sergeant.post(`/api/v1/investigations/${sensitive}/suspects`, { quality: 'NAMED', nominalId: made.person, ...on('2019-03-05') });
    await desks.sergeant.post(`/api/v1/investigations/${sensitive}/sensitivity`, { sensitivity: 'SENSITIVE', basis: 'A source.', ...on('2019-03-06') });
    await settle(desks);
    const { body } = await desks.authoriser.get(`${made.at}/erasure-texts`, WHY);
    expect((body as { unread: number }).unread).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain('Operation of the mill');
    expect(await authorise(desks.authoriser, made.at, requestId)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  });

  it('leaves words for others, no word of the person, and every figure and list as it was', async () => {
    const made = await suspected(desks, NAME);
    const cousin = await registered(desks, 'Cousinby');
    await desks.sergeant.post(`/api/v1/investigations/${made.investigation}/suspects`, { quality: 'NAMED', nominalId: cousin, basis: 'a cousin', ...on('2019-03-05') });
    expect((await made.eliminate(BOTH)).status).toBe(200);
    await settle(desks);
    const lists = ['/api/v1/figures?area=all', '/api/v1/trend?area=all&months=12', '/api/v1/investigations?area=all&status=all', '/api/v1/suspects/outstanding?area=all'];
    const told = async (): Promise<unknown[]> => {
      const answers = await Promise.all(lists.map(async (url) => (await desks.sergeant.get(`${url}&effectiveAt=2020-01-01`)).body as object));
      return answers.map((answer) => ({ ...answer, number: 0, recordedAt: '', position: '' }));
    };
    const before = await told();

    const requestId = await requested(made);
    const { texts } = (await desks.authoriser.get(`${made.at}/erasure-texts`, WHY)).body as { texts: { stream: string; event: string; path: string; text: string }[] };
    expect(texts.map(({ text }) => text)).toContain(BOTH);
    const redactions = texts.filter(({ text }) => text.includes('quarkling')).map(({ stream, event, path }) => ({ stream, event, path, text: STAYS }));
    expect((await authorise(desks.authoriser, made.at, requestId, redactions)).status).toBe(200);
    await settle(desks);

    expect((await desks.sergeant.get(made.at)).body).toMatchObject({ familyName: { erased: true } });
    const pages = await Promise.all([made.at, `${made.at}/history`, `/api/v1/investigations/${made.investigation}/history`].map((url) => desks.sergeant.get(url)));
    const rights = await desks.requester.get(`${made.at}/rights`, WHY);
    const said = JSON.stringify([...pages, rights].map(({ body }) => body as unknown));
    for (const words of [NAME, 'quarkling', ALONE]) expect(said).not.toContain(words);
    expect(said).toContain(STAYS);
    expect(rights.body).toMatchObject({ erased: true, erasures: [{ requestId, requestedBy: 'SYP 7401', stage: 'ERASED' }], measures: [], decisions: expect.arrayContaining([expect.objectContaining({ type: 'DataErased' })]) });
    expect(await told()).toEqual(before);
    const again = await desks.sergeant.post(`/api/v1/investigations/${await desks.sergeant.opened()}/suspects`, { quality: 'NAMED', nominalId: made.person, basis: ALONE, ...on('2019-03-05') });
    expect(again).toMatchObject({ status: 422, body: { code: 'SUBJECT_ERASED', errors: [{ field: 'nominalId' }] } });
    const recorded = await desks.sergeant.events();
    for (const act of ['death', 'interview']) expect([act, (await desks.sergeant.post(`/api/v1/investigations/${made.investigation}/suspects/${made.link}/${act}`, { ...(act === 'interview' && { setting: 'VOLUNTARY' }), ...on('2019-06-05') })).body]).toMatchObject([act, { code: 'SUBJECT_ERASED', errors: [{ field: 'linkId' }] }]);
    expect(await desks.sergeant.events()).toBe(recorded);
    expect((await desks.sergeant.post(`/api/v1/investigations/${made.investigation}/suspects/${made.link}/void`, { grounds: 'ADDED_IN_ERROR', ...on('2019-03-05') })).status).toBe(200);
    expect(await desks.sergeant.post(`${made.at}/corrections`, { ...codes, familyName: NAME, reason: 'Again' })).toMatchObject({ status: 422, body: { code: 'RECORD_ERASED' } });
  });
});

describe('what is held about a person', () => {
  let desks: Desks;
  beforeAll(async () => { desks = await open(); });
  afterAll(() => desks.sergeant.close());
  afterEach(() => jest.restoreAllMocks());

  it('is given to them alone, without what is about others, and is on record as a disclosure of what was sent', async () => {
    const { at, person, eliminate } = await suspected(desks, NAME);
    await eliminate(BOTH);
    const { statusCode, body } = await desks.requester.app.inject({ method: 'GET', url: `${at}/subject-extract`, headers: { ...desks.requester.credentials, ...WHY } });
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ format: 'daybook-subject-extract-1', person: { familyName: NAME }, investigations: [{ area: 'Rotherham' }] });
    const { lookReads, lookLog, lookQueries, codec } = desks.sergeant.daybook;
    const { number } = await lookLog.head();
    await lookReads.waitFor(lookLog.positionOfNumber(number)!, 10_000);
    const [look] = lookQueries.ofRecord('person', person, { covert: true, limit: 10 }).items;
    expect(look).toMatchObject({ operation: 'DISCLOSURE', user: 'SYP 7401', recipients: 'DATA_SUBJECT' });
    const digests: unknown[] = [];
    for await (const events of lookLog.readAll(START)) digests.push(...events.filter(({ type }) => type === 'RecordsDisclosed').map((stored) => (codec.decode(stored).data as { digest?: string }).digest));
    expect(digests).toEqual([createHash('sha256').update(body).digest('hex')]);
    expect((await desks.detective.get(`${at}/subject-extract`)).status).toBe(403);
  });

  it('does not mention where they are sought, until somebody decides that it is told', async () => {
    const { at, investigation } = await suspected(desks);
    const reference = ((await desks.sergeant.get(`/api/v1/investigations/${investigation}`)).body as { reference: string }).reference;
    const asked = (query: string) => desks.requester.get(`${at}/subject-extract${query}`, WHY);
    const [silent, told] = [await asked(''), await asked(`?tell=${reference}`)];
    expect([(silent.body as { investigations: unknown[] }).investigations, silent.headers['daybook-left-out']]).toEqual([[], reference]);
    expect([(told.body as { investigations: unknown[] }).investigations.length, told.headers['daybook-left-out']]).toEqual([1, undefined]);
  });

  it('does not mention what is to be left out, and tells who gives it which of it they may know of', async () => {
    const { at, investigation } = await suspected(desks);
    const reference = ((await desks.sergeant.get(`/api/v1/investigations/${investigation}`)).body as { reference: string }).reference;
    const { body, headers } = await desks.requester.get(`${at}/subject-extract?leaveOut=${reference}`, WHY);
    expect([(body as { investigations: unknown[] }).investigations, headers['daybook-left-out']]).toEqual([[], reference]);
    for (const slip of ['leaveOut', 'tell']) expect((await desks.requester.get(`${at}/subject-extract?${slip}=INV-999999`, WHY)).status).toBe(404);
  });
});

describe('reviews of retention', () => {
  let desks: Desks;
  beforeAll(async () => { desks = await open(); });
  afterAll(() => desks.sergeant.close());

  it('are listed when they are due, page by page, until they are recorded', async () => {
    const people = [await suspected(desks), await suspected(desks), await suspected(desks)].map(({ person }) => person);
    const due = async (query: string) => (await desks.requester.get(`/api/v1/retention-reviews?${query}`)).body as { items: { nominalId: string; reference: string; nextReviewOn: string }[]; total: number; next?: string };
    expect((await due('due=2024-01-01')).total).toBe(0);
    const first = await due('due=2030-01-01&limit=2');
    const second = await due(`due=2030-01-01&limit=2&cursor=${first.next}`);
    expect([first.items.length, second.items.length, first.total, second.next]).toEqual([2, 1, 3, undefined]);
    expect([...first.items, ...second.items].map(({ nominalId }) => nominalId).sort()).toEqual([...people].sort());
    expect(first.items[0]).toMatchObject({ reference: expect.stringMatching(/^PER-\d+$/), nextReviewOn: '2025-03-05' });
    const review = { group: '2', decision: 'RETAIN', nextReviewOn: '2033-01-01' };
    expect((await desks.requester.post(`/api/v1/people/${people[0]}/retention-reviews`, review)).status).toBe(200);
    await settle(desks);
    expect((await due('due=2030-01-01')).total).toBe(2);
  });

  it.each([['SYP 7510', 403], ['DS 2256', 403], ['SYP 7402', 200]])('are listed for disclosure officers alone: %s', async (user, status) =>
    expect((await (await desks.sergeant.as(user)).get('/api/v1/retention-reviews')).status).toBe(status));

  it.each(['due=tomorrow', 'cursor=x', 'limit=0'])('are not listed where the question is wrong: %s', async (query) =>
    expect((await desks.requester.get(`/api/v1/retention-reviews?${query}`)).status).toBe(400));
});
