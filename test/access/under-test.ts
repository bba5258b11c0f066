import { readFileSync } from 'node:fs';
import type { InvestigationId, NominalId } from '#kernel';
import { Policies } from '#platform/access';
import type { Reader } from '#platform/access';
import { fromRoot } from '#platform/settings';
import { Access } from '#contexts/oversight';
import type { AccessParts } from '#contexts/oversight';
import type { Person, Sensitivity, Standing } from './oracle';

type Facts = NonNullable<ReturnType<AccessParts['records']['facts']>>;

/** Who else may hold a record that the reader does not: the table must hold whoever it is. */
export type Others = 'both' | 'officer' | 'team';

/** The reader of every question: what they are to a record lies in the record. */
export const asking = (role: string): Reader => ({
  kind: 'user', id: 'DC 4411', name: 'A. Reader', role, agency: 'SYP', team: 'Amber', multiFactor: true, provedAt: 0, session: 's',
});

/** A record to which that reader stands like this. */
const factsOf = (sensitivity: Sensitivity, { relations: held, unowned }: Standing, others: Others): Facts => ({
  sensitivity,
  officer: held.has('officer') ? 'DC 4411' : unowned || others === 'team' ? null : 'DC 9',
  supervisor: held.has('supervisor') ? 'DC 4411' : 'DS 9',
  openedBy: held.has('opener') ? 'DC 4411' : 'DC 8',
  team: held.has('team') ? 'Amber' : unowned || others === 'officer' ? null : 'Blue',
  operations: held.has('member') ? ['CLOVER', 'HEATHER'] : ['CLOVER'],
});

const partsOf = (policies: Policies, records: ReadonlyMap<string, Facts>, listed: readonly string[], more: Partial<AccessParts> = {}): AccessParts => ({
  policies,
  records: { facts: (id) => records.get(id), latest: async (id) => records.get(id) },
  investigations: { seenBy: () => { throw new Error('a decision asks for no list'); } },
  granted: { granted: () => ({ investigations: new Set(listed), operations: new Map([['HEATHER', new Set(records.keys())]]) }) },
  cases: { naming: () => [] },
  marks: { of: () => ({ restricted: false }) },
  clock: () => 0,
  ...more,
});

export const theRecord = 'record' as InvestigationId;
export const thePerson = 'person' as NominalId;

/** Access to one record. */
export const overRecord = (policies: Policies, sensitivity: Sensitivity, standing: Standing, others: Others = 'both'): Access =>
  new Access(partsOf(policies, new Map([[theRecord, factsOf(sensitivity, standing, others)]]), standing.relations.has('granted') ? [theRecord] : []));

/** Access to one person. `requestedBy`: who asked for their erasure. */
export const overPerson = (policies: Policies, { on, restricted }: Person, requestedBy: 'me' | 'other' | 'none'): Access => {
  const ids = on.map((_, nth) => `record-${nth}` as InvestigationId);
  const records = new Map(on.map(({ sensitivity, standing }, nth) => [ids[nth]!, factsOf(sensitivity, standing, 'both')]));
  const listed = ids.filter((_, nth) => on[nth]!.standing.relations.has('granted'));
  const by = requestedBy === 'none' ? {} : { erasureRequestedBy: requestedBy === 'me' ? 'DC 4411' : 'DO 2' };
  return new Access(partsOf(policies, records, listed, { cases: { naming: () => ids }, marks: { of: () => ({ restricted, ...by }) } }));
};

const folder = fromRoot('libs', 'contexts', 'oversight', 'policies');
const textOf = (name: string) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') });
const schema = textOf('daybook.cedarschema');

/** Every policy of the product as a text of its own. */
export const policyTexts = (): readonly string[] =>
  ['ledger.cedar', 'investigations.cedar', 'persons.cedar'].flatMap((name) => textOf(name).text.split(/(?=^@id\()/m).filter((text) => text.startsWith('@id(')));

/** The name that a policy gives itself. */
export const idOf = (text: string): string => /^@id\("([^"]+)"\)/.exec(text)?.[1] ?? text;

/** These policies instead of the product's. */
export const policiesOf = (texts: readonly string[]): Policies => new Policies(schema, [{ name: 'policies', text: texts.join('\n') }]);
