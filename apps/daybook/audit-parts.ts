import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { InvestigationQueries } from '#contexts/investigations';
import type { NominalReader } from '#contexts/nominals';
import type { AccessLists, BreakGlassItem, LookQueries, Looks, Seen, ShownKind } from '#contexts/oversight';
import type { Vault } from '#platform/vault';
import type { AuditParts, BreakGlassNotice } from '../console';
import { askedIn } from './asked-for';
import type { Targets } from '../guard';

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
  /** What an address named, found whoever may know of it. */
  readonly targets: Pick<Targets, 'find'>;
  readonly vault: Pick<Vault, 'open'>;
  seenBy(reader: Reader): Seen;
  /** Whether the reader may review uses of the break-glass on this investigation. */
  mayReview(reader: Reader, id: InvestigationId): Promise<boolean>;
}

/** Uses of the break-glass shown first on the page of findings. */
const MOST = 100;

/** The pages of oversight over what each reader may know of: a record beyond that has no reference. */
export const auditParts = (sources: AuditSources): AuditParts => {
  const { lookQueries, looks, people, accessLists, queriesFor, knowsPerson, mayReview } = sources;
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
  const noticeOf = async (reader: Reader, { breakGlassId, investigationId, reader: user, fromAt }: BreakGlassItem): Promise<readonly BreakGlassNotice[]> => {
    const reference = referenceOf(reader, 'investigation', investigationId);
    if (reference === undefined) return [];
    const review = `/break-glass/${breakGlassId}/review?named=${reference}`;
    return [{ reference, href: (await mayReview(reader, investigationId)) ? review : `/investigations/${reference}`, user, at: fromAt }];
  };
  const notices = async (reader: Reader): Promise<readonly BreakGlassNotice[]> => {
    const unanswered = accessLists.breakGlass({ unreviewedFirst: true, limit: MOST }).items.filter(({ review }) => review === null);
    return (await Promise.all(unanswered.map((item) => noticeOf(reader, item)))).flat();
  };
  return {
    lookQueries, looks, referenceOf, recordNamed,
    askedIn: (reader, items) => askedIn(sources, reader, items),
    seesCovert: ({ role }) => role === 'PROFESSIONAL_STANDARDS',
    breakGlass: (reader) => notices(reader),
  };
};
