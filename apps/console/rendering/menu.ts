import type { Reader } from '#platform/access';
import type { Access, LedgerAction } from '#contexts/oversight';
import type { Section } from './page';

/** An entry of the menu. */
export interface MenuEntry {
  readonly id: Section;
  readonly text: string;
  readonly href: string;
}

type Rights = Pick<Access, 'may' | 'readsPeople'>;

const to = (action: LedgerAction) => (rights: Rights, reader: Reader): boolean => rights.may(reader, action);

const entries: readonly (MenuEntry & { readonly open: (rights: Rights, reader: Reader) => boolean })[] = [
  { id: 'dashboard', text: 'Dashboard', href: '/', open: to('seeFigures') },
  { id: 'investigations', text: 'Investigations', href: '/investigations', open: to('list') },
  { id: 'suspects', text: 'Suspects outstanding', href: '/suspects', open: to('list') },
  { id: 'people', text: 'People', href: '/people', open: (rights, reader) => rights.readsPeople(reader) },
  { id: 'retention', text: 'Reviews due', href: '/retention', open: to('seeRetention') },
  { id: 'audit', text: 'Audit', href: '/audit', open: to('seeActivity') },
  { id: 'sessions', text: 'Sessions', href: '/sessions', open: to('manageSessions') },
];

/** The menu of a reader: what they may not open is not there. */
export const menuOf = (rights: Rights, reader: Reader | undefined): readonly MenuEntry[] =>
  (reader ? entries.filter(({ open }) => open(rights, reader)).map(({ id, text, href }) => ({ id, text, href })) : []);
