import { Bench } from '../../apps/api/api.fixtures';

/** Every denial there is, newest first: what was asked for and what came of it. */
const denials = async ({ daybook }: Bench): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const page of daybook.store.readAll('', { filter: { categories: ['consultation'] } }))
    for (const event of page) if (event.type === 'AccessDenied') found.push(Buffer.from(event.data).toString('utf8'));
  return found.reverse();
};

describe('who is turned away', () => {
  let sergeant: Bench;
  let other: Bench;
  let id: string;

  beforeAll(async () => {
    sergeant = await Bench.open();
    other = await sergeant.as('DC 2274');
    id = await sergeant.opened({ track: 'SENSITIVE' });
    await sergeant.get(`/api/v1/investigations/${id}`, { 'daybook-access-reason': 'ALLOCATED', 'daybook-access-words': 'mine' });
  });
  afterAll(() => sergeant.close());

  it('stands on record when the record is hidden, as when there is none, and the record is not named', async () => {
    for (const asked of [id, '00000000-0000-4000-8000-000000000000']) {
      const before = (await denials(sergeant)).length;
      expect((await other.get(`/api/v1/investigations/${asked}`, { 'daybook-access-reason': 'ALLOCATED' })).status).toBe(404);
      const after = await denials(sergeant);
      expect(after.length).toBe(before + 1);
      expect(after[0]).toContain('NOT_FOUND');
      expect(after[0]).toContain('DC 2274');
      expect(after[0]).not.toContain(asked);
    }
  });

  it('stands on record when a policy does not permit it', async () => {
    const before = (await denials(sergeant)).length;
    const analyst = await sergeant.as('SYP 7101');
    expect((await analyst.post('/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] })).status).toBe(403);
    const after = await denials(sergeant);
    expect(after.length).toBe(before + 1);
    expect(after[0]).toContain('NOT_ALLOWED');
  });

  it('stands on record when a token is refused, as nobody', async () => {
    const before = (await denials(sergeant)).length;
    expect((await sergeant.get('/api/v1/figures', { authorization: 'Bearer a.b.c' })).status).toBe(401);
    const after = await denials(sergeant);
    expect(after.length).toBe(before + 1);
    expect(after[0]).toContain('TOKEN_REFUSED');
    expect(after[0]).not.toContain('a.b.c');
  });

  it('does not stand on record for what was merely mistyped by somebody let in', async () => {
    const before = (await denials(sergeant)).length;
    expect((await sergeant.get('/api/v1/figures?area=Nowhere')).status).toBe(400);
    expect((await denials(sergeant)).length).toBe(before);
  });
});
