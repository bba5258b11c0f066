import { validateRequest } from '#platform/requests';
import { workPage } from '#contexts/investigations';
import type { WorkLists } from '#contexts/oversight';
import type { Admission } from '../guard';
import type { Asking } from './asking';
import { WorkListQuestion } from './questions';
import { pageShown } from './shown';
import type { WorkListAnswer } from './work-answers';

const FEW = 50;

/** Takes the question for a work-list from the wire to the read models. */
export class WorkDesk {
  constructor(private readonly lists: Pick<WorkLists, 'of'>, private readonly asking: Asking) {}

  async list(admission: Admission, asked: unknown): Promise<WorkListAnswer> {
    const question = validateRequest(WorkListQuestion, asked);
    if (question.minPosition !== undefined) await this.asking.waitFor(question.minPosition);
    const page = workPage(this.lists.of(admission.reader), question.limit === undefined ? FEW : Number(question.limit), question.cursor);
    admission.shows(pageShown(page, question));
    return page;
  }
}
