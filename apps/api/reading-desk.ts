import type { FastifyReply } from 'fastify';
import type { InvestigationId } from '#kernel';
import type { EventStore } from '#platform/event-store';
import { validateRequest } from '#platform/requests';
import type {
  CaseHistory, Figures, HistoryEntry, InvestigationItem, InvestigationQueries, OutstandingSuspectItem, Page, Trend,
} from '#contexts/investigations';
import type { Admission } from '../guard';
import { pageShown, questionOf } from './shown';
import type { Asking } from './asking';
import { unknownRecord } from './problem';
import { FiguresQuestion, InvestigationsQuestion, MomentsQuestion, OutstandingSuspectsQuestion, TrendQuestion } from './questions';
import { investigationOf } from './records';

const FEW = 50;
const MONTHS = 24;

const pageOf = ({ cursor, limit }: { readonly cursor?: string; readonly limit?: string }) =>
  ({ limit: limit === undefined ? FEW : Number(limit), ...(cursor && { cursor }) });

/** Takes a question from the wire to the read models. What was asked comes in unchecked, as the query string said it; answers hold what the reader may know of. */
export class ReadingDesk {
  constructor(private readonly caseHistory: CaseHistory, private readonly asking: Asking, private readonly store: Pick<EventStore, 'readStream'>) {}

  async figures({ seen }: Admission, asked: unknown): Promise<Figures> {
    const question = validateRequest(FiguresQuestion, asked);
    const asAt = await this.asking.asAt(question);
    return seen.queries.figures(this.asking.scope(question), asAt);
  }

  async trend({ seen }: Admission, asked: unknown): Promise<Trend> {
    const question = validateRequest(TrendQuestion, asked);
    const asAt = await this.asking.asAt(question);
    return seen.queries.trend(this.asking.scope(question), Number(question.months ?? MONTHS), asAt);
  }

  async investigations(admission: Admission, asked: unknown): Promise<Page<InvestigationItem>> {
    const question = validateRequest(InvestigationsQuestion, asked);
    const asAt = await this.asking.asAt(question);
    const { status, suspect, wait, kind, sort, direction } = question;
    const filter = { ...this.asking.scope(question), status, suspect, wait, kind, sort, direction };
    const page = admission.seen.queries.list(filter, pageOf(question), asAt);
    admission.shows(pageShown(page, question));
    return page;
  }

  async outstandingSuspects(admission: Admission, asked: unknown): Promise<Page<OutstandingSuspectItem>> {
    const question = validateRequest(OutstandingSuspectsQuestion, asked);
    const asAt = await this.asking.asAt(question);
    const page = admission.seen.queries.outstandingSuspects({ ...this.asking.scope(question), wait: question.wait }, pageOf(question), asAt);
    admission.shows(pageShown(page, question));
    return page;
  }

  /** One investigation. Asked as it is now, the answer's ETag is the revision to give back in If-Match. */
  async investigation(admission: Admission, reference: string, asked: unknown, reply: FastifyReply): Promise<InvestigationItem> {
    const question = validateRequest(MomentsQuestion, asked);
    const asAt = await this.asking.asAt(question);
    const id = investigationOf(admission, reference);
    const revision = asAt ? undefined : await this.shownRevision(id);
    const found = admission.seen.queries.one(id, asAt);
    if (!found) throw unknownRecord('investigation at that moment');
    if (revision !== undefined) void reply.header('ETag', `"${revision}"`);
    admission.shows({ kind: 'investigation', ids: [id], question: questionOf(question) });
    return found;
  }

  async history(admission: Admission, reference: string, asked: unknown): Promise<readonly HistoryEntry[]> {
    const question = validateRequest(MomentsQuestion, asked);
    const asAt = await this.asking.asAt(question);
    const id = investigationOf(admission, reference);
    const entries = await this.caseHistory.history(id, asAt);
    if (entries.length === 0) throw unknownRecord('investigation at that moment');
    admission.shows({ kind: 'investigation', ids: [id], question: questionOf(question) });
    return entries;
  }

  areas({ seen }: Admission): ReturnType<InvestigationQueries['areas']> {
    return seen.queries.areas();
  }

  /** The stream's revision, once the row shows it: a row older than its ETag would hide a change from its reader. */
  private async shownRevision(id: InvestigationId): Promise<number> {
    const stream = `investigation-${id}`;
    const { revision } = await this.store.readStream(stream, { limit: 1 });
    if (revision < 0) throw unknownRecord('investigation');
    const { events } = await this.store.readStream(stream, { from: revision, limit: 1 });
    await this.asking.waitFor(events[0]!.position);
    return revision;
  }
}
