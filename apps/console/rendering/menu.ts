import type { Reader } from '#platform/access';
import type { Access, LedgerAction, WorkLists } from '#contexts/oversight';
import { formatNumber } from '../words/format';
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
  { id: 'my-work', text: 'My work', href: '/my-work', open: to('seeWork') },
  { id: 'investigations', text: 'Investigations', href: '/investigations', open: to('list') },
  { id: 'suspects', text: 'Suspects outstanding', href: '/suspects', open: to('list') },
  { id: 'people', text: 'People', href: '/people', open: (rights, reader) => rights.readsPeople(reader) },
  { id: 'retention', text: 'Reviews due', href: '/retention', open: to('seeRetention') },
  { id: 'audit', text: 'Audit', href: '/audit', open: to('seeActivity') },
  { id: 'sessions', text: 'Sessions', href: '/sessions', open: to('manageSessions') },
  { id: 'jobs', text: 'Jobs', href: '/jobs', open: to('manageJobs') },
];

/** The menu of a reader: what they may not open is not there. Their work is counted, by the list that it leads to. */
export const menuOf = (rights: Rights, reader: Reader | undefined, work: Pick<WorkLists, 'of'>): readonly MenuEntry[] => {
  if (!reader) return [];
  const waiting = work.of(reader).length;
  const counted = (id: Section, text: string): string => (id === 'my-work' && waiting > 0 ? `${text} (${formatNumber(waiting)})` : text);
  return entries.filter(({ open }) => open(rights, reader)).map(({ id, text, href }) => ({ id, text: counted(id, text), href }));
};
