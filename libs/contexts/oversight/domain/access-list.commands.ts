import type { CommandContext, Instant, InvestigationId, LocalDate, Message, Private } from '#kernel';
import type { AccessListEvent, Grant, Listed } from './access-list.events';

type DataOf<T extends AccessListEvent['type']> = Extract<AccessListEvent, { type: T }>['data'];
type Order<Type extends string, Data extends object> = Message<Type, Data> & { readonly context: CommandContext };

export type AccessListCommand =
  /** Without a last day it is for a year. */
  | Order<'GrantAccess', Omit<Grant, 'until'> & { readonly until?: LocalDate }>
  /** Each of these grants is to reach each of these investigations. */
  | Order<'ExtendAccess', { readonly grantIds: readonly string[]; readonly reaches: readonly InvestigationId[]; readonly basis: Private }>
  | Order<'WithdrawAccess', DataOf<'AccessWithdrawn'>>
  /** Whoever sends it reads for eight hours from `at`. */
  | Order<'BreakGlass', { readonly on: Listed; readonly breakGlassId: string; readonly at: Instant; readonly basis: Private }>
  | Order<'ReviewBreakGlass', DataOf<'BreakGlassReviewed'>>;
