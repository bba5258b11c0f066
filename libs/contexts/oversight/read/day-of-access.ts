import { officerKey } from '#kernel';
import type { InvestigationId } from '#kernel';
import { relationOf } from '#contexts/investigations';
import type { Asker, FactsInForce, Relation, Sensitivity } from '#contexts/investigations';
import type { UserRole } from '../domain/codes';
import type { GrantInForce } from './access-lists';
import type { DayOfEvents, UserPost } from './posts';

/** Somebody who could see an investigation, in which post, and what they had to do with it at one time or another of the day. */
export interface CouldSee extends Pick<UserPost, 'userId' | 'role' | 'agency' | 'team'> {
  readonly relation: Relation;
}

/** What decided on one day, each with the events between which it did. */
export interface DayOfAccess {
  readonly investigationId: InvestigationId;
  readonly day: DayOfEvents;
  readonly facts: readonly FactsInForce[];
  /** On the access list of the investigation, and on those of its operations as far as they reach it. */
  readonly grants: readonly GrantInForce[];
  readonly posts: readonly UserPost[];
}

export type Permits = (role: UserRole, sensitivity: Sensitivity, relation: Relation) => boolean;

interface Span {
  readonly recFrom: number;
  readonly recTo: number;
}

const holdsAt = (number: number) => ({ recFrom, recTo }: Span): boolean => recFrom <= number && number < recTo;
const overlap = (a: Span, b: Span): boolean => a.recFrom < b.recTo && b.recFrom < a.recTo;

/** The stretches of the day within which neither the record nor an access list changed. */
const stretches = ({ day: { first, last }, facts, grants }: DayOfAccess): readonly Span[] => {
  const turns = [...facts, ...grants].flatMap(({ recFrom, recTo }) => [recFrom, recTo]).filter((number) => number > first && number <= last);
  const starts = [...new Set([first, ...turns])].sort((a, b) => a - b);
  return starts.map((recFrom, i) => ({ recFrom, recTo: starts[i + 1] ?? last + 1 }));
};

const askerOf = ({ userId, agency, team }: UserPost, id: InvestigationId, grants: readonly GrantInForce[]): Asker => {
  const officer = officerKey(userId);
  const theirs = grants.filter(({ granteeKind, grantee }) => grantee === (granteeKind === 'USER' ? officer : officerKey(agency)));
  const of = (kind: GrantInForce['subjectKind']): ReadonlySet<string> => new Set(theirs.filter(({ subjectKind }) => subjectKind === kind).map(({ subject }) => subject));
  return { officer, team, investigations: of('INVESTIGATION'), operations: new Map([...of('OPERATION')].map((key) => [key, new Set([id])])) };
};

type Held = Relation['officer'];
const nearer = (a: Held, b: Held): Held => (a === 'me' || b === 'me' ? 'me' : a === 'none' ? b : a);

const together = (a: Relation, b: Relation): Relation => ({
  officer: nearer(a.officer, b.officer), supervisor: nearer(a.supervisor, b.supervisor), team: nearer(a.team, b.team),
  opener: a.opener || b.opener, granted: a.granted || b.granted, member: a.member || b.member,
});

const keyOf = ({ userId, role, agency, team }: UserPost): string => JSON.stringify([officerKey(userId), role, agency, team]);

/** What somebody in this post had to do with it in those stretches of the day in which the policies let them see it. */
const relationsOf = (post: UserPost, on: DayOfAccess, day: readonly Span[], permits: Permits): readonly Relation[] =>
  day.filter((stretch) => overlap(post, stretch)).flatMap(({ recFrom }) => {
    const facts = on.facts.find(holdsAt(recFrom))?.facts;
    if (!facts) return [];
    const relation = relationOf(askerOf(post, on.investigationId, on.grants.filter(holdsAt(recFrom))), on.investigationId, facts);
    return permits(post.role, facts.sensitivity, relation) ? [relation] : [];
  });

/** Everybody whom the policies let see the investigation at one time or another of the day, in the order of posts. */
export const whoCouldSee = (on: DayOfAccess, permits: Permits): readonly CouldSee[] => {
  const [day, found] = [stretches(on), new Map<string, CouldSee>()];
  for (const post of on.posts) {
    const { userId, role, agency, team } = post;
    for (const relation of relationsOf(post, on, day, permits)) {
      const before = found.get(keyOf(post))?.relation;
      found.set(keyOf(post), { userId, role, agency, team, relation: before ? together(before, relation) : relation });
    }
  }
  return [...found.values()];
};
