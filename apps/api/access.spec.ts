import { londonDate } from '#kernel';
import { Bench } from './api.fixtures';
import type { Answer } from './api.fixtures';

const WORDS = { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Asked%20to' };
const AUDIT = { 'daybook-access-reason': 'AUDIT_OR_DIP_SAMPLE', 'daybook-access-words': 'Dip%20sample' };

/** DS 2256 opens records; DC 2274 and DC 2235 have nothing to do with them. */
describe('access over the API', () => {
  let supervisor: Bench;
  let detective: Bench;
  let auditor: Bench;
  beforeAll(async () => {
    supervisor = await Bench.open();
    detective = await supervisor.as('DC 2274');
    auditor = await supervisor.as('SYP 7510');
  }, 60_000);
  afterAll(() => supervisor.close());
  afterEach(() => jest.restoreAllMocks());

  const settled = ({ body }: Answer): Promise<boolean> => supervisor.daybook.reads.waitFor((body as { position: string }).position, 10_000);
  const restricted = async (operation?: string): Promise<string> => {
    const id = await supervisor.opened();
    if (operation) await supervisor.post(`/api/v1/investigations/${id}/operations`, { operation });
    await settled(await supervisor.post(`/api/v1/investigations/${id}/sensitivity`, { sensitivity: 'RESTRICTED', basis: 'A witness is known to staff.' }));
    return `/api/v1/investigations/${id}`;
  };
  const idOf = ({ body }: Answer): string => (body as { id: string }).id;

  it('is given by name, from the next request on, and taken away again', async () => {
    const at = await restricted();
    expect(await detective.get(at, WORDS)).toMatchObject({ status: 403, body: { code: 'RECORD_RESTRICTED' } });
    const granted = await supervisor.post(`${at}/access-grants`, { user: 'DC 2274', basis: 'Traces the phones.' });
    expect(granted.status).toBe(201);
    expect((await detective.get(at, WORDS)).status).toBe(200);
    expect(await supervisor.post(`${at}/access-withdrawals`, { grantId: idOf(granted) })).toMatchObject({ status: 200, body: { revision: 1 } });
    expect(await detective.get(at, WORDS)).toMatchObject({ status: 403, body: { code: 'RECORD_RESTRICTED' } });
  });

  it('is given and taken once: a repeat answers what stands, and a resend the same as before', async () => {
    const at = await restricted();
    const twice = async (bench: Bench, path: string, body: object): Promise<void> => {
      const key = (text: string) => bench.post(`${at}/${path}`, body, { 'idempotency-key': text });
      const [first, again, resent] = [await key(`a-${path}`), await key(`b-${path}`), await key(`a-${path}`)];
      expect([first.status, again.status, resent.status]).toEqual([201, 200, 201]);
      expect([idOf(again), idOf(resent)]).toEqual([idOf(first), idOf(first)]);
    };
    await twice(supervisor, 'access-grants', { user: 'DC 2274', basis: 'Traces the phones.' });
    await twice(await supervisor.as('DC 2235'), 'break-glass', { basis: 'A child may be at the address.' });
    expect(((await supervisor.get(`${at}/access`, WORDS)).body as object[])).toHaveLength(2);
  });

  it('is given to a partner agency, to which nothing exists without', async () => {
    const partner = await supervisor.as('RMBC 310');
    const at = await restricted();
    expect(await partner.get(at, WORDS)).toMatchObject({ status: 404 });
    await supervisor.post(`${at}/access-grants`, { agency: 'Rotherham Metropolitan Borough Council', agreement: 'ISA-2019-04', basis: 'Safeguards the children.' });
    expect((await partner.get(at, WORDS)).status).toBe(200);
  });

  it.each([{ basis: 'Nobody is named.' }, { user: 'DC 1', agency: 'RMBC', basis: 'Both are.' }])('is for one user or one agency: %j', async (body) =>
    expect(await supervisor.post(`${await restricted()}/access-grants`, body)).toMatchObject({ status: 400, body: { errors: [{ field: 'user' }] } }));

  it('is not given by a supervisor to themselves', async () =>
    expect(await supervisor.post(`${await restricted()}/access-grants`, { user: 'DS 2256', basis: 'I need it.' })).toMatchObject({ status: 422, body: { code: 'GRANTER_IS_GRANTEE' } }));

  it('is not for detectives to give', async () => {
    const at = await restricted();
    await supervisor.post(`${at}/access-grants`, { user: 'DC 2274', basis: 'Traces the phones.' });
    expect(await detective.post(`${at}/access-grants`, { user: 'DC 2235', basis: 'Helps me.' })).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  });

  it.each(['access-grants', 'access-withdrawals', 'break-glass'])('asks for a proof of the last five minutes at %s', async (path) => {
    const at = await restricted();
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 6 * 60_000);
    const bench = path === 'break-glass' ? detective : supervisor;
    expect(await bench.post(`${at}/${path}`, { basis: 'At once.' })).toMatchObject({ status: 401, body: { code: 'STEP_UP_NEEDED' } });
  });

  it('is taken in an emergency, at once, and answered for by somebody else', async () => {
    const at = await restricted();
    const broken = await detective.post(`${at}/break-glass`, { basis: 'A child may be at the address.' });
    expect(broken.status).toBe(201);
    expect((await detective.get(at, WORDS)).status).toBe(200);
    const review = { breakGlassId: idOf(broken), finding: 'NOT_JUSTIFIED', note: 'There was time to ask.' };
    expect(await detective.post(`${at}/break-glass-reviews`, review)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect((await auditor.post(`${at}/break-glass-reviews`, review)).status).toBe(200);
    expect(await detective.get(at, WORDS)).toMatchObject({ status: 403, body: { code: 'RECORD_RESTRICTED' } });
    const list = await auditor.get(`${at}/access`, AUDIT);
    expect(list.body).toMatchObject([{ kind: 'BREAK_GLASS', user: 'DC 2274', agency: null, basis: 'A child may be at the address.', ended: { by: 'SYP 7510' } }]);
  });

  it('is not taken in an emergency where everybody of the role may read', async () => {
    const id = await supervisor.opened();
    expect(await detective.post(`/api/v1/investigations/${id}/break-glass`, { basis: 'At once.' })).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  });

  it('is given to all of an operation by who may give it to each', async () => {
    const at = await restricted('Clover');
    expect((await detective.get(at, WORDS)).status).toBe(403);
    const granted = await supervisor.post('/api/v1/operations/clover/access-grants', { user: 'DC 2274', basis: 'Works on the operation.' });
    expect(granted.status).toBe(201);
    expect((await detective.get(at, WORDS)).status).toBe(200);
    expect(await supervisor.post('/api/v1/operations/CLOVER/access-withdrawals', { grantId: idOf(granted) })).toMatchObject({ status: 200, body: { id: idOf(granted) } });
    expect((await detective.get(at, WORDS)).status).toBe(403);
  });

  /** A record of a supervisor and their team alone. */
  const own = async (bench: Bench, operation: string): Promise<void> => {
    const id = await bench.opened();
    await bench.post(`/api/v1/investigations/${id}/allocation`, { officer: 'DC 2301', team: 'Another team', supervisor: 'DS 2393' });
    await settled(await bench.post(`/api/v1/investigations/${id}/operations`, { operation }));
  };
  const reads = async (bench: Bench, at: string): Promise<number> => (await bench.get(at, WORDS)).status;
  const hidden = async (operation: string): Promise<string> => {
    const id = await supervisor.opened();
    await supervisor.post(`/api/v1/investigations/${id}/sensitivity`, { sensitivity: 'SENSITIVE', basis: 'A source is at risk.' });
    await settled(await supervisor.post(`/api/v1/investigations/${id}/operations`, { operation }));
    return `/api/v1/investigations/${id}`;
  };

  it('to an operation reaches nothing that comes to belong to it later, until somebody who may give access to that lets it', async () => {
    const squatter = await supervisor.as('DS 2393');
    await own(squatter, 'Heather');
    const granted = await squatter.post('/api/v1/operations/Heather/access-grants', { user: 'DC 2274', basis: 'Works on the operation.' });
    expect(granted.status).toBe(201);
    const at = await hidden('heather');
    expect(await reads(detective, at)).toBe(404);
    const extension = { grantIds: [idOf(granted)], basis: 'Traces the phones of this one too.' };
    expect((await squatter.post('/api/v1/operations/Heather/access-extensions', extension)).status).toBe(200);
    expect(await reads(detective, at)).toBe(404);
    const list = await supervisor.get('/api/v1/operations/Heather/access');
    expect(list.body).toMatchObject([{ id: idOf(granted), user: 'DC 2274', by: 'DS 2393', basis: null }]);
    expect(await supervisor.post('/api/v1/operations/HEATHER/access-extensions', extension)).toMatchObject({ status: 200, body: { id: idOf(granted) } });
    expect(await reads(detective, at)).toBe(200);
    expect((await supervisor.get('/api/v1/operations/Heather/access')).body).toMatchObject([{ basis: 'Works on the operation.', reaches: expect.arrayContaining([expect.any(String), at.split('/').at(-1)]) as unknown }]);
    expect(((await squatter.get('/api/v1/operations/Heather/access')).body as [{ reaches: string[] }])[0].reaches).toHaveLength(1);
  });

  it('to an operation is given by each supervisor for their own alone, and nobody is told of the others', async () => {
    const at = await hidden('Gorse');
    const other = await supervisor.as('DS 2393');
    const grant = { user: 'DC 2274', basis: 'Works on the operation.' };
    const [none, some] = [await other.post('/api/v1/operations/Bracken/access-grants', grant), await other.post('/api/v1/operations/Gorse/access-grants', grant)];
    expect([none.status, none.body]).toEqual([403, { ...(none.body as object), code: 'NOT_ALLOWED' }]);
    expect(some).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect([(await other.get('/api/v1/operations/Bracken/access')).status, (await other.get('/api/v1/operations/Gorse/access')).status]).toEqual([403, 403]);
    for (const operation of ['Bracken', 'Gorse']) await own(other, operation);
    const inside = await supervisor.post('/api/v1/operations/Gorse/access-grants', { user: 'DC 2235', basis: 'Works on it.' });
    for (const operation of ['Bracken', 'Gorse']) {
      expect((await other.get(`/api/v1/operations/${operation}/access`)).body).toEqual([]);
      for (const [path, body] of [['access-withdrawals', { grantId: idOf(inside) }], ['access-extensions', { grantIds: [idOf(inside)], basis: 'Helps.' }]] as const)
        expect(await other.post(`/api/v1/operations/${operation}/${path}`, body)).toMatchObject({ status: 422, body: { code: 'GRANT_UNKNOWN' } });
      expect((await other.post(`/api/v1/operations/${operation}/access-grants`, grant)).status).toBe(201);
    }
    expect(await reads(detective, at)).toBe(404);
    expect(await reads(await supervisor.as('DC 2235'), at)).toBe(200);
  });

  it('is not given to an operation by who may give it to none of its investigations, nor where nothing belongs to it', async () => {
    await restricted('Thistle');
    const another = await supervisor.as('DS 2393');
    const grant = { user: 'DC 2274', basis: 'Works on the operation.' };
    expect(await another.post('/api/v1/operations/Thistle/access-grants', grant)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
    expect(await supervisor.post('/api/v1/operations/Nothing/access-grants', grant)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  });

  it('is told to who may give it or see who looked, and to nobody else', async () => {
    const at = await restricted();
    await supervisor.post(`${at}/access-grants`, { user: 'DC 2274', until: londonDate(Date.now()), basis: 'Traces the phones.' });
    expect((await supervisor.get(`${at}/access`, WORDS)).body).toMatchObject([{ kind: 'GRANT', user: 'DC 2274', until: londonDate(Date.now()), basis: 'Traces the phones.', by: 'DS 2256', ended: null }]);
    expect(await detective.get(`${at}/access`, WORDS)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  });

  it('of a day is told by the posts of that day', async () => {
    const at = await restricted();
    await supervisor.post(`${at}/access-grants`, { user: 'DC 2274', basis: 'Traces the phones.' });
    const today = londonDate(Date.now());
    const { status, body } = await auditor.get(`${at}/could-see?on=${today}`, AUDIT);
    expect(status).toBe(200);
    expect(body).toEqual(expect.arrayContaining([
      { user: 'DC 2274', role: 'DETECTIVE', agency: 'South Yorkshire Police', team: 'Evolve (multi-agency CSE)', relations: ['GRANTED'] },
      expect.objectContaining({ user: 'DS 2256', relations: ['OPENER'] }), expect.objectContaining({ user: 'SYP 7510', role: 'AUDITOR', relations: [] }),
    ]));
    expect(await auditor.get(`${at}/could-see?on=2018-01-01`, AUDIT)).toMatchObject({ status: 200, body: [] });
    expect(await auditor.get(`${at}/could-see?on=2999-01-01`, AUDIT)).toMatchObject({ status: 400, body: { errors: [{ field: 'on' }] } });
    expect(await detective.get(`${at}/could-see?on=${today}`, WORDS)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  });
});
