import { isUnsealed } from '#kernel';
import { correctionForms } from '#contexts/investigations';
import type { HistoryEntry, InvestigationMessage } from '#contexts/investigations';
import { standingEntries } from '../investigation/case-view';
import type { Occasion } from './occasion';

/** Data as a reader sees it: texts in clear with one kind of line end, nothing that is not given, in one order of names. */
const plain = (value: unknown): unknown => {
  if (isUnsealed(value)) return plain(value.unsealed);
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, plain(each)]));
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

const holdsText = (value: unknown): boolean => isUnsealed(value) || (typeof value === 'object' && value !== null && Object.values(value).some(holdsText));

const saidBy = (order: InvestigationMessage): object => (order.type === 'CorrectEntry' ? (order.data as { data: object }).data : order.data);

/** Rules cannot compare texts, which are sealed: what holds one is compared here. */
export const holdsTexts = (order: InvestigationMessage): boolean => holdsText(saidBy(order));

/** The entry that says the same as this command: the one it would correct, or one of its kind that stands. */
export const sameEntry = (order: InvestigationMessage, { entry, found }: Pick<Occasion, 'entry' | 'found'>): HistoryEntry | undefined => {
  const says = ({ data, effectiveAt }: HistoryEntry): boolean => same(data, saidBy(order)) && same(effectiveAt, order.context.effectiveAt);
  if (entry) return order.type === 'CorrectEntry' && says(entry) ? entry : undefined;
  const forms: Readonly<Record<string, string>> = correctionForms;
  return standingEntries(found?.entries ?? []).find((each) => forms[each.type] === order.type && says(each));
};
