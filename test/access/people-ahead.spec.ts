import Database from 'better-sqlite3';
import { Bench } from '../../apps/api/api.fixtures';

const WORDS = { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Asked%20to' };
const someone = { familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' };

/** DS 2256 opens records. DC 2274 and SYP 7401 have nothing to do with them, RMBC 310 is of a partner agency. */
describe('a person whom the read model does not know yet to be on a record', () => {
  let supervisor: Bench;
  let detective: Bench;
  let partner: Bench;
  let officer: Bench;
  beforeAll(async () => {
    supervisor = await Bench.open();
    detective = await supervisor.as('DC 2274');
    partner = await supervisor.as('RMBC 310');
    officer = await supervisor.as('SYP 7401');
  }, 60_000);
  afterAll(() => supervisor.close());

  const settled = async (): Promise<void> => {
    const { store, reads } = supervisor.daybook;
    await reads.waitFor(store.positionOfNumber((await store.head()).number)!, 10_000);
  };
  const opened = async (path: string, body: object): Promise<string> => {
    const id = await supervisor.opened();
    expect((await supervisor.post(`/api/v1/investigations/${id}/${path}`, body)).status).toBeLessThan(300);
    return id;
  };
  const registered = async (): Promise<string> => {
    const { body } = await supervisor.post('/api/v1/people', someone);
    await settled();
    return (body as { id: string }).id;
  };
  /** Does something while the projector waits for its turn at the file of the read models. */
  const stalled = async (act: () => Promise<void>): Promise<void> => {
    const file = new Database(supervisor.daybook.folder.reads);
    file.exec('BEGIN IMMEDIATE');
    try {
      await act();
    } finally {
      file.exec('ROLLBACK');
      file.close();
      await settled();
    }
  };
  const link = (id: string, nominalId: string, bench = supervisor) => bench.post(`/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId });
  const statuses = async (person: string): Promise<object> => ({
    detective: (await detective.get(`/api/v1/people/${person}`, WORDS)).status, partner: (await partner.get(`/api/v1/people/${person}`, WORDS)).status,
    rights: (await officer.get(`/api/v1/people/${person}/rights`, WORDS)).status,
    hold: (await officer.post(`/api/v1/people/${person}/legal-holds`, { authority: 'PUBLIC_INQUIRY', note: 'Order 4.' })).status,
    supervisor: (await supervisor.get(`/api/v1/people/${person}`, WORDS)).status,
  });

  it('that is hidden is hidden at once, and nobody names them', async () => {
    const [hidden, person] = [await opened('sensitivity', { sensitivity: 'SENSITIVE', basis: 'A source is at risk.' }), await registered()];
    expect(await statuses(person)).toEqual({ detective: 200, partner: 404, rights: 200, hold: 201, supervisor: 200 });
    const other = await supervisor.as('DS 2393');
    const open = await other.opened();
    await settled();
    const all = { detective: 404, partner: 404, rights: 404, hold: 404, supervisor: 200 };
    await stalled(async () => {
      expect((await link(hidden, person)).status).toBe(201);
      expect(await statuses(person)).toEqual(all);
      expect(await link(open, person, other)).toMatchObject({ status: 422, body: { code: 'PERSON_UNKNOWN' } });
    });
    expect(await statuses(person)).toEqual(all);
  });

  it('that became hidden a moment ago is hidden with it', async () => {
    const [id, person] = [await supervisor.opened(), await registered()];
    await link(id, person);
    await settled();
    expect((await detective.get(`/api/v1/people/${person}`, WORDS)).status).toBe(200);
    await stalled(async () => {
      await supervisor.post(`/api/v1/investigations/${id}/sensitivity`, { sensitivity: 'SENSITIVE', basis: 'A source is at risk.' });
      expect((await detective.get(`/api/v1/people/${person}`, WORDS)).status).toBe(404);
    });
  });

  it('that a partner may know is known to them at once', async () => {
    const [shared, person] = [await opened('access-grants', { agency: 'Rotherham Metropolitan Borough Council', basis: 'Safeguards the children.' }), await registered()];
    expect((await partner.get(`/api/v1/people/${person}`, WORDS)).status).toBe(404);
    await stalled(async () => {
      await link(shared, person);
      expect((await partner.get(`/api/v1/people/${person}`, WORDS)).status).toBe(200);
    });
  });
});
