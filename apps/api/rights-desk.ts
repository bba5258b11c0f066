import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { instantOf, londonDate } from '#kernel';
import type { Clock, InvestigationId, LocalDate, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import { validateRequest } from '#platform/requests';
import { retentionPage } from '#contexts/oversight';
import type { OpenedText, RightsParts } from '#contexts/oversight';
import { DeniedError, thoseThat } from '../guard';
import type { Admission } from '../guard';
import { unknownRecord } from './problem';
import { personOf } from './records';
import type { ErasureTextsAnswer, RetentionReviewsAnswer, RightsAnswer } from './rights-answers';
import { ExtractQuestion, RetentionQuestion } from './rights-questions';
import { questionOf } from './shown';

const LIMIT = 50;

const onInvestigations = (texts: readonly OpenedText[]): readonly string[] => [...new Set(texts.flatMap(({ stream }) => /^investigation-(.+)$/.exec(stream)?.[1] ?? []))];

/** @throws ProblemError for what is no investigation: a slip would give away what was to be left out */
const investigationsIn = ({ seen: { queries } }: Admission, references: string | undefined, to: string): ReadonlySet<InvestigationId> =>
  new Set((references?.split(',') ?? []).map((reference) => {
    const found = queries.resolve(reference.trim());
    if (found === undefined) throw unknownRecord(`investigation to ${to}`);
    return found;
  }));

/** Takes questions about people's rights and the keeping of their records from the wire to what is decided. */
export class RightsDesk {
  constructor(private readonly rights: RightsParts, private readonly clock: Clock) {}

  async standing(admission: Admission): Promise<RightsAnswer> {
    const id = personOf(admission);
    const { dataSubjects, retention } = this.rights;
    const [{ restrictions, holds, erasures, erased }, decisions, running] = await Promise.all([dataSubjects.state(id), dataSubjects.decisions(id), dataSubjects.measures(id)]);
    const readable = await Promise.all(running.map(({ investigationId }) => this.rights.mayRead(admission.reader, investigationId)));
    const measures = running.filter((_, i) => readable[i]);
    admission.shows({ kind: 'person', ids: [id] }, { kind: 'investigation', ids: measures.map(({ investigationId }) => investigationId) });
    const item = retention.one(id, this.today());
    return {
      restrictions, holds, erased, erasures: Object.values(erasures).map(({ requestId, requestedBy, stage }) => ({ requestId, requestedBy: requestedBy.id, stage })), measures, decisions,
      ...(item && { retention: { group: item.group, decision: item.decision, reviewedOn: item.reviewedOn, lastNoticeOn: item.lastNoticeOn, nextReviewOn: item.nextReviewOn } }),
    };
  }

  /** Texts that stay when the person is erased, opened. */
  async texts(admission: Admission): Promise<ErasureTextsAnswer> {
    const id = personOf(admission);
    const { texts, unread } = await this.rights.texts.of(id, admission.reader);
    admission.shows({ kind: 'person', ids: [id] }, { kind: 'investigation', ids: onInvestigations(texts) });
    return { texts: texts.map(({ stream, event, path, number, mandatory, words }) => ({ stream, event, path, number, mandatory, text: words ?? { erased: true } })), unread };
  }

  /** Nobody authorises an erasure past a text that they may not read. @throws DeniedError */
  async mustReadAll(reader: Reader, id: NominalId): Promise<void> {
    if ((await this.rights.texts.of(id, reader)).unread > 0) throw new DeniedError('NOT_ALLOWED');
  }

  /** The file that is given to the person, as text; on record as a disclosure before it is answered. */
  async extract(admission: Admission, asked: unknown, reply: FastifyReply): Promise<string> {
    const { leaveOut, tell } = validateRequest(ExtractQuestion, asked);
    const id = personOf(admission);
    const made = await this.rights.extracts.of(id, instantOf(this.clock()), { leaveOut: investigationsIn(admission, leaveOut, 'leave out'), tell: investigationsIn(admission, tell, 'tell of') });
    if (!made) throw unknownRecord('person');
    const text = JSON.stringify(made.extract);
    await this.rights.looks.record(admission.reader, {
      kind: 'disclosure', door: 'API', route: '/api/v1/people/:ref/subject-extract', shown: [{ kind: 'person', ids: [id] }], recipients: [{ organisation: 'DATA_SUBJECT' }],
      ...(admission.reason && { reason: admission.reason }), digest: createHash('sha256').update(text).digest('hex'),
    });
    const named = made.leftOut.flatMap((each) => admission.seen.queries.one(each)?.reference ?? []);
    if (named.length > 0) void reply.header('Daybook-Left-Out', named.join(', '));
    void reply.type('application/json; charset=utf-8');
    return text;
  }

  /** Reviews due by a day, the longest overdue first. */
  async due(admission: Admission, asked: unknown): Promise<RetentionReviewsAnswer> {
    const question = validateRequest(RetentionQuestion, asked);
    const all = await thoseThat(this.rights.retention.reviewsDue((question.due ?? this.today()) as LocalDate), ({ nominalId }) => admission.seen.readsPerson(nominalId));
    const { items, total, next } = retentionPage(all, question.limit === undefined ? LIMIT : Number(question.limit), question.cursor);
    admission.shows({ kind: 'person', ids: items.map(({ nominalId }) => nominalId), question: questionOf(question) });
    return { items: items.map((item) => ({ ...item, reference: this.rights.personReference(item.nominalId), nextReviewOn: item.nextReviewOn! })), total, ...(next && { next }) };
  }

  private today(): LocalDate {
    return londonDate(this.clock()) as LocalDate;
  }
}
