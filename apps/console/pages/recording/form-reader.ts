import { Inject, Injectable } from '@nestjs/common';
import type { NominalId } from '#kernel';
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

/** Understands what was typed into a form. */
@Injectable()
export class FormReader {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly people: People) {}

  answers(occasion: Occasion, values: Fields): Answers {
    if (occasion.entry && one(values, 'action') === 'void') {
      const reason = one(values, 'reason');
      return { errors: reason ? [] : [{ field: 'reason', text: 'Enter why the record is changed' }], plain: { action: 'void', reason }, twice: false };
    }
    return readAnswers(occasion.task, values, {
      now: this.parts.clock(), fixed: occasion.fixed, resolvePerson: (reference) => this.known(occasion, reference), reasonNeeded: occasion.entry !== undefined,
    });
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

  /** The person whom a reference names, where this reader may know of one. */
  private known({ admission }: Occasion, reference: string): NominalId | undefined {
    const id = this.people.resolve(reference);
    return id && admission.seen.readsPerson(id) ? id : undefined;
  }

  /** With the name of a person chosen by reference. */
  async named(state: FormState, { person }: Answers): Promise<FormState> {
    const { occasion } = state;
    if (person?.choice !== 'existing' || !occasion.found) return state;
    const named = await this.people.named([person.nominalId as never]);
    return { ...state, occasion: { ...occasion, found: { ...occasion.found, people: new Map([...occasion.found.people, ...named]) } } };
  }
}
