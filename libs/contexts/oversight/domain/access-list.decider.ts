import { instantOf, msOf, officerKey } from '#kernel';
import type { Actor, Decider, Fact, Instant, OfficerId } from '#kernel';
import type { AccessListCommand } from './access-list.commands';
import { refuse } from './access-list.errors';
import type { AccessListEvent, Grant, Grantee } from './access-list.events';
import type { BreakGlassFinding } from './codes';
import { lastDayOf, standingEntry } from './standing-entry';

type Of<T extends AccessListCommand['type']> = Extract<AccessListCommand, { type: T }>;
type News = readonly Fact<AccessListEvent>[];

/** What an access list holds, by the ids of its entries. */
export interface AccessListState {
  readonly grants: Readonly<Record<string, Grant>>;
  readonly withdrawn: Readonly<Record<string, true>>;
  readonly breakGlasses: Readonly<Record<string, { readonly reader: string; readonly until: Instant }>>;
  readonly findings: Readonly<Record<string, BreakGlassFinding>>;
}

/** How long access in an emergency lasts, ms. */
export const BREAK_GLASS = 8 * 3_600_000;

const notToThemselves = (to: Grantee, { id, agency }: Actor, field = to.kind === 'USER' ? 'user' : 'agency'): void => {
  if (to.kind === 'USER' && officerKey(to.id) === officerKey(id)) refuse('GRANTER_IS_GRANTEE', { field });
  // Who gives access to all of their own agency is one of those.
  if (to.kind === 'AGENCY' && agency !== undefined && officerKey(to.agency) === officerKey(agency)) refuse('GRANTER_IS_GRANTEE', { field });
};

const grant = (command: Of<'GrantAccess'>, state: AccessListState): News => {
  const { data, context: { actor } } = command;
  const { to, from } = data;
  const last = lastDayOf(data);
  const until = data.until ?? last;
  notToThemselves(to, actor);
  if (until < from) refuse('GRANT_ENDS_BEFORE_IT_BEGINS', { field: 'until' });
  if (until > last) refuse('GRANT_LONGER_THAN_A_YEAR', { field: 'until' });
  return standingEntry(command, state) !== undefined ? [] : [{ type: 'AccessGranted', data: { ...data, until } }];
};

const extend = ({ data: { grantIds, reaches, basis }, context: { actor } }: Of<'ExtendAccess'>, { grants, withdrawn }: AccessListState): News =>
  [...new Set(grantIds)].flatMap((grantId) => {
    const found = grants[grantId] ?? refuse('GRANT_UNKNOWN', { field: 'grantIds' });
    if (withdrawn[grantId]) refuse('GRANT_WITHDRAWN', { field: 'grantIds' });
    notToThemselves(found.to, actor, 'grantIds');
    const more = reaches.filter((id) => !found.reaches?.includes(id));
    return more.length === 0 ? [] : [{ type: 'AccessExtended', data: { grantId, reaches: more, basis } } as const];
  });

const withdraw = ({ data }: Of<'WithdrawAccess'>, { grants, withdrawn }: AccessListState): News => {
  if (!grants[data.grantId]) refuse('GRANT_UNKNOWN', { field: 'grantId' });
  return withdrawn[data.grantId] ? [] : [{ type: 'AccessWithdrawn', data }];
};

const breakGlass = (command: Of<'BreakGlass'>, state: AccessListState): News => {
  const { data: { at, ...data }, context: { actor } } = command;
  if (actor.kind !== 'user') refuse('BREAK_GLASS_NEEDS_A_USER');
  const until = instantOf(msOf(at) + BREAK_GLASS);
  return standingEntry(command, state) !== undefined ? [] : [{ type: 'BreakGlassUsed', data: { ...data, reader: actor.id as OfficerId, until } }];
};

const review = ({ data, context: { actor } }: Of<'ReviewBreakGlass'>, { breakGlasses, findings }: AccessListState): News => {
  const used = breakGlasses[data.breakGlassId];
  if (!used) return refuse('BREAK_GLASS_UNKNOWN', { field: 'breakGlassId' });
  if (officerKey(used.reader) === officerKey(actor.id)) refuse('READER_CANNOT_REVIEW');
  const found = findings[data.breakGlassId];
  if (found && found !== data.finding) refuse('BREAK_GLASS_ALREADY_REVIEWED', { field: 'finding' });
  return found ? [] : [{ type: 'BreakGlassReviewed', data }];
};

/** The rules of one access list, of an investigation or of an operation. */
export const accessList: Decider<AccessListCommand, AccessListState, AccessListEvent> = {
  initialState: { grants: {}, withdrawn: {}, breakGlasses: {}, findings: {} },
  decide(command, state) {
    switch (command.type) {
      case 'GrantAccess': return grant(command, state);
      case 'ExtendAccess': return extend(command, state);
      case 'WithdrawAccess': return withdraw(command, state);
      case 'BreakGlass': return breakGlass(command, state);
      case 'ReviewBreakGlass': return review(command, state);
    }
  },
  evolve(state, event) {
    const { type, data } = event as AccessListEvent;
    switch (type) {
      case 'AccessGranted': return { ...state, grants: { ...state.grants, [data.grantId]: data } };
      case 'AccessExtended': {
        const found = state.grants[data.grantId];
        return found ? { ...state, grants: { ...state.grants, [data.grantId]: { ...found, reaches: [...(found.reaches ?? []), ...data.reaches] } } } : state;
      }
      case 'AccessWithdrawn': return { ...state, withdrawn: { ...state.withdrawn, [data.grantId]: true } };
      case 'BreakGlassUsed': return { ...state, breakGlasses: { ...state.breakGlasses, [data.breakGlassId]: { reader: data.reader, until: data.until } } };
      case 'BreakGlassReviewed': return { ...state, findings: { ...state.findings, [data.breakGlassId]: data.finding } };
    }
  },
};
