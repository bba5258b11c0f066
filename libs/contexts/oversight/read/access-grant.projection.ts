import { dayNumber, msOf, officerKey, startOfLondonDay } from '#kernel';
import type { LocalDate, RecordedEvent } from '#kernel';
import { defineProjection } from '#platform/read-store';
import type { Patch, Projection } from '#platform/read-store';
import { operationKey } from '#contexts/investigations';
import type { AccessListEvent, Grantee, Listed } from '../domain/access-list.events';
import { accessGrantTable, accessReachTable, cells, LATEST, sealedCell } from './access-grant.table';
import type { AccessGrantRow } from './access-grant.table';

type DataOf<T extends AccessListEvent['type']> = Extract<AccessListEvent, { type: T }>['data'];

/** The rows of one list, by the id of the grant or break-glass. */
type Rows = Map<string, AccessGrantRow>;

const subjectOf = (on: Listed): Pick<AccessGrantRow, 'subjectKind' | 'subject'> =>
  (on.kind === 'OPERATION' ? { subjectKind: on.kind, subject: operationKey(on.operation) } : { subjectKind: on.kind, subject: on.investigationId });

const granteeOf = (to: Grantee): Pick<AccessGrantRow, 'granteeKind' | 'grantee' | 'written'> => {
  const written = to.kind === 'USER' ? to.id : to.agency;
  return { granteeKind: to.kind, grantee: officerKey(written), written };
};

const firstOf = (date: LocalDate, later = 0): number => startOfLondonDay(dayNumber(date) + later);

const madeBy = ({ id, number, metadata: { actor, recordedAt } }: RecordedEvent) => ({
  event: id, madeBy: actor.id, madeAt: msOf(recordedAt), recFrom: number, recTo: LATEST, withdrawnBy: null, withdrawnAt: null,
  finding: null, note: null, reviewEvent: null, reviewedBy: null, reviewedAt: null, reviewed: null,
});

const granted = (event: RecordedEvent, { on, grantId, to, from, until, basis, agreement }: DataOf<'AccessGranted'>): AccessGrantRow => ({
  entry: grantId, kind: 'GRANT', ...subjectOf(on), ...granteeOf(to), fromAt: firstOf(from), untilAt: firstOf(until, 1), agreement: agreement ?? null,
  basis: sealedCell(basis)!, ...madeBy(event),
});

const broken = (event: RecordedEvent, { on, breakGlassId, reader, until, basis }: DataOf<'BreakGlassUsed'>): AccessGrantRow => ({
  entry: breakGlassId, kind: 'BREAK_GLASS', ...subjectOf(on), ...granteeOf({ kind: 'USER', id: reader }), fromAt: msOf(event.metadata.recordedAt),
  untilAt: msOf(until), agreement: null, basis: sealedCell(basis)!, ...madeBy(event),
});

const withdrawn = (row: AccessGrantRow, { number, metadata: { actor, recordedAt } }: RecordedEvent): AccessGrantRow =>
  ({ ...row, recTo: number, withdrawnBy: actor.id, withdrawnAt: msOf(recordedAt) });

// What was found not justified ends at once.
const reviewed = (row: AccessGrantRow, { id, number, metadata: { actor, recordedAt } }: RecordedEvent, { finding, note }: DataOf<'BreakGlassReviewed'>): AccessGrantRow => ({
  ...row, finding, note: sealedCell(note), reviewEvent: id, reviewedBy: actor.id, reviewedAt: msOf(recordedAt), reviewed: number,
  recTo: finding === 'NOT_JUSTIFIED' ? number : row.recTo,
});

const rowAfter = (rows: Rows, event: RecordedEvent): AccessGrantRow | undefined => {
  const { type, data } = event as AccessListEvent;
  switch (type) {
    case 'AccessGranted': return granted(event, data);
    case 'BreakGlassUsed': return broken(event, data);
    case 'AccessExtended': return rows.get(data.grantId);
    case 'AccessWithdrawn': {
      const row = rows.get(data.grantId);
      return row && withdrawn(row, event);
    }
    case 'BreakGlassReviewed': {
      const row = rows.get(data.breakGlassId);
      return row && reviewed(row, event, data);
    }
  }
};

const reachedBy = (event: RecordedEvent): readonly Patch[] => {
  const { type, data } = event as AccessListEvent;
  if (type !== 'AccessGranted' && type !== 'AccessExtended') return [];
  return (data.reaches ?? []).map((investigation) => ({ table: accessReachTable.name, set: { entry: data.grantId, investigation, since: event.number } }));
};

const apply = (rows: Rows, event: RecordedEvent): readonly Patch[] => {
  const row = rowAfter(rows, event);
  if (!row) return [];
  rows.set(row.entry, row);
  return [{ table: accessGrantTable.name, set: cells(row) }, ...reachedBy(event)];
};

/** Who stands on which access list, by name or by agency, or by having broken the glass. */
export const accessGrants = defineProjection<Rows>({
  name: 'access-grants',
  version: 2,
  category: 'accessList',
  types: ['AccessGranted', 'AccessExtended', 'AccessWithdrawn', 'BreakGlassUsed', 'BreakGlassReviewed'] satisfies AccessListEvent['type'][],
  tables: [accessGrantTable, accessReachTable],
  open: () => new Map(),
  apply,
}) as Projection;
