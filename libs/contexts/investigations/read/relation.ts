import { officerKey } from '#kernel';
import type { Sensitivity } from '../domain/codes';

/** Of an investigation as it stands, what decides who may do what with it. */
export interface AccessFacts {
  readonly sensitivity: Sensitivity;
  readonly officer: string | null;
  readonly supervisor: string | null;
  readonly openedBy: string | null;
  readonly team: string | null;
  /** Keys of its operations. */
  readonly operations: readonly string[];
}

/** Of somebody who asks, what decisions about investigations rest on. */
export interface Asker {
  /** `officerKey` of their id. */
  readonly officer: string;
  readonly team: string | null;
  /** Ids of the investigations whose access list they stand on at this moment, themselves or by their agency. */
  readonly investigations: ReadonlySet<string>;
  /** By the keys of the operations whose access list they stand on, ids of the investigations that this reaches. */
  readonly operations: ReadonlyMap<string, ReadonlySet<string>>;
}

type Held = 'none' | 'me' | 'other';

/** How somebody stands to an investigation: with role and sensitivity, all that decisions rest on. */
export interface Relation {
  readonly officer: Held;
  readonly supervisor: Held;
  /** `me`: the team that works on it is theirs. */
  readonly team: Held;
  readonly opener: boolean;
  readonly granted: boolean;
  readonly member: boolean;
}

const holds: readonly Held[] = ['none', 'me', 'other'];
const heldBy = (holder: string | null, me: string | null): Held => (holder === null ? 'none' : holder === me ? 'me' : 'other');
const keyOf = (officer: string | null): string | null => (officer === null ? null : officerKey(officer));

/** How this asker stands to the investigation of this id and these facts. */
export const relationOf = (asker: Asker, id: string, facts: AccessFacts): Relation => ({
  officer: heldBy(keyOf(facts.officer), asker.officer),
  supervisor: heldBy(keyOf(facts.supervisor), asker.officer),
  team: heldBy(facts.team, asker.team),
  opener: keyOf(facts.openedBy) === asker.officer,
  granted: asker.investigations.has(id),
  member: facts.operations.some((operation) => asker.operations.get(operation)?.has(id) === true),
});

/** How many relations there are; `numberOf` is below it. */
export const RELATIONS = 216;

/** A relation as one small number. */
export const numberOf = ({ officer, supervisor, team, opener, granted, member }: Relation): number =>
  holds.indexOf(officer) + 3 * holds.indexOf(supervisor) + 9 * holds.indexOf(team) + 27 * Number(opener) + 54 * Number(granted) + 108 * Number(member);

/** The relation of a number. */
export const relationNumbered = (number: number): Relation => ({
  officer: holds[number % 3]!,
  supervisor: holds[Math.floor(number / 3) % 3]!,
  team: holds[Math.floor(number / 9) % 3]!,
  opener: Math.floor(number / 27) % 2 === 1,
  granted: Math.floor(number / 54) % 2 === 1,
  member: Math.floor(number / 108) % 2 === 1,
});

/** Whether they have anything to do with it: any of the six. */
export const isRelated = ({ officer, supervisor, team, opener, granted, member }: Relation): boolean =>
  officer === 'me' || supervisor === 'me' || team === 'me' || opener || granted || member;
