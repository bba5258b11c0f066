import { DoorTable } from '../../apps/guard';
import { tasks } from '../../apps/console/pages/recording/tasks';
import { rightsTasks } from '../../apps/console/pages/rights/rights-tasks';
import { doors } from '../../apps/daybook/doors';
import { ofDecision, ofRole, ofTask, onInvestigation, onOperation, onPerson } from './expected-doors';
import { expectedOfPerson, expectedOn, expectedPlain, expectedReason, personActions, statusOf } from './oracle';
import type { Expected, PersonAction, RecordAction, Role } from './oracle';
import { addressOf, asked, saysWhy, verdictOf } from './route-answers';
import type { Verdict } from './route-answers';
import { SignedIn } from './signed-in';
import { makeRecords, officers, operationOf, standingOf } from './standing-records';
import type { Made } from './standing-records';

// Every address of the running program, asked by every role, standing to the record in each way there is, over a record of each sensitivity.
// What it answers is compared with the table written apart.

describe('every address', () => {
  let desk: SignedIn;
  let made: readonly Made[];
  const served = new Set<string>();

  beforeAll(async () => {
    const require = jest.spyOn(DoorTable.prototype, 'require');
    desk = await SignedIn.open();
    for (const [method, url] of require.mock.calls) if (method !== 'HEAD') served.add(`${method} ${url}`);
    require.mockRestore();
    made = await makeRecords(desk);
    for (const [user] of officers) await saysWhy(desk, user);
  }, 120_000);
  afterAll(() => desk.close());

  const recordsOf = (user: string): readonly Made[] => made.filter((one) => one.user === undefined || one.user === user);

  const routes = doors.all().map(({ route }) => route);
  const open = new Set(doors.all().filter(({ asks }) => asks === 'NOBODY').map(({ route }) => route));
  const guarded = routes.filter((route) => !open.has(route));
  const task = (route: string): boolean => route.endsWith('/investigations/:reference/record/:task');
  const decision = (route: string): boolean => route.endsWith('/people/:reference/rights/:task');
  const some = (found: readonly (readonly [string])[]) => found;

  it('has a row, and every row has an address', () => {
    expect(served.size).toBeGreaterThan(50);
    expect({ without: [...served].filter((route) => !routes.includes(route)), leftOver: routes.filter((route) => !served.has(route)) }).toEqual({ without: [], leftOver: [] });
  });

  it('has been decided in the table written apart', () => {
    const decided = (route: string): boolean => task(route) || decision(route) || onOperation(route) !== undefined || route === 'GET /restricted' || (onInvestigation(route) ?? onPerson(route) ?? ofRole(route)) !== undefined;
    expect(guarded.filter((route) => !decided(route))).toEqual([]);
  });

  it.each(some(guarded.map((route) => [route])))('%s asks who is not signed in to sign in, whatever they name', async (route) => {
    for (const one of made.slice(0, 2)) {
      const url = addressOf(route, one);
      expect([url, verdictOf(await desk.anybody(url, route.startsWith('POST ') ? 'POST' : 'GET'))]).toEqual([url, 'NOT_SIGNED_IN']);
    }
  });

  it.each(some(guarded.filter((route) => ofRole(route) !== undefined).map((route) => [route])))('%s lets in the roles that may and no other', async (route) => {
    for (const [user, role] of officers) {
      const action = ofRole(route)!;
      const verdict = await asked(desk, user, route, addressOf(route).replace('DC%202235', desk.addressOf('DC 2235')));
      if (action === 'SIGNED_IN') expect([role, verdict]).not.toEqual([role, 'NOT_SIGNED_IN']);
      else expect([role, verdict]).toEqual([role, expectedPlain(action, role)]);
    }
  });

  const any = (actions: readonly RecordAction[], role: Role, one: Made): Expected => {
    const verdicts = actions.map((action) => expectedOn(action, role, one.sensitivity, standingOf(one)));
    return verdicts.find((verdict) => verdict === 'PERMIT') ?? verdicts[0]!;
  };
  /** A record that belongs to no operation has no list of one. Only a restricted record has a use of the break-glass to review; one that its opener never shared has no grant to withdraw. */
  const holdsNone = (route: string, { broken, grant, operation }: Made): boolean => (route.includes('/access/operations/') && (operation === undefined || route.endsWith('/withdraw'))) || (route.includes('/break-glass/:id') && broken === undefined) || (route.endsWith('/access/withdraw') && grant === undefined);
  /** What an address over a record answers once nothing more is asked. */
  const allowed = (route: string, role: Role, one: Made): Expected => {
    const verdict = any(onInvestigation(route)!, role, one);
    return verdict === 'PERMIT' && holdsNone(route, one) ? 'HIDDEN' : verdict;
  };
  const told = ({ sensitivity, relation, unowned }: Made, role: Role, verdict: Verdict): string => `${sensitivity} ${relation ?? (unowned ? 'unowned' : 'unrelated')} ${role}: ${verdict}`;

  /** Asks of every record by everybody; the differences. */
  const differences = async (route: string, expected: (role: Role, one: Made) => Verdict, slug?: string, reason = true): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const [user, role] of officers)
      await Promise.all(recordsOf(user).map(async (one) => {
        const [verdict, right] = [await asked(desk, user, route, addressOf(route, one, slug), reason), expected(role, one)];
        if (verdict !== right) found.push(`${told(one, role, verdict)}, not ${right}`);
      }));
    return found;
  };

  it.each(some(guarded.filter((route) => onInvestigation(route)).map((route) => [route])))('%s lets in whom the table lets in: role by relation by sensitivity', async (route) => {
    expect(await differences(route, (role, one) => allowed(route, role, one))).toEqual([]);
  }, 120_000);

  it.each(guarded.filter(task).flatMap((route) => tasks.map(({ slug }) => [route, slug] as const)))('%s of %s lets in whom the table lets in', async (route, slug) => {
    expect(await differences(route, (role, one) => any([ofTask(slug)], role, one), slug)).toEqual([]);
  }, 120_000);

  const withPerson = (action: string, role: Role, one: Made): Expected => {
    const person = { on: [{ sensitivity: one.sensitivity, standing: standingOf(one) }], restricted: false, requested: false };
    if ((personActions as readonly string[]).includes(action)) return expectedOfPerson(action as PersonAction, role, person);
    return expectedPlain(action, role) === 'PERMIT' ? expectedOfPerson('know', role, person) : 'FORBIDDEN';
  };

  it.each(some(guarded.filter((route) => onPerson(route)).map((route) => [route])))('%s lets in whom the table lets in, through the record that names the person', async (route) => {
    expect(await differences(route, (role, one) => withPerson(onPerson(route)!, role, one))).toEqual([]);
  }, 120_000);

  it.each(guarded.filter(decision).flatMap((route) => rightsTasks.map(({ slug }) => [route, slug] as const)))('%s of %s lets in whom the table lets in', async (route, slug) => {
    expect(await differences(route, (role, one) => withPerson(ofDecision[slug]!, role, one), slug)).toEqual([]);
  }, 120_000);

  const commands = guarded.filter((route) => route.startsWith('POST ') && onInvestigation(route) && !['breakGlass', 'seeLooks'].includes(onInvestigation(route)![0]!));
  const readings = guarded.filter((route) => doors.of(...(route.split(' ') as [string, string]))?.looks && String(onInvestigation(route)?.[0]) === 'read');

  it.each(some([...readings, ...commands].map((route) => [route])))(
    '%s asks for a reason whom it is asked of, and nobody who would not be let in', async (route) => {
      const expected = (role: Role, one: Made): Verdict => {
        const verdict = any(onInvestigation(route)!, role, one);
        return verdict === 'PERMIT' && expectedReason(one.sensitivity, standingOf(one)) !== 'NONE' ? 'REASON_NEEDED' : allowed(route, role, one);
      };
      expect(await differences(route, expected, undefined, false)).toEqual([]);
    }, 120_000);

  const ofWeight = guarded.filter((route) => doors.of(...(route.split(' ') as [string, string]))?.stepUp === true && !onOperation(route) && ofRole(route) === undefined);

  it.each(some(ofWeight.map((route) => [route])))('%s asks whoever it would let in to prove again who they are, five minutes after they did', async (route) => {
    const now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now + 6 * 60_000);
    const expected = (role: Role, one: Made): Verdict => {
      const verdict = onInvestigation(route) ? any(onInvestigation(route)!, role, one) : withPerson(onPerson(route)!, role, one);
      // Before anything is said of what is there, so that a hidden record answers as a known one.
      return verdict === 'FORBIDDEN' ? verdict : 'STEP_UP_NEEDED';
    };
    try {
      expect(await differences(route, expected)).toEqual([]);
    } finally {
      jest.restoreAllMocks();
    }
  }, 120_000);

  it('GET /restricted shows the refusal of a record to whoever may know of it', async () => {
    const found: string[] = [];
    for (const [user, role] of officers)
      for (const one of recordsOf(user)) {
        const { status, text } = await desk.ask(user, 'GET', addressOf('GET /restricted', one));
        const [shown, known] = [text.includes(`INV-${one.number} is restricted`), any(['know'], role, one) === 'PERMIT'];
        if (shown !== known || status !== (known || expectedPlain('list', role) !== 'PERMIT' ? statusOf.FORBIDDEN : statusOf.HIDDEN)) found.push(`${told(one, role, shown ? 'PERMIT' : 'HIDDEN')} (${status})`);
      }
    expect(found).toEqual([]);
  });

  it.each(some(guarded.filter((route) => onOperation(route)).map((route) => [route])))('%s lets in whom the table lets in to one of its records', async (route) => {
    const found: string[] = [];
    for (const [user, role] of officers) {
      const url = addressOf(route).replace('/x/', `/${encodeURIComponent(operationOf(user))}/`);
      const all = made.filter(({ operation }) => operation === operationOf(user));
      const right = all.some((one) => any(onOperation(route)!, role, one) === 'PERMIT') ? 'PERMIT' : 'FORBIDDEN';
      const verdict = await asked(desk, user, route, url);
      if (verdict !== right) found.push(`${role}: ${verdict}, not ${right}`);
    }
    expect(found).toEqual([]);
  });
});
