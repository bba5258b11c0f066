import type { NominalId, Private } from '#kernel';
import type { ReadStore } from '#platform/read-store';
import type { NominalRow } from './nominal.projection';

/** One person as lists know them; names still sealed, each with the place from which the vault opens it. */
export interface NominalItem {
  readonly nominalId: NominalId;
  /** `PER-` and the number of the event that registered the person. */
  readonly reference: string;
  readonly eventId: string;
  readonly familyName: Private;
  readonly givenNames: Private | null;
  readonly sex: string;
  readonly selfDefinedEthnicity: string;
  readonly officerDefinedEthnicity: string;
  readonly nationality: string;
  /** Other names on record. */
  readonly aliases: number;
}

const itemOf = (row: NominalRow): NominalItem => ({
  nominalId: row.nominal_id as NominalId,
  reference: `PER-${row.number}`,
  eventId: row.event_id,
  familyName: JSON.parse(row.family_name) as Private,
  givenNames: row.given_names === null ? null : (JSON.parse(row.given_names) as Private),
  sex: row.sex,
  selfDefinedEthnicity: row.self_defined_ethnicity,
  officerDefinedEthnicity: row.officer_defined_ethnicity,
  nationality: row.nationality,
  aliases: row.aliases,
});

/** What pages, API and command line ask about people, as the record stands now. */
export class NominalReader {
  constructor(private readonly reads: Pick<ReadStore, 'db'>) {}

  /** The person whom a `PER-` reference or an id names; undefined when it names none. */
  resolve(reference: string): NominalId | undefined {
    const number = /^PER-(\d{1,15})$/i.exec(reference)?.[1];
    const row = number === undefined
      ? this.reads.db.get<{ nominal_id: string }>('SELECT nominal_id FROM nominal WHERE nominal_id = ?', reference)
      : this.reads.db.get<{ nominal_id: string }>('SELECT nominal_id FROM nominal WHERE number = ?', Number(number));
    return row?.nominal_id as NominalId | undefined;
  }

  one(nominalId: NominalId): NominalItem | undefined {
    const row = this.reads.db.get<NominalRow>('SELECT * FROM nominal WHERE nominal_id = ?', nominalId);
    return row && itemOf(row);
  }
}
