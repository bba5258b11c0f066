import { effectiveHistory } from '#kernel';
import type { Private, RecordedEvent } from '#kernel';
import { defineProjection } from '#platform/read-store';
import type { Cell, Patch, Projection, Table } from '#platform/read-store';
import type { CodeOrReason, NominalEvent } from '../domain/nominal.events';

type Recorded = RecordedEvent<NominalEvent>;
type Registered = Extract<NominalEvent, { type: 'PersonRegistered' }>['data'];

/** One row a person. Names stay sealed: JSON of the sealed value, to be opened with the id of the event that holds it (`event_id`) and its path. */
export interface NominalRow {
  readonly nominal_id: string;
  /** Of the event that registered the person; the reference is `PER-` and this number. */
  readonly number: number;
  readonly event_id: string;
  readonly family_name: string;
  readonly given_names: string | null;
  readonly sex: string;
  readonly self_defined_ethnicity: string;
  readonly officer_defined_ethnicity: string;
  readonly nationality: string;
  readonly aliases: number;
}

const table: Table = {
  name: 'nominal',
  columns: {
    nominal_id: 'TEXT NOT NULL', number: 'INTEGER NOT NULL', event_id: 'TEXT NOT NULL', family_name: 'TEXT NOT NULL', given_names: 'TEXT', sex: 'TEXT NOT NULL',
    self_defined_ethnicity: 'TEXT NOT NULL', officer_defined_ethnicity: 'TEXT NOT NULL', nationality: 'TEXT NOT NULL', aliases: 'INTEGER NOT NULL',
  },
  key: ['nominal_id'],
  indexes: ['(number)'],
};

const codeOf = (value: CodeOrReason): string => ('code' in value ? value.code : value.notRecorded);
const sealedText = (value: Private | undefined): Cell => (value ? JSON.stringify(value) : null);

const rowOf = (events: readonly Recorded[]): Patch[] => {
  const history = effectiveHistory(events);
  const registration = history.find(({ type }) => type === 'PersonRegistered');
  const first = events.find(({ type }) => type === 'PersonRegistered');
  if (!registration || !first) return [];
  const person = registration.data as Registered;
  const row: NominalRow = {
    nominal_id: person.nominalId,
    number: first.number,
    event_id: registration.id,
    family_name: JSON.stringify(person.familyName),
    given_names: sealedText(person.givenNames) as string | null,
    sex: person.sex,
    self_defined_ethnicity: codeOf(person.selfDefinedEthnicity),
    officer_defined_ethnicity: codeOf(person.officerDefinedEthnicity),
    nationality: codeOf(person.nationality),
    aliases: history.filter(({ type }) => type === 'PersonAliasAdded').length,
  };
  return [{ table: 'nominal', set: { ...row } }];
};

const nominalPeople = defineProjection<Recorded[]>({
  name: 'nominal',
  version: 1,
  category: 'nominal',
  tables: [table],
  open: () => [],
  apply(events, event) {
    events.push(event as Recorded);
    return rowOf(events);
  },
});

/** Everything that is kept of people for lists and look-ups. */
export const nominalProjections: readonly Projection[] = [nominalPeople as Projection];
