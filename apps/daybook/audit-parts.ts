import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { InvestigationQueries } from '#contexts/investigations';
import type { NominalReader } from '#contexts/nominals';
import type { AccessLists, LookQueries, Looks, ShownKind } from '#contexts/oversight';
import type { AuditParts } from '../console';

/** What the pages of oversight are made of. */
export interface AuditSources {
  readonly lookQueries: LookQueries;
  readonly looks: Pick<Looks, 'record'>;
  readonly people: Pick<NominalReader, 'one' | 'resolve'>;
  readonly accessLists: Pick<AccessLists, 'breakGlass'>;
  /** Every question about investigations as this reader may know of them. */
  queriesFor(reader: Reader): InvestigationQueries;
  /** Whether the reader may know of this person. */
  knowsPerson(reader: Reader, id: NominalId): boolean;
}

/** Uses of the break-glass shown first on the page of findings. */
const MOST = 100;

/** The pages of oversight over what each reader may know of: a record beyond that has no reference. */
export const auditParts = ({ lookQueries, looks, people, accessLists, queriesFor, knowsPerson }: AuditSources): AuditParts => {
  const referenceOf = (reader: Reader, kind: ShownKind, id: string): string | undefined => {
    if (kind === 'investigation') return queriesFor(reader).one(id as InvestigationId)?.reference;
    if (kind !== 'person' || !knowsPerson(reader, id as NominalId)) return undefined;
    return people.one(id as NominalId)?.reference;
  };
  const recordNamed = (reader: Reader, kind: 'investigation' | 'person', reference: string): string | undefined => {
    if (kind === 'investigation') return queriesFor(reader).resolve(reference);
    const id = people.resolve(reference);
    return id !== undefined && knowsPerson(reader, id) ? id : undefined;
  };
  return {
    lookQueries, looks, referenceOf, recordNamed,
    seesCovert: ({ role }) => role === 'PROFESSIONAL_STANDARDS',
    breakGlass: (reader) => accessLists.breakGlass({ unreviewedFirst: true, limit: MOST }).items.filter(({ review }) => review === null).flatMap(({ investigationId, reader: user, fromAt }) => {
      const reference = referenceOf(reader, 'investigation', investigationId);
      return reference === undefined ? [] : [{ reference, href: `/investigations/${reference}`, user, at: fromAt }];
    }),
  };
};
