import type { InvestigationId } from '#kernel';
import type { Reader } from '#platform/access';
import type { DataSubjects, RetentionReader } from '#contexts/oversight';

/** What the pages of a person's rights are built over, beside what every page has. */
export interface RightsParts {
  readonly dataSubjects: Pick<DataSubjects, 'state' | 'decisions' | 'measures' | 'textsToLookAt'>;
  readonly retention: Pick<RetentionReader, 'one'>;
  /** Whether the reader may read an investigation: its texts are shown, and measures on it named, to nobody else. */
  mayRead(reader: Reader, id: InvestigationId): Promise<boolean>;
  /** The reference of an investigation; undefined where there is none or the reader may not know of it. */
  referenceOf(reader: Reader, id: InvestigationId): string | undefined;
}

/** The parts under a name that Nest can hand out. */
export const RIGHTS_PARTS = Symbol('rights parts');
