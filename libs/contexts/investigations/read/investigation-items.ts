import { dateOfDay, londonDate } from '#kernel';
import type { InvestigationId } from '#kernel';
import type { Cell, ReadDatabase } from '#platform/read-store';
import type { InvestigationItem, InvestigationStatus } from './answers';
import { covering } from './question';
import type { Moment } from './question';
import { themesOf } from '../domain/themes';
import type { InvestigationKind } from '../domain/codes';

export interface CaseItemRow {
  readonly opener: number;
  readonly status: InvestigationStatus;
  readonly kind: InvestigationKind;
  readonly area: string;
  readonly themes: number;
  readonly team: string | null;
  readonly officer: string | null;
  readonly openedAt: number;
  readonly openedPrecision: string;
  readonly liveSuspects: number;
  readonly namedSuspects: number;
  readonly outstandingSuspects: number;
  readonly oldestOpenEpisodeOn: number | null;
}

export const caseColumns = 'opener, status, kind, area, themes, team, officer, openedAt, openedPrecision, liveSuspects, namedSuspects, outstandingSuspects, oldestOpenEpisodeOn';

const crimesAt = (db: ReadDatabase, opener: number, { effective, number }: Moment): number =>
  db.get<{ crimes: number }>(
    'SELECT count(*) AS crimes FROM investigation_crime WHERE opener = ? AND recFrom <= ? AND recTo > ? AND effFrom <= ?', opener, number, number, effective,
  )!.crimes;

const idOf = (db: ReadDatabase, opener: number): InvestigationId =>
  db.get<{ investigation: InvestigationId }>('SELECT investigation FROM investigation WHERE opener = ?', opener)!.investigation;

/** What people call an investigation: stable for ever, and the same after a rebuild. */
export const referenceOf = (opener: number): string => `INV-${opener}`;

/** Rows as items, at the moment whose rows they are. */
export const itemsOf = (db: ReadDatabase, moment: Moment) => (rows: readonly CaseItemRow[]): InvestigationItem[] =>
  rows.map(({ opener, themes, openedAt, oldestOpenEpisodeOn: oldest, ...row }) => ({
    investigationId: idOf(db, opener), reference: referenceOf(opener), kind: row.kind, status: row.status, area: row.area, themes: themesOf(themes),
    team: row.team, officer: row.officer, openedOn: londonDate(openedAt), openedPrecision: row.openedPrecision,
    crimes: crimesAt(db, opener, moment), liveSuspects: row.liveSuspects, namedSuspects: row.namedSuspects, outstandingSuspects: row.outstandingSuspects,
    oldestOpenEpisodeOn: oldest === null ? null : dateOfDay(oldest), waitDays: oldest === null ? null : Math.max(0, moment.today - oldest),
  }));

/** The item of one investigation; undefined when it did not exist at the moment. */
export const itemOf = (db: ReadDatabase, investigation: string, moment: Moment): InvestigationItem | undefined => {
  const opener = db.get<{ opener: Cell }>('SELECT opener FROM investigation WHERE investigation = ?', investigation)?.opener;
  if (opener === undefined) return undefined;
  const { sql, values } = covering(moment);
  const rows = db.all<CaseItemRow>(`SELECT ${caseColumns} FROM investigation_rect WHERE opener = ? AND ${sql} AND status <> 'NONE'`, opener, ...values);
  return itemsOf(db, moment)(rows)[0];
};
