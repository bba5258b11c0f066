import { londonDate, MalformedError } from '#kernel';
import type { Clock } from '#kernel';
import { validateRequest } from '#platform/requests';
import type { Vault } from '#platform/vault';
import type { AccessLists, WhoCouldSee } from '#contexts/oversight';
import { DeniedError } from '../guard';
import type { Admission, OperationLists } from '../guard';
import { accessEntryAnswer, couldSeeAnswer, operationEntryAnswer } from './access-answers';
import type { AccessEntryAnswer, CouldSeeAnswer, OperationEntryAnswer } from './access-answers';
import type { Asking } from './asking';
import { AccessQuestion, CouldSeeQuestion } from './questions';
import { investigationOf } from './records';
import { questionOf } from './shown';

interface Sources {
  readonly lists: Pick<AccessLists, 'onInvestigation'>;
  readonly operationLists: Pick<OperationLists, 'mustSee' | 'entries'>;
  readonly whoCouldSee: Pick<WhoCouldSee, 'on'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly clock: Clock;
}

/** Takes a question about access from the wire to the read models. */
export class AccessDesk {
  constructor(private readonly sources: Sources, private readonly asking: Asking) {}

  /** @throws DeniedError for who may neither change the list nor see who looked */
  async list(admission: Admission, named: string, asked: unknown): Promise<readonly AccessEntryAnswer[]> {
    const question = validateRequest(AccessQuestion, asked);
    const id = investigationOf(admission, named);
    if (!(await admission.mayWith('seeLooks', id)) && !(await admission.mayWith('grant', id))) throw new DeniedError('NOT_ALLOWED');
    if (question.minPosition !== undefined) await this.asking.waitFor(question.minPosition);
    const { lists, vault } = this.sources;
    const entries = lists.onInvestigation(id);
    const words = await vault.open(entries.map(({ basis }) => basis));
    admission.shows({ kind: 'investigation', ids: [id] });
    return entries.map((entry, i) => accessEntryAnswer(entry, words[i] ?? null));
  }

  /** @throws DeniedError for who may neither give access to an investigation of it nor see who looked, whether there is one or not */
  async operation(admission: Admission, code: string, asked: unknown): Promise<readonly OperationEntryAnswer[]> {
    const question = validateRequest(AccessQuestion, asked);
    if (question.minPosition !== undefined) await this.asking.waitFor(question.minPosition);
    const { operationLists, vault } = this.sources;
    await operationLists.mustSee(admission, code);
    const entries = await operationLists.entries(admission, code);
    const words = await vault.open(entries.map(({ entry: { basis } }) => basis));
    const ids = [...new Set(entries.flatMap(({ entry: { reaches } }) => reaches))];
    admission.shows({ kind: 'investigation', ids: ids.slice(0, 200), more: Math.max(0, ids.length - 200) });
    return entries.map((entry, i) => operationEntryAnswer(entry, words[i] ?? null));
  }

  /** @throws MalformedError for a day that has not begun */
  async couldSee(admission: Admission, named: string, asked: unknown): Promise<readonly CouldSeeAnswer[]> {
    const question = validateRequest(CouldSeeQuestion, asked);
    const { on, action = 'read', minPosition } = question;
    const { whoCouldSee, clock } = this.sources;
    if (on > londonDate(clock())) throw new MalformedError('on', 'must be today or earlier');
    const id = investigationOf(admission, named);
    if (minPosition !== undefined) await this.asking.waitFor(minPosition);
    admission.shows({ kind: 'investigation', ids: [id], question: questionOf(question) });
    return whoCouldSee.on(id, on, action).map(couldSeeAnswer);
  }
}
