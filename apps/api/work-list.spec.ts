import { PostsTaken } from '../daybook/posts-taken';
import { Bench } from './api.fixtures';
import type { Answer } from './api.fixtures';

const day = (from: string) => ({ precision: 'day', from });
const CID = 'Rotherham CID';

// The whole program, with its clock as it is: what happened in past years is long overdue.
describe('what the program escalates by itself', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
    bench.daybook.dueWork.begin();
  }, 60_000);
  afterAll(() => bench.close());

  const opened = (more: object = {}): Promise<string> => bench.opened({ effectiveAt: day('2024-03-01'), ...more });
  const post = async (path: string, body: object): Promise<Answer> => {
    const answer = await bench.post(`/api/v1/${path}`, body);
    expect([path, answer.body]).toEqual([path, expect.objectContaining({ id: expect.any(String), position: expect.any(String) })]);
    return answer;
  };
  const allocate = (id: string, more: object = {}) => post(`investigations/${id}/allocation`, { officer: 'DC 2235', team: CID, supervisor: 'DS 2256', effectiveAt: day('2024-03-02'), ...more });
  const named = async (id: string): Promise<string> => {
    const { body } = await post('people', { familyName: 'Example', givenNames: 'Robin', sex: '1', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_KNOWN', nationality: 'GBR' });
    return (await post(`investigations/${id}/suspects`, { quality: 'NAMED', nominalId: body.id, effectiveAt: day('2024-03-05') })).body.id;
  };
  const list = async (as = bench): Promise<readonly { readonly investigationId: string; readonly kind: string; readonly escalation: string }[]> => (await as.get('/api/v1/work-list?limit=200')).body.items;
  const until = async <T>(asked: () => Promise<T>, holds: (found: T) => boolean): Promise<T> => {
    for (;;) {
      const found = await asked();
      if (holds(found)) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const of = (id: string) => (found: Awaited<ReturnType<typeof list>>) => found.filter(({ investigationId }) => investigationId === id);
  const waiting = (id: string, count: number, as = bench) => until(() => list(as), (found) => of(id)(found).length === count).then(of(id));
  const typesOf = async (id: string): Promise<readonly string[]> => (await bench.daybook.ledger.history(`investigation-${id}`)).events.map(({ type }) => type);

  it('is an overdue review and a suspect over twelve weeks, each once, and goes away when the review is recorded and the suspect is arrested', async () => {
    const id = await opened();
    await allocate(id);
    const linkId = await named(id);
    const found = await waiting(id, 2);
    expect(found).toMatchObject([
      { kind: 'OverdueReviewEscalated', since: '2024-03-02', dueOn: '2024-03-30', linkId: null, supervisor: 'DS 2256', officer: 'DC 2235', team: CID, area: 'Rotherham' },
      { kind: 'OutstandingSuspectEscalated', since: '2024-03-05', dueOn: '2024-05-28', linkId },
    ]);
    await bench.daybook.dueWork.reconciler.round();
    expect((await typesOf(id)).filter((type) => type.endsWith('Escalated')).sort()).toEqual(['OutstandingSuspectEscalated', 'OverdueReviewEscalated']);
    await post(`investigations/${id}/reviews`, { review: 'PERIODIC_SUPERVISOR', supervisor: 'DS 2256', findings: 'On course.' });
    await post(`investigations/${id}/suspects/${linkId}/arrest`, {});
    expect(await waiting(id, 0)).toEqual([]);
  }, 30_000);

  it('goes away when it is answered, by whoever may supervise the case and by nobody else', async () => {
    const id = await opened();
    await allocate(id);
    const [item] = await waiting(id, 1);
    const answer = { escalation: item!.escalation, answer: 'The officer was on leave; a review is set for Monday.' };
    expect((await (await bench.as('DC 2235')).post(`/api/v1/investigations/${id}/escalation-answers`, answer)).status).toBe(403);
    expect((await (await bench.as('DS 2393')).post(`/api/v1/investigations/${id}/escalation-answers`, answer)).status).toBe(403);
    await post(`investigations/${id}/escalation-answers`, answer);
    expect(await waiting(id, 0)).toEqual([]);
    expect((await bench.post(`/api/v1/investigations/${id}/escalation-answers`, answer)).body).toMatchObject({ status: 422, code: 'ESCALATION_ALREADY_ANSWERED' });
  }, 30_000);

  it('is for whoever may supervise the case where there is no supervisor, or none any more', async () => {
    const [without, left] = [await opened(), await opened()];
    await allocate(without, { supervisor: undefined });
    await allocate(left, { supervisor: 'DS 4000' });
    expect(await waiting(without, 1)).toHaveLength(1);
    await until(() => typesOf(left), (types) => types.includes('OverdueReviewEscalated'));
    await until(async () => bench.daybook.escalations.supervisors(), (supervisors) => supervisors.includes('ds 4000'));
    expect(of(left)(await list())).toEqual([]); // nobody has said that DS 4000 is no supervisor
    await bench.app.get(PostsTaken).saw({ kind: 'user', id: 'DS 4000', name: 'Example', role: 'ANALYST', agency: 'South Yorkshire Police', multiFactor: true, provedAt: 0 });
    expect(await waiting(left, 1)).toMatchObject([{ supervisor: 'DS 4000' }]);
    // Who is not on the team may supervise neither.
    const other = await bench.as('DS 2393');
    expect([of(without)(await list(other)), of(left)(await list(other))]).toEqual([[], []]);
  }, 30_000);

  it('of a case that is hidden is on no list and in no count but of those who may supervise it', async () => {
    const evolve = await bench.as('DS 2393');
    const id = await opened();
    await allocate(id, { team: 'Evolve (multi-agency CSE)', supervisor: undefined });
    expect([await waiting(id, 1), await waiting(id, 1, evolve)].map(({ length }) => length)).toEqual([1, 1]);
    const total = async (as: Bench): Promise<number> => (await as.get('/api/v1/work-list')).body.total as number;
    const before = [await total(bench), await total(evolve)];
    await post(`investigations/${id}/sensitivity`, { sensitivity: 'SENSITIVE', basis: 'A relative works in the district.' });
    expect(await waiting(id, 0, evolve)).toEqual([]);
    expect([await total(bench), await total(evolve)]).toEqual([before[0], before[1]! - 1]); // who opened it is named on it, the team is not
    expect((await (await bench.as('SYP 7210')).get('/api/v1/work-list')).status).toBe(403);
  }, 30_000);

  it('comes page by page', async () => {
    const all = await list();
    const first = (await bench.get('/api/v1/work-list?limit=1')).body;
    expect([first.items, first.total]).toEqual([all.slice(0, 1), all.length]);
    expect((await bench.get(`/api/v1/work-list?limit=1&cursor=${first.next}`)).body.items).toEqual(all.slice(1, 2));
    expect((await bench.get('/api/v1/work-list?cursor=x')).body).toMatchObject({ status: 400 });
  });
});
