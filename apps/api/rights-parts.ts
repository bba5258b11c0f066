import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { DataSubjects, ErasureTexts, Looks, RetentionReader, SubjectExtracts } from '#contexts/oversight';

/** What the API's answers about people's rights are built over. */
export interface RightsParts {
  readonly dataSubjects: Pick<DataSubjects, 'state' | 'decisions' | 'measures'>;
  readonly texts: Pick<ErasureTexts, 'of'>;
  readonly retention: Pick<RetentionReader, 'one' | 'reviewsDue'>;
  readonly extracts: Pick<SubjectExtracts, 'of'>;
  readonly looks: Pick<Looks, 'record'>;
  /** Whether the reader may read an investigation: measures on it are named to nobody else. */
  mayRead(reader: Reader, id: InvestigationId): Promise<boolean>;
  /** `PER-` reference of a person; undefined where there is none. */
  personReference(id: NominalId): string | undefined;
}
