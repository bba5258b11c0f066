import type { CommandContext, Message } from '#kernel';
import type { NominalEvent, Person } from './nominal.events';

type DataOf<T extends NominalEvent['type']> = Extract<NominalEvent, { type: T }>['data'];
type Order<Type extends string, Data extends object> = Message<Type, Data> & { readonly context: CommandContext };

export type NominalCommand =
  | Order<'RegisterPerson', Person>
  /** Puts the person's details right; the first registration stays on record. */
  | Order<'CorrectPerson', Person>
  | Order<'AddPersonAlias', DataOf<'PersonAliasAdded'>>
  | Order<'VoidPersonEntry', { readonly event: string }>;
