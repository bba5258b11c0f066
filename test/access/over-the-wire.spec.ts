import { expectedOn, expectedPlain, sensitivities, statusOf } from './oracle';
import type { RecordAction, Relation, Role, Sensitivity, Standing } from './oracle';
import { SignedIn } from './signed-in';

// The table written apart, asked of the running program: what lists, counts, pages and commands answer to every role that stands to a record
// in each way.

const RECORDER = 'DS 2393';
type Who = readonly [user: string, role: Role, team: string | undefined];
const officers: readonly Who[] = [
  ['SYP 7101', 'ANALYST', undefined], ['DC 2235', 'DETECTIVE', 'Rotherham CID'], ['DS 2256', 'SUPERVISOR', 'Rotherham CID'], ['SYP 7210', 'INTEL_UNIT', 'Force intelligence unit'],
  ['SYP 7320', 'SOURCE_UNIT', 'Dedicated source unit'], ['SYP 7401', 'DISCLOSURE_OFFICER', 'Disclosure unit'], ['SYP 7510', 'AUDITOR', undefined],
  ['SYP 7610', 'PROFESSIONAL_STANDARDS', 'Professional standards department'], ['RMBC 310', 'PARTNER', undefined], ['SYP 7900', 'ADMIN', undefined],
];

interface Made {
  readonly id: string;
  readonly sensitivity: Sensitivity;
  readonly opener: string;
  readonly officer?: string;
  readonly supervisor?: string;
  readonly team?: string;
}

const standingOf = (user: string, team: string | undefined, made: Made): Standing => {
  const held = new Set<Relation>();
  for (const relation of ['officer', 'supervisor', 'opener'] as const) if (made[relation] === user) held.add(relation);
  if (team !== undefined && made.team === team) held.add('team');
  return { relations: held, unowned: made.officer === undefined && made.team === undefined };
};

const day = (from: string) => ({ precision: 'day', from });

describe('over the wire', () => {
  let desk: SignedIn;
  const made: Made[] = [];

  const open = async (opener: string, sensitivity: Sensitivity, held: Partial<Pick<Made, 'officer' | 'supervisor' | 'team'>> = {}): Promise<void> => {
    const { id } = (await desk.done(opener, '/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], effectiveAt: day('2019-03-01') })) as { id: string };
    const as = { officer: 'DC 9999', team: 'Blue', ...held };
    if (Object.keys(held).length > 0) await desk.done(RECORDER, `/api/v1/investigations/${id}/allocation`, { ...as, effectiveAt: day('2019-03-02') });
    if (sensitivity !== 'STANDARD') await desk.done(RECORDER, `/api/v1/investigations/${id}/sensitivity`, { sensitivity, basis: 'Assessed.', effectiveAt: day('2019-03-03') });
    made.push({ id, sensitivity, opener, ...(Object.keys(held).length > 0 ? as : {}) });
  };

  beforeAll(async () => {
    desk = await SignedIn.open();
    for (const sensitivity of sensitivities) {
      await open(RECORDER, sensitivity);
      await open(RECORDER, sensitivity, { officer: 'DC 9998' });
      for (const [user, role, team] of officers) {
        await open(RECORDER, sensitivity, { officer: user });
        await open(RECORDER, sensitivity, { supervisor: user });
        if (team !== undefined) await open(RECORDER, sensitivity, { team });
        if (expectedPlain('open', role) === 'PERMIT') await open(user, sensitivity);
      }
    }
    await desk.settle();
  }, 120_000);
  afterAll(() => desk.close());

  const expected = (action: RecordAction, [user, role, team]: Who, one: Made) => expectedOn(action, role, one.sensitivity, standingOf(user, team, one));

  it.each(officers)('%s (%s) is told as the table says whether each record is there, and shown it', async (...who) => {
    for (const one of made) {
      const verdict = expected('read', who, one);
      const { status } = await desk.ask(who[0], 'GET', `/api/v1/investigations/${one.id}`, { reason: true });
      expect({ one, status }).toEqual({ one, status: verdict === 'PERMIT' ? 200 : statusOf[verdict] });
    }
  });

  it.each(officers)('%s (%s) has in lists and counts what they may know of and nothing else', async (...who) => {
    const [user, role] = who;
    const may = expectedPlain('list', role);
    const list = await desk.ask(user, 'GET', '/api/v1/investigations?area=all&status=all&limit=200');
    if (may !== 'PERMIT') return expect(list.status).toBe(403);
    const known = made.filter((one) => expected('know', who, one) === 'PERMIT').map(({ id }) => id);
    expect((list.body as { items: { investigationId: string }[] }).items.map(({ investigationId }) => investigationId).sort()).toEqual(known.sort());
    const figures = await desk.read(user, '/api/v1/figures?area=all');
    expect((figures as { investigations: { active: number } }).investigations.active).toBe(known.length);
  });

  const refused = async (user: string, path: string, body: object): Promise<number> => {
    const { status } = await desk.ask(user, 'POST', path, { body, reason: true });
    return status;
  };

  it.each(officers)('%s (%s) records, supervises and reassesses where the table says so', async (...who) => {
    const [user] = who;
    for (const one of made) {
      const at = `/api/v1/investigations/${one.id}`;
      const acts = [
        ['record', `${at}/plan`, { plan: 'Visit.', reviewEveryDays: 28, effectiveAt: day('2019-03-04') }],
        ['supervise', `${at}/reviews`, { review: 'PERIODIC_SUPERVISOR', supervisor: user, findings: 'As planned.', effectiveAt: day('2019-03-05') }],
        ['reassess', `${at}/sensitivity`, { sensitivity: one.sensitivity, basis: 'As before.', effectiveAt: day('2019-03-06') }],
      ] as const;
      for (const [action, path, body] of acts) {
        const verdict = expected(action, who, one);
        const status = await refused(user, path, body);
        // A rule of the domain may still refuse what a policy permits.
        expect({ one, action, status: [200, 201, 422].includes(status) ? 'PERMIT' : status }).toEqual({ one, action, status: verdict === 'PERMIT' ? 'PERMIT' : statusOf[verdict] });
      }
    }
  }, 120_000);

  it('asks everybody to sign in before it says anything', async () => {
    for (const url of ['/api/v1/figures', '/api/v1/investigations', `/api/v1/investigations/${made[0]!.id}`, '/api/v1/investigations/INV-900000017'])
      expect([url, (await desk.anybody(url)).status]).toEqual([url, statusOf.NOT_SIGNED_IN]);
  });
});
