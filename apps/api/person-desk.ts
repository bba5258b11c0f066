import type { FastifyReply } from 'fastify';
import type { LinkId, NominalId } from '#kernel';
import type { AsAt, CaseHistory, HistoryEntry, InvestigationQueries, PersonCases } from '#contexts/investigations';
import { personDetails } from '#contexts/nominals';
import type { PersonHistory } from '#contexts/nominals';
import { validateRequest } from '#platform/requests';
import type { Asking } from './asking';
import type { PersonAnswer, PersonInvestigationAnswer } from './person-answers';
import { unknownRecord } from './problem';
import { MomentsQuestion } from './questions';
import type { Records } from './records';

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
    private readonly people: PersonHistory, private readonly cases: PersonCases, private readonly history: CaseHistory, private readonly queries: InvestigationQueries,
    private readonly records: Records, private readonly asking: Asking,
  ) {}

  /** Asked as the person is now, the answer's ETag is the revision to give back in If-Match. */
  async person(reference: string, asked: unknown, reply: FastifyReply): Promise<PersonAnswer> {
    const asAt = await this.asking.asAt(validateRequest(MomentsQuestion, asked));
    const id = this.records.person(reference);
    const details = personDetails(await this.people.history(id, asAt?.recorded));
    if (!details) throw unknownRecord('person at that moment');
    if (!asAt) void reply.header('ETag', `"${details.revision}"`);
    const found = await Promise.all(this.cases.naming(id).map((investigation) => this.investigation(id, investigation, asAt)));
    return { ...details, investigations: found.filter((each) => each !== undefined) };
  }

  async entries(reference: string, asked: unknown): Promise<readonly HistoryEntry[]> {
    const asAt = await this.asking.asAt(validateRequest(MomentsQuestion, asked));
    const entries = await this.people.history(this.records.person(reference), asAt?.recorded);
    if (entries.length === 0) throw unknownRecord('person at that moment');
    return entries;
  }

  private async investigation(id: NominalId, investigationId: ReturnType<PersonCases['naming']>[number], asAt?: AsAt): Promise<PersonInvestigationAnswer | undefined> {
    const item = this.queries.one(investigationId, asAt);
    const entries = item ? await this.history.history(investigationId, asAt) : [];
    if (!item || !entries.some(({ data }) => (data as Partial<Naming>).nominalId === id)) return undefined;
    const outstanding = this.queries.outstandingOn(investigationId, asAt);
    const links = linksOf(entries, id).map((linkId) => {
      const wait = outstanding.find((each) => each.linkId === linkId);
      return { linkId, outstandingSince: wait?.episodeStartedOn ?? null, waitDays: wait?.waitDays ?? null };
    });
    return { investigationId, reference: item.reference, status: item.status, links };
  }
}
