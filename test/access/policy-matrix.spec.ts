import { loadPolicies } from '#contexts/oversight';
import type { InvestigationAction, LedgerAction, PersonAction } from '#contexts/oversight';
import type { Policies } from '#platform/access';
import { cases, expectedOfPerson, expectedPlain, expectedReason, personActions, plainActions, roles, sensitivities, standings } from './oracle';
import type { Expected, Person, Relation, Sensitivity, Standing } from './oracle';
import { asking, idOf, overPerson, overRecord, policiesOf, policyTexts, thePerson, theRecord } from './under-test';
import type { Others } from './under-test';

interface Difference {
  readonly asked: string;
  readonly expected: Expected;
  readonly decided: string;
}

const words = ({ relations, unowned }: Standing): string => [...relations, ...(unowned ? ['unowned'] : [])].join('+') || 'nobody';

type Asking = (action: string) => boolean;
const everything: Asking = () => true;

async function* onRecords(policies: Policies, others: readonly Others[], asks = everything): AsyncGenerator<Difference | undefined> {
  for (const { action, role, sensitivity, standing, expected } of cases())
    for (const other of !asks(action) ? [] : standing.unowned ? (['both'] as const) : others) {
      const { verdict } = await overRecord(policies, sensitivity, standing, other).onInvestigation(asking(role), action as InvestigationAction, theRecord);
      yield verdict === expected ? undefined : { asked: `${action} ${sensitivity} by ${role} as ${words(standing)} (${other})`, expected, decided: verdict };
    }
}

async function* withoutRecord(policies: Policies): AsyncGenerator<Difference | undefined> {
  const access = overRecord(policies, 'STANDARD', standings[0]!);
  for (const action of plainActions)
    for (const role of roles) {
      const [expected, decided] = [expectedPlain(action, role), access.may(asking(role), action as LedgerAction) ? 'PERMIT' : 'FORBIDDEN'];
      yield decided === expected ? undefined : { asked: `${action} by ${role}`, expected, decided };
    }
}

const as = (...held: readonly Relation[]): Standing => ({ relations: new Set(held), unowned: false });
const telling: readonly (readonly [Sensitivity, Standing])[] = [
  ['STANDARD', as()], ['STANDARD', as('granted')], ['RESTRICTED', as()], ['RESTRICTED', as('officer')], ['RESTRICTED', as('member')], ['SENSITIVE', as()], ['SENSITIVE', as('team')], ['SENSITIVE', as('supervisor')],
];

/** On nothing, on one investigation of every kind, on two of kinds that tell different things. */
const people: readonly Person['on'][] = [
  [],
  ...sensitivities.flatMap((sensitivity) => standings.map((standing) => [{ sensitivity, standing }])),
  ...telling.flatMap((one, nth) => telling.slice(nth).map((two) => [one, two].map(([sensitivity, standing]) => ({ sensitivity, standing })))),
];

const actionNames: Readonly<Record<string, string>> = { know: 'knowPerson', read: 'readPerson' };

async function* onPeople(policies: Policies, asks = everything): AsyncGenerator<Difference | undefined> {
  for (const on of people)
    for (const restricted of [false, true])
      for (const by of ['none', 'me', 'other'] as const) {
        const person = { on, restricted, requested: by === 'me' };
        const access = overPerson(policies, person, by);
        for (const role of roles)
          for (const action of personActions) {
            if (!asks(actionNames[action] ?? action)) continue;
            const expected = expectedOfPerson(action, role, person);
            const { verdict } = await access.onPerson(asking(role), (actionNames[action] ?? action) as PersonAction, thePerson);
            const where = on.map(({ sensitivity, standing }) => `${sensitivity} as ${words(standing)}`).join(', ') || 'nothing';
            yield verdict === expected ? undefined : { asked: `${action} of a person on ${where} by ${role}${restricted ? ', restricted' : ''}, erasure asked for by ${by}`, expected, decided: verdict };
          }
      }
}

const all = async (differences: AsyncGenerator<Difference | undefined>): Promise<{ readonly asked: number; readonly found: readonly Difference[] }> => {
  const found: Difference[] = [];
  let asked = 0;
  for await (const difference of differences) {
    asked++;
    if (difference) found.push(difference);
  }
  return { asked, found };
};

const first = async (...several: readonly AsyncGenerator<Difference | undefined>[]): Promise<Difference | undefined> => {
  for (const differences of several) for await (const difference of differences) if (difference) return difference;
  return undefined;
};

describe('the policies', () => {
  const policies = loadPolicies();

  it('decide on investigations as the table says, whoever else holds them', async () => {
    const { asked, found } = await all(onRecords(policies, ['both', 'officer', 'team']));
    expect(found.slice(0, 20)).toEqual([]);
    expect(asked).toBe(9 * 11 * 3 * (64 * 3 + 16));
  });

  it('decide on what concerns no record as the table says', async () => {
    expect(await all(withoutRecord(policies))).toEqual({ asked: 132, found: [] });
  });

  it('decide on people as the table says', async () => {
    const { asked, found } = await all(onPeople(policies));
    expect(found.slice(0, 20)).toEqual([]);
    expect(asked).toBe(people.length * 2 * 3 * 11 * 10);
  });

  it('let the reason for reading be asked as the table says', async () => {
    const names = { NONE: 'NONE', CHOSEN: 'CODED', IN_WORDS: 'WORDS' };
    for (const { action, role, sensitivity, standing, expected } of cases())
      if (action === 'read' && expected === 'PERMIT' && role !== 'SYSTEM')
        expect([role, sensitivity, words(standing), await overRecord(policies, sensitivity, standing).reasonNeeded(asking(role), theRecord)])
          .toEqual([role, sensitivity, words(standing), names[expectedReason(sensitivity, standing)]]);
  });

  it('hide from a role that the table does not know', async () => {
    expect((await overRecord(policies, 'STANDARD', as('officer')).onInvestigation(asking('CHIEF'), 'read', theRecord)).verdict).toBe('HIDDEN');
  });
});

/** Compares what concerns the actions that a text names: all of them where it names none. */
const differing = (policies: readonly string[], about: string): Promise<Difference | undefined> => {
  const altered = policiesOf(policies);
  const named = [...about.split(/\b(?:when|unless)\b/)[0]!.matchAll(/Action::"(\w+)"/g)].map(([, action]) => action);
  const asks: Asking = named.length === 0 ? everything : (action) => named.includes(action);
  return first(withoutRecord(altered), onPeople(altered, asks), onRecords(altered, ['both'], asks));
};

const texts = policyTexts();
const without = (id: string): readonly string[] => texts.filter((text) => idOf(text) !== id);
const added = (text: string): string => `@id("added") ${text}`;

/** Rails stop a careless permit: they stand where no permit reaches, so that only a permit too many shows what they are for. */
const rails = [
  ['processing-restricted-record', 'permit (principal in Role::"DISCLOSURE_OFFICER", action == Action::"recordPerson", resource is Person) when { resource.restricted };'],
  ['sensitive-existence', 'permit (principal in Role::"PARTNER", action == Action::"know", resource is Investigation) when { resource.sensitivity == "SENSITIVE" && principal in resource.granted };'],
  ['restricted-content', 'permit (principal in Role::"DETECTIVE", action == Action::"read", resource is Investigation) when { resource.sensitivity == "RESTRICTED" };'],
] as const;

describe('the comparison notices', () => {
  it('nothing when the policies are read one by one', async () => {
    expect(texts.length).toBeGreaterThan(10);
    expect(await differing(texts, '')).toBeUndefined();
  });

  it.each(texts.filter((text) => idOf(text) !== 'processing-restricted-record').map((text) => [idOf(text), text]))('that %s is gone', async (id, text) => {
    expect(await differing(without(id!), text!)).toBeDefined();
  });

  it.each([
    'permit (principal in Role::"ADMIN", action == Action::"seeFigures", resource is Ledger);',
    'permit (principal in Role::"SOURCE_UNIT", action == Action::"read", resource is Investigation);',
    'permit (principal in Role::"ANALYST", action == Action::"record", resource is Investigation);',
    'permit (principal in Role::"SUPERVISOR", action == Action::"grant", resource is Investigation);',
    'permit (principal in Role::"AUDITOR", action == Action::"record", resource is Investigation);',
    'permit (principal in Role::"INTEL_UNIT", action == Action::"reviewBreakGlass", resource is Investigation) when { principal in resource.granted };',
    'permit (principal in Role::"PARTNER", action == Action::"knowPerson", resource is Person);',
    'permit (principal in Role::"SUPERVISOR", action == Action::"authoriseErasure", resource is Person);',
    'forbid (principal in Role::"PROFESSIONAL_STANDARDS", action == Action::"seeCovert", resource is Ledger);',
    'forbid (principal, action == Action::"breakGlass", resource is Investigation);',
  ])('that this was added: %s', async (text) => {
    expect(await differing([...texts, added(text)], text)).toBeDefined();
  });

  it.each(rails)('a permit too many as soon as %s does not stop it', async (rail, text) => {
    expect(await differing([...texts, added(text)], text)).toBeUndefined();
    expect(await differing([...without(rail), added(text)], text)).toBeDefined();
  });
});
