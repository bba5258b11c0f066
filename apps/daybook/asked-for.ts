import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { LookItem, Seen } from '#contexts/oversight';
import type { AuditParts, RecordNamed } from '../console';
import type { AdmittedRecord, OtherRecord } from '../guard';
import type { AuditSources } from './audit-parts';

const kinds = ['investigation', 'person', 'event'] as const;

const knows = ({ kind, ...found }: AdmittedRecord | OtherRecord, { knowsInvestigation, surelyReadsPerson }: Seen): boolean => {
  if (!('id' in found)) return true; // of neither: whoever sees this page may see its events
  return kind === 'investigation' ? knowsInvestigation(found.id as InvestigationId) : surelyReadsPerson(found.id as NominalId);
};

const referenceOf = ({ people, queriesFor }: AuditSources, reader: Reader, found: AdmittedRecord | OtherRecord): string | undefined => {
  if (found.kind === 'investigation') return queriesFor(reader).one(found.id)?.reference;
  return found.kind === 'person' ? people.one(found.id)?.reference : undefined;
};

/** What somebody who was turned away had asked for, where who reads of it may know of it. What is hidden from them, and what is not there, are left out alike. */
const askedFor = async (sources: AuditSources, reader: Reader, text: string, denied: string): Promise<RecordNamed | undefined> => {
  const record = kinds.find((kind) => kind === denied.split(':')[0]);
  const seen = sources.seenBy(reader);
  const found = record && (await sources.targets.find({ record, by: 'named' }, text, seen));
  if (!record || !found || !knows(found, seen)) return undefined;
  if (record === 'event') return { kind: 'event', reference: text };
  const reference = referenceOf(sources, reader, found);
  return reference === undefined ? undefined : { kind: record, reference };
};

/** What was asked for in denials, by the number of the look. */
export const askedIn: (sources: AuditSources, reader: Reader, looks: readonly LookItem[]) => ReturnType<AuditParts['askedIn']> = async (sources, reader, looks) => {
  const kept = looks.flatMap(({ number, named, denied }) => (named && denied ? [{ number, named, denied }] : []));
  const texts = await sources.vault.open(kept.map(({ named }) => named));
  const found = await Promise.all(kept.map(async ({ number, denied }, i) => {
    const text = texts[i];
    const record = text === undefined || text === null ? undefined : await askedFor(sources, reader, text, denied);
    return record ? [[number, record] as const] : [];
  }));
  return new Map(found.flat());
};
