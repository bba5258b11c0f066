import type { FastifyReply } from 'fastify';
import type { InvestigationId, LinkId, NominalId } from '#kernel';
import type { AsAt, CaseHistory, HistoryEntry, PersonCases } from '#contexts/investigations';
import { personDetails } from '#contexts/nominals';
import type { PersonHistory } from '#contexts/nominals';
import { validateRequest } from '#platform/requests';
import type { Admission } from '../guard';
import type { Asking } from './asking';
import type { PersonAnswer, PersonInvestigationAnswer } from './person-answers';
import { unknownRecord } from './problem';
import { MomentsQuestion } from './questions';
import { personOf } from './records';
import { questionOf } from './shown';

type Naming = { readonly linkId: LinkId; readonly nominalId?: NominalId };

const names = ({ type }: HistoryEntry): boolean => type === 'SuspectLinked' || type === 'SuspectNamed';

/** Links of a history that stand for the person by the last that was said of them. */
const linksOf = (entries: readonly HistoryEntry[], id: NominalId): readonly LinkId[] => {
  const last = new Map(entries.filter((entry) => !entry.correctedBy && names(entry)).map(({ data }) => data as Naming)
    .filter(({ nominalId }) => nominalId !== undefined).map(({ linkId, nominalId }) => [linkId, nominalId]));
  return [...last].filter(([, nominalId]) => nominalId === id).map(([linkId]) => linkId);
};

/** Takes a question about a person from the wire to the record. A person's details follow the clock of recording alone. */
export class PersonDesk {
  constructor(
    private readonly people: PersonHistory, private readonly cases: PersonCases, private readonly history: CaseHistory, private readonly asking: Asking,
  ) {}

  /** Asked as the person is now, the answer's ETag is the revision to give back in If-Match. Of their investigations, those that the reader may read. */
  async person(admission: Admission, asked: unknown, reply: FastifyReply): Promise<PersonAnswer> {
    const question = validateRequest(MomentsQuestion, asked);
    const asAt = await this.asking.asAt(question);
    const id = personOf(admission);
    const details = personDetails(await this.people.history(id, asAt?.recorded));
    if (!details) throw unknownRecord('person at that moment');
    if (!asAt) void reply.header('ETag', `"${details.revision}"`);
    const readable = await admission.seen.casesNaming(id);
    const found = (await Promise.all(readable.map((investigation) => this.investigation(admission, investigation, asAt)))).filter((each) => each !== undefined);
    admission.shows({ kind: 'person', ids: [id], question: questionOf(question) }, { kind: 'investigation', ids: found.map(({ investigationId }) => investigationId) });
    return { ...details, investigations: found };
  }

  async entries(admission: Admission, asked: unknown): Promise<readonly HistoryEntry[]> {
    const question = validateRequest(MomentsQuestion, asked);
    const asAt = await this.asking.asAt(question);
    const id = personOf(admission);
    const entries = await this.people.history(id, asAt?.recorded);
    if (entries.length === 0) throw unknownRecord('person at that moment');
    admission.shows({ kind: 'person', ids: [id], question: questionOf(question) });
    return entries;
  }

  private async investigation({ record, seen: { queries } }: Admission, investigationId: InvestigationId, asAt?: AsAt): Promise<PersonInvestigationAnswer | undefined> {
    const id = record!.id as NominalId;
    const item = queries.one(investigationId, asAt);
    const entries = item ? await this.history.history(investigationId, asAt) : [];
    if (!item || !entries.some(({ data }) => (data as Partial<Naming>).nominalId === id)) return undefined;
    const outstanding = queries.outstandingOn(investigationId, asAt);
    const links = linksOf(entries, id).map((linkId) => {
      const wait = outstanding.find((each) => each.linkId === linkId);
      return { linkId, outstandingSince: wait?.episodeStartedOn ?? null, waitDays: wait?.waitDays ?? null };
    });
    return { investigationId, reference: item.reference, status: item.status, links };
  }
}
