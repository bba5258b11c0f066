import { DoorTable } from '../../apps/guard';
import { tasks } from '../../apps/console/pages/recording/tasks';
import { rightsTasks } from '../../apps/console/pages/rights/rights-tasks';
import { doors } from '../../apps/daybook/doors';
import { ofDecision, ofRole, ofTask, onInvestigation, onOperation, onPerson } from './expected-doors';
import { expectedOfPerson, expectedOn, expectedPlain, expectedReason, personActions, sensitivities, statusOf } from './oracle';
import type { Expected, PersonAction, RecordAction, Relation, Role, Sensitivity, Standing } from './oracle';
import { SignedIn } from './signed-in';

// Every address of the running program, asked by every role, standing to the record in each way there is, over a record of each sensitivity.
// What it answers is compared with the table written apart.

const RECORDER = 'DS 2393';
/** Opens every restricted record in an emergency. */
const EMERGENCY = 'DC 2274';
type Who = readonly [user: string, role: Role, team: string | undefined];
const officers: readonly Who[] = [
  ['SYP 7101', 'ANALYST', undefined], ['DC 2235', 'DETECTIVE', 'Rotherham CID'], ['DS 2256', 'SUPERVISOR', 'Rotherham CID'], ['SYP 7210', 'INTEL_UNIT', 'Force intelligence unit'],
  ['SYP 7320', 'SOURCE_UNIT', 'Dedicated source unit'], ['SYP 7401', 'DISCLOSURE_OFFICER', 'Disclosure unit'], ['SYP 7510', 'AUDITOR', undefined],
  ['SYP 7610', 'PROFESSIONAL_STANDARDS', 'Professional standards department'], ['RMBC 310', 'PARTNER', undefined], ['SYP 7900', 'ADMIN', undefined],
];

/** A record, and how one user stands to it; without a user, how everybody does. */
interface Made {
  readonly sensitivity: Sensitivity;
  readonly relation?: Relation;
  readonly user?: string;
  readonly unowned: boolean;
  readonly id: string;
  readonly number: number;
  readonly linkId: string;
  readonly person: { readonly id: string; readonly number: number };
  readonly operation?: string;
  /** A use of the break-glass on it. */
  readonly broken?: string;
  /** A grant on its access list. */
  readonly grant?: string;
}

const standingOf = ({ relation, unowned }: Made): Standing => ({ relations: new Set(relation ? [relation] : []), unowned });

const day = (from: string) => ({ effectiveAt: { precision: 'day', from } });

type Verdict = Expected | 'REASON_NEEDED' | 'NOT_SIGNED_IN' | 'STEP_UP_NEEDED' | 'FAULT';

interface Came {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly text?: string;
}

/** Of a form that was opened, its own complaint of the token that was not sent with it. */
const FORM = 'Nothing was recorded; check your answers and continue';

const redirects: readonly (readonly [RegExp, Verdict])[] = [
  [/^\/sign-in\/start\?fresh/, 'STEP_UP_NEEDED'], [/^\/sign-in(\?|$)/, 'NOT_SIGNED_IN'], [/^\/access-reason\?/, 'REASON_NEEDED'], [/^\/restricted\?/, 'FORBIDDEN'],
];

/** What an answer says of whether somebody was let in. Whoever was let in may still be told that what they sent is malformed or against a rule. */
const verdictOf = ({ status, headers, body, text = '' }: Came): Verdict => {
  const { code } = (body ?? {}) as { readonly code?: string };
  if (code === 'REASON_NEEDED' || code === 'STEP_UP_NEEDED') return code;
  if (status === 302 || status === 303) return redirects.find(([to]) => to.test(String(headers.location)))?.[1] ?? 'PERMIT';
  if (status >= 500) return 'FAULT';
  if (text.includes(FORM)) return 'PERMIT';
  return (Object.keys(statusOf) as (keyof typeof statusOf)[]).filter((each) => each !== 'UNKNOWN').find((each) => statusOf[each] === status) as Verdict | undefined ?? 'PERMIT';
};

describe('every address', () => {
  let desk: SignedIn;
  const made: Made[] = [];
  const served = new Set<string>();

  const opened = async (by: string, more: Partial<Made> & Pick<Made, 'sensitivity'>): Promise<Made> => {
    const { id } = (await desk.done(by, '/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], ...day('2019-03-01') })) as { id: string };
    const number = (await desk.events()) - 1;
    const person = (await desk.done(by, '/api/v1/people', { familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' })) as { id: string };
    const named = { id: person.id, number: (await desk.events()) - 1 };
    const link = (await desk.done(by, `/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId: person.id, ...day('2019-03-01') })) as { id: string };
    return { unowned: true, ...more, id, number, linkId: link.id, person: named };
  };
  const act = (one: Made, path: string, body: object): Promise<unknown> => desk.done(RECORDER, `/api/v1/investigations/${one.id}/${path}`, body);
  const listed = async (one: Made): Promise<Made> => {
    const { id } = (await act(one, 'access-grants', { user: 'DC 8888', basis: 'Needs it.' })) as { id: string };
    return { ...one, grant: id };
  };
  const classified = async (one: Made): Promise<Made> => {
    if (one.sensitivity === 'STANDARD') return one;
    await act(one, 'sensitivity', { sensitivity: one.sensitivity, basis: 'Assessed.', ...day('2019-03-03') });
    if (one.sensitivity !== 'RESTRICTED') return one;
    const broken = (await desk.done(EMERGENCY, `/api/v1/investigations/${one.id}/break-glass`, { basis: 'At once.' })) as { id: string };
    return { ...one, broken: broken.id };
  };
  const owned = async (sensitivity: Sensitivity, held: { officer?: string; supervisor?: string; team?: string }, more: Partial<Made> = {}): Promise<Made> => {
    const one = await opened(RECORDER, { sensitivity, unowned: false, ...more });
    await act(one, 'allocation', { officer: 'DC 9999', team: 'Blue', ...held, ...day('2019-03-02') });
    if (one.operation) await act(one, 'operations', { operation: one.operation, ...day('2019-03-02') });
    return listed(await classified(one));
  };

  const ofUser = async (sensitivity: Sensitivity, [user, role, team]: Who): Promise<void> => {
    const as = (relation: Relation): Partial<Made> => ({ user, relation });
    made.push(await owned(sensitivity, { officer: user }, as('officer')), await owned(sensitivity, { supervisor: user }, as('supervisor')));
    if (team !== undefined) made.push(await owned(sensitivity, { team }, as('team')));
    if (expectedPlain('open', role) === 'PERMIT') made.push(await classified(await opened(user, { sensitivity, ...as('opener') })));
    const granted = await owned(sensitivity, {}, as('granted'));
    await act(granted, 'access-grants', { user, basis: 'Needs it.' });
    const operation = `CLOVER ${user}`;
    made.push(granted, await owned(sensitivity, {}, { ...as('member'), operation }));
  };

  /** Whoever looks at who looked says for what, once a session; before that everybody is asked, whatever they name. */
  const saysWhy = async (user: string): Promise<void> => {
    const { text } = await desk.ask(user, 'GET', '/investigations/INV-999999/views');
    const token = /name="token" value="([^"]+)"/.exec(text.slice(text.indexOf('/audit/purpose')))![1]!;
    await desk.ask(user, 'POST', '/audit/purpose', { body: { token, to: '/account', purpose: 'LAWFULNESS' } });
  };

  beforeAll(async () => {
    const require = jest.spyOn(DoorTable.prototype, 'require');
    desk = await SignedIn.open();
    for (const [method, url] of require.mock.calls) if (method !== 'HEAD') served.add(`${method} ${url}`);
    require.mockRestore();
    for (const sensitivity of sensitivities) {
      made.push(await listed(await classified(await opened(RECORDER, { sensitivity }))), await owned(sensitivity, {}));
      for (const who of officers) await ofUser(sensitivity, who);
    }
    await desk.settle();
    for (const [user] of officers) await desk.done(RECORDER, `/api/v1/operations/${encodeURIComponent(`CLOVER ${user}`)}/access-grants`, { user, basis: 'Needs it.' });
    await desk.settle();
    for (const [user] of officers) await saysWhy(user);
  }, 120_000);
  afterAll(() => desk.close());

  const recordsOf = (user: string): readonly Made[] => made.filter((one) => one.user === undefined || one.user === user);

  const names: Readonly<Record<string, (one: Made) => string>> = {
    code: ({ operation }) => encodeURIComponent(operation ?? 'CLOVER'), id: ({ id }) => id, ref: ({ id }) => id, linkId: ({ linkId }) => linkId, reference: ({ number }) => `INV-${number}`, number: ({ number }) => String(number),
  };
  const queryOf = (route: string, { number, linkId, grant }: Made): string => {
    if (route.endsWith('/access/withdraw')) return `?grant=${grant}`;
    if (route.endsWith('/corrections/new')) return `?event=${number}`;
    if (/ \/(restricted|break-glass)(\/|$)/.test(route)) return `?named=INV-${number}`;
    if (route.endsWith('/could-see')) return '?on=2026-01-01';
    return route.endsWith('/record/:task') ? `?link=${linkId}` : '';
  };
  const addressOf = (route: string, one?: Made, task = /\/people\//.test(route) ? 'correct' : 'plan'): string => {
    const path = route.slice(route.indexOf(' ') + 1);
    const person = /\/people\/:/.test(route);
    const value = (name: string): string => {
      if (name === 'task') return task;
      if (name === 'user') return 'DC%202235';
      if (!one) return 'x';
      if (route.includes('/break-glass/:id')) return one.broken ?? one.id;
      if (person) return name === 'reference' ? `PER-${one.person.number}` : one.person.id;
      return names[name]!(one);
    };
    return `${path.replaceAll(/:(\w+)/g, (_, name: string) => value(name))}${one ? queryOf(route, one) : ''}`;
  };
  /** Asks, with a body that no command takes, so that nothing is recorded by whoever is let in. */
  const asked = async (user: string, route: string, url: string, reason = true): Promise<Verdict> => {
    const method = route.startsWith('POST ') ? 'POST' : 'GET';
    const came = await desk.ask(user, method, url, { reason, ...(method === 'POST' && { body: { unheardOf: true } }) });
    const event = /^\/events\/\d+$/.exec(String(came.headers.location))?.[0];
    return verdictOf(event === undefined ? came : await desk.ask(user, 'GET', event, { reason }));
  };

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
    const decided = (route: string): boolean => task(route) || decision(route) || onOperation(route) || route === 'GET /restricted' || (onInvestigation(route) ?? onPerson(route) ?? ofRole(route)) !== undefined;
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
      const verdict = await asked(user, route, addressOf(route));
      if (action === 'SIGNED_IN') expect([role, verdict]).not.toEqual([role, 'NOT_SIGNED_IN']);
      else expect([role, verdict]).toEqual([role, expectedPlain(action, role)]);
    }
  });

  const any = (actions: readonly RecordAction[], role: Role, one: Made): Expected => {
    const verdicts = actions.map((action) => expectedOn(action, role, one.sensitivity, standingOf(one)));
    return verdicts.find((verdict) => verdict === 'PERMIT') ?? verdicts[0]!;
  };
  const told = ({ sensitivity, relation, unowned }: Made, role: Role, verdict: Verdict): string => `${sensitivity} ${relation ?? (unowned ? 'unowned' : 'unrelated')} ${role}: ${verdict}`;

  /** Asks of every record by everybody; the differences. */
  const differences = async (route: string, expected: (role: Role, one: Made) => Verdict, slug?: string, reason = true): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const [user, role] of officers)
      for (const one of recordsOf(user)) {
        const [verdict, right] = [await asked(user, route, addressOf(route, one, slug), reason), expected(role, one)];
        if (verdict !== right) found.push(`${told(one, role, verdict)}, not ${right}`);
      }
    return found;
  };

  it.each(some(guarded.filter((route) => onInvestigation(route)).map((route) => [route])))('%s lets in whom the table lets in: role by relation by sensitivity', async (route) => {
    // Only a restricted record has a use of the break-glass to review; one that its opener never shared has no grant to withdraw.
    const none = ({ broken, grant }: Made): boolean => (route.includes('/break-glass/:id') && broken === undefined) || (route.endsWith('/access/withdraw') && grant === undefined);
    const expected = (role: Role, one: Made): Expected => {
      const verdict = any(onInvestigation(route)!, role, one);
      return verdict === 'PERMIT' && none(one) ? 'HIDDEN' : verdict;
    };
    expect(await differences(route, expected)).toEqual([]);
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

  it.each(some(guarded.filter((route) => doors.of(...(route.split(' ') as [string, string]))?.looks && ['read'].includes(String(onInvestigation(route)?.[0]))).map((route) => [route])))(
    '%s asks for a reason whom it is asked of, and nobody who would not be let in', async (route) => {
      const expected = (role: Role, one: Made): Verdict => {
        const verdict = any(onInvestigation(route)!, role, one);
        return verdict === 'PERMIT' && expectedReason(one.sensitivity, standingOf(one)) !== 'NONE' ? 'REASON_NEEDED' : verdict;
      };
      expect(await differences(route, expected, undefined, false)).toEqual([]);
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

  it.each(some(guarded.filter(onOperation).map((route) => [route])))('%s lets in whoever may grant on each of its records', async (route) => {
    const found: string[] = [];
    for (const [user, role] of officers) {
      const url = addressOf(route).replace('/x/', `/${encodeURIComponent(`CLOVER ${user}`)}/`);
      const all = made.filter(({ operation }) => operation === `CLOVER ${user}`);
      const right = all.every((one) => any(['grant'], role, one) === 'PERMIT') ? 'PERMIT' : 'FORBIDDEN';
      const verdict = await asked(user, route, url);
      if (verdict !== right) found.push(`${role}: ${verdict}, not ${right}`);
    }
    expect(found).toEqual([]);
  });
});
