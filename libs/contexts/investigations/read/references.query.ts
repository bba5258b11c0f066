import type { InvestigationId } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import { LATEST } from './case-tracks';
import { isVisible } from './visible';
import type { Visible } from './visible';

const everyOpenerOf = (db: ReadDatabase, reference: string): number[] => {
  const inv = /^INV-(\d{1,15})$/i.exec(reference);
  if (inv) return [Number(inv[1])];
  const found = db.all<{ opener: number }>(
    `SELECT opener FROM investigation WHERE investigation = ?
      UNION SELECT opener FROM investigation_crime WHERE reference = ? AND recTo = ${LATEST}
      UNION SELECT opener FROM investigation_source WHERE source = ?`, reference, reference, reference);
  return found.map(({ opener }) => opener);
};

/** The number that opened the investigation of this id; undefined when there is none. */
export const openerOf = (db: ReadDatabase, id: string): number | undefined =>
  db.get<{ opener: number }>('SELECT opener FROM investigation WHERE investigation = ?', id)?.opener;

const openersOf = (db: ReadDatabase, reference: string, visible: Visible): number[] =>
  everyOpenerOf(db, reference.trim()).filter((opener) => isVisible(visible, opener));

/** `INV-` references of every investigation that this names, the oldest first. */
export const investigationsNamed = (db: ReadDatabase, reference: string, visible: Visible): string[] =>
  openersOf(db, reference, visible)
    .filter((opener) => db.get('SELECT 1 FROM investigation WHERE opener = ?', opener) !== undefined)
    .sort((a, b) => a - b).map((opener) => `INV-${opener}`);

/** The one investigation that this names: `INV-` reference, id, crime reference as it stands, or source id. Undefined when there is none, or more than one. */
export const investigationNamed = (db: ReadDatabase, reference: string, visible: Visible): InvestigationId | undefined => {
  const openers = openersOf(db, reference, visible);
  if (openers.length !== 1) return undefined;
  return db.get<{ investigation: InvestigationId }>('SELECT investigation FROM investigation WHERE opener = ?', openers[0]!)?.investigation;
};
