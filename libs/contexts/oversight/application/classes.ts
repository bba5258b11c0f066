import type { Entity, Named, Policies, Question } from '#platform/access';
import { numberOf } from '#contexts/investigations';
import type { Relation, Sensitivity } from '#contexts/investigations';
import type { InvestigationAction, LedgerAction, PersonAction } from '../domain/actions';
import { userRoles } from '../domain/codes';
import type { UserRole } from '../domain/codes';

/** How a reader stands to a person: through their investigations, and to a request to erase them. */
export interface PersonRelation {
  /** Of the person's investigations: there is none; the reader may know one; may read one. */
  readonly onNone: boolean;
  readonly onKnown: boolean;
  readonly onReadable: boolean;
  /** Processing is restricted (DPA 2018 ss.46 to 48). */
  readonly restricted: boolean;
  readonly erasureRequestedBy: 'me' | 'other' | 'none';
}

const user = (id: string): Named => ({ type: 'User', id });
const me = user('reader');
const team = (id: string): Named => ({ type: 'Team', id });
const list: Named = { type: 'AccessList', id: 'record' };
const operation: Named = { type: 'Operation', id: 'record' };
const attribute = (named: Named) => ({ __entity: { ...named } });

const reader = (role: UserRole, parents: readonly Named[] = []): Entity => ({ uid: { ...me }, attrs: {}, parents: [{ type: 'Role', id: role }, ...parents] });

const holder = (name: string, held: 'none' | 'me' | 'other', named: (id: string) => Named): Entity['attrs'] =>
  held === 'none' ? {} : { [name]: attribute(named(held === 'me' ? 'reader' : 'somebody')) };

const record = (sensitivity: Sensitivity, relation: Relation): Entity => ({
  uid: { type: 'Investigation', id: 'record' },
  attrs: {
    sensitivity, granted: attribute(list), operations: [attribute(operation)],
    ...holder('officer', relation.officer, user), ...holder('supervisor', relation.supervisor, user), ...holder('team', relation.team, team),
    openedBy: attribute(user(relation.opener ? 'reader' : 'somebody')),
  },
  parents: [],
});

const aboutInvestigation = (role: UserRole, action: InvestigationAction, sensitivity: Sensitivity, relation: Relation): Question => ({
  principal: me, action, resource: { type: 'Investigation', id: 'record' },
  entities: [
    reader(role, [...(relation.team === 'me' ? [team('reader')] : []), ...(relation.granted ? [list] : []), ...(relation.member ? [operation] : [])]),
    record(sensitivity, relation),
  ],
});

const aboutPerson = (role: UserRole, action: PersonAction, { onNone, onKnown, onReadable, restricted, erasureRequestedBy }: PersonRelation): Question => ({
  principal: me, action, resource: { type: 'Person', id: 'person' }, context: { onNone, onKnown, onReadable },
  entities: [
    reader(role),
    { uid: { type: 'Person', id: 'person' }, attrs: { restricted, ...holder('erasureRequestedBy', erasureRequestedBy, user) }, parents: [] },
  ],
});

const known = (role: string): role is UserRole => (userRoles as readonly string[]).includes(role);

/**
 * Decisions on classes of readers and records: all that a decision rests on is role, sensitivity and how the two stand to each other, so each
 * class is decided once by the policy text and remembered. A role that is not known may nothing.
 */
export class Classes {
  constructor(private readonly policies: Policies) {}

  ledger(role: string, action: LedgerAction): boolean {
    return known(role) && this.policies.permits(
      () => ({ principal: me, action, resource: { type: 'Ledger', id: 'daybook' }, entities: [reader(role)] }), `${role} ${action}`);
  }

  investigation(role: string, action: InvestigationAction, sensitivity: Sensitivity, relation: Relation): boolean {
    return known(role) && this.policies.permits(
      () => aboutInvestigation(role, action, sensitivity, relation), `${role} ${action} ${sensitivity} ${numberOf(relation)}`);
  }

  person(role: string, action: PersonAction, relation: PersonRelation): boolean {
    const { onNone, onKnown, onReadable, restricted, erasureRequestedBy } = relation;
    return known(role) && this.policies.permits(
      () => aboutPerson(role, action, relation), [role, action, onNone, onKnown, onReadable, restricted, erasureRequestedBy].join(' '));
  }
}
