import type { RecordedEvent } from '#kernel';
import { defineProjection } from '#platform/read-store';
import type { Patch, Projection, Table } from '#platform/read-store';
import { factTypes } from './case-events';

/** One row for each person and investigation whose record ever named them together; what stands of that, the investigation's own history says. */
export const personCaseTable: Table = {
  name: 'person_case',
  columns: { nominal: 'TEXT NOT NULL', investigation: 'TEXT NOT NULL' },
  key: ['nominal', 'investigation'],
};

const naming = new Set(['SuspectLinked', 'SuspectNamed']);

const apply = (investigation: string, { type, data }: RecordedEvent): readonly Patch[] => {
  const { nominalId } = data as { readonly nominalId?: string };
  return naming.has(type) && nominalId !== undefined ? [{ table: personCaseTable.name, set: { nominal: nominalId, investigation } }] : [];
};

/** By person, the investigations to look into. */
export const personCases: Projection = defineProjection<string>({
  name: 'person-cases',
  version: 1,
  category: 'investigation',
  types: factTypes,
  tables: [personCaseTable],
  open: (stream) => stream.slice(stream.indexOf('-') + 1),
  apply,
}) as Projection;
