import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { RetentionReader } from '../read/retention.query';
import type { DataSubjects } from './data-subjects';
import type { ErasureTexts } from './erasure-texts';
import type { Looks } from './looks';
import type { SubjectExtracts } from './subject-extract';

/** What every door needs of people's rights. */
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
