import { Inject, Injectable } from '@nestjs/common';
import type { NominalId } from '#kernel';
import { refusalSentence } from '../../../words';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { People } from '../../reading/people';
import { one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import { readAnswers } from './answers';
import type { Answers } from './answers';
import { doubtsOf } from './doubts';
import type { FormTicket } from './form-token';
import type { Occasion } from './occasion';
import type { FormState } from './recording.presenter';

/** Somebody of whom nothing is recorded now, or nothing any more. */
type NotNamed = 'RESTRICTED' | 'ERASED';

const FIELD = 'personReference';
const refusals: Readonly<Record<NotNamed, Pick<Answers, 'errors'> & { readonly status: 403 | 422 }>> = {
  RESTRICTED: { status: 403, errors: [{ field: FIELD, text: refusalSentence('PROCESSING_RESTRICTED') }] },
  ERASED: { status: 422, errors: [{ field: FIELD, text: refusalSentence('SUBJECT_ERASED') }] },
};
const isRefused = (named: NominalId | NotNamed | undefined): named is NotNamed => named === 'RESTRICTED' || named === 'ERASED';

/** Understands what was typed into a form. */
@Injectable()
export class FormReader {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly people: People) {}

  async answers(occasion: Occasion, values: Fields): Promise<Answers & { readonly status?: 403 | 422 }> {
    if (occasion.entry && one(values, 'action') === 'void') {
      const reason = one(values, 'reason');
      return { errors: reason ? [] : [{ field: 'reason', text: 'Enter why the record is changed' }], plain: { action: 'void', reason }, twice: false };
    }
    const named = await this.named(occasion, one(values, 'personReference'));
    const answers = readAnswers(occasion.task, values, {
      now: this.parts.clock(), fixed: occasion.fixed, resolvePerson: () => (isRefused(named) ? undefined : named), reasonNeeded: occasion.entry !== undefined,
    });
    if (!isRefused(named) || answers.person?.choice !== 'existing') return answers;
    const { status, errors } = refusals[named];
    return { ...answers, status, errors: [...errors, ...answers.errors.filter(({ field }) => field !== FIELD)] };
  }

  doubts(occasion: Occasion, values: Fields, answers: Answers): readonly string[] {
    return one(values, 'action') === 'void' ? [] : doubtsOf(occasion.task, answers, this.parts.clock(), occasion.found);
  }

  /** The revision that the sender of these answers saw. */
  revision(values: Fields): number | undefined {
    const revision = one(values, 'revision');
    return /^\d{1,9}$/.test(revision) ? Number(revision) : undefined;
  }

  state(occasion: Occasion, ticket: FormTicket, values: Fields): FormState {
    return {
      occasion, values, ticket, revision: this.revision(values) ?? occasion.found?.view.revision, areas: occasion.admission.seen.queries.areas().map(({ name }) => name),
    };
  }

  /** The person whom a reference names, where this reader may name them. */
  private async named({ admission }: Occasion, reference: string): Promise<NominalId | NotNamed | undefined> {
    const id = reference === '' ? undefined : this.people.resolve(reference);
    const may = id && (await admission.mayName(id));
    if (may === 'RESTRICTED' || may === 'ERASED') return may;
    return may === 'YES' ? id : undefined;
  }

  /** With the name of a person chosen by reference. */
  async withName(state: FormState, { person }: Answers): Promise<FormState> {
    const { occasion } = state;
    if (person?.choice !== 'existing' || !occasion.found) return state;
    const named = await this.people.named([person.nominalId as never]);
    return { ...state, occasion: { ...occasion, found: { ...occasion.found, people: new Map([...occasion.found.people, ...named]) } } };
  }
}
