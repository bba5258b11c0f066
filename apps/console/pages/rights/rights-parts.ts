import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { DataSubjects, ErasureTexts, Looks, RetentionReader, SubjectExtracts } from '#contexts/oversight';

/** What the pages of people's rights are built over, beside what every page has. */
export interface RightsParts {
  readonly dataSubjects: Pick<DataSubjects, 'state' | 'decisions' | 'measures'>;
  /** Texts that stay when a person is erased, for whoever authorises it. */
  readonly texts: Pick<ErasureTexts, 'of'>;
  readonly retention: Pick<RetentionReader, 'one' | 'reviewsDue'>;
  readonly extracts: Pick<SubjectExtracts, 'of'>;
  readonly looks: Pick<Looks, 'record'>;
  /** Whether the reader may read an investigation: measures on it are named to nobody else. */
  mayRead(reader: Reader, id: InvestigationId): Promise<boolean>;
  /** The reference of an investigation; undefined where there is none or the reader may not know of it. */
  referenceOf(reader: Reader, id: InvestigationId): string | undefined;
  /** `PER-` reference of a person; undefined where there is none. */
  personReference(id: NominalId): string | undefined;
}

/** The parts under a name that Nest can hand out. */
export const RIGHTS_PARTS = Symbol('rights parts');
