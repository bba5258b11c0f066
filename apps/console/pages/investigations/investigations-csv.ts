import type { InvestigationItem, Page } from '#contexts/investigations';
import { BYTE_ORDER_MARK, csvLine } from '../../downloads/csv';

const columns = [
  'Reference', 'Kind', 'Status', 'Area', 'Exploitation', 'Team', 'Officer', 'Opened on', 'Precision', 'Crimes', 'Suspects', 'Named suspects',
  'Outstanding suspects', 'Outstanding since', 'Days waited', 'Effective at', 'Recorded at', 'Event number',
];

const lineOf = (item: InvestigationItem, { effectiveAt, recordedAt, number }: Page<InvestigationItem>): string => csvLine([
  item.reference, item.kind, item.status, item.area, item.themes.join(' '), item.team, item.officer, item.openedOn, item.openedPrecision, item.crimes,
  item.liveSuspects, item.namedSuspects, item.outstandingSuspects, item.oldestOpenEpisodeOn, item.waitDays, effectiveAt, recordedAt, number,
]);

/** The list as CSV, a page at a time; each line says the moments that it holds at. */
export function* investigationsCsv(first: Page<InvestigationItem>, ask: (cursor: string) => Page<InvestigationItem>): Generator<string> {
  yield BYTE_ORDER_MARK + csvLine(columns);
  for (let page = first; ; page = ask(page.next)) {
    yield page.items.map((item) => lineOf(item, page)).join('');
    if (page.next === undefined) return;
  }
}
