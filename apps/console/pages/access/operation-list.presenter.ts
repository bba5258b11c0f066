import type { InvestigationId } from '#kernel';
import type { OperationEntry } from '../../../guard';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { counted, formatDay, formatMoment } from '../../words/format';
import type { CaseHeader } from '../investigation/case-header';
import { stateOf, whoOf } from './access.presenter';

/** An entry of the list with its words opened; null where they were erased or are not this reader's. */
export interface OperationRow extends OperationEntry {
  readonly basis: string | null;
}

export interface OperationListInput {
  readonly header: CaseHeader;
  readonly investigationId: InvestigationId;
  readonly reference: string;
  /** As the record has it. */
  readonly operation: string;
  readonly rows: readonly OperationRow[];
  /** Ms. */
  readonly now: number;
  readonly mayGrant: boolean;
  /** Entries that could be let reach more of the reader's investigations. */
  readonly extendable: number;
}

const reachOf = ({ entry: { reaches } }: OperationRow, id: InvestigationId): string => {
  const others = reaches.filter((each) => each !== id).length;
  if (!reaches.includes(id)) return `${counted(others, 'other investigation')}, not this one`;
  return others === 0 ? 'This investigation' : `This investigation and ${counted(others, 'other')}`;
};

const rowOf = (row: OperationRow, { investigationId, now, mayGrant }: OperationListInput, base: string) => {
  const { id, from, until, agreement, by, at } = row.entry;
  const state = stateOf(row.entry, now);
  return {
    ...whoOf(row.entry), when: `${formatDay(from)} to ${formatDay(until)}`, agreement, state, by: `${by}, ${formatMoment(at)}`, reach: reachOf(row, investigationId),
    basis: row.open ? row.basis ?? '(erased)' : '(not shown)', ...(mayGrant && row.theirs && state.runs && { withdraw: address(`${base}/withdraw`, { grant: id }) }),
  };
};

/** Below the record through which the list is looked at. */
export const operationListPath = (reference: string, operation: string): string => `/investigations/${reference}/access/operations/${encodeURIComponent(operation)}`;

/** Who is on the access list of an operation, as far as it is there for the reader. */
export const operationListPage = (input: OperationListInput): Page => {
  const { header, reference, operation, rows, mayGrant, extendable } = input;
  const base = operationListPath(reference, operation);
  return {
    view: 'pages/access/operation-list.njk', title: `Operation ${operation}: access list`, section: 'investigations',
    model: {
      header, reference, operation, rows: [...rows].reverse().map((row) => rowOf(row, input, base)),
      ...(mayGrant && { grant: `${base}/grant` }), ...(mayGrant && extendable > 0 && { extend: `${base}/extend` }),
    },
  };
};
