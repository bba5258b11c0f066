import type { FieldError } from '../../forms/when';
import type { PersonAtMoment } from '../../reading/persons';
import { all, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { nameWords } from './person.presenter';
import type { PersonAnswers, PersonTask } from './person-tasks';

export interface PersonForm {
  readonly task: PersonTask;
  readonly person: PersonAtMoment;
  /** Where the form is sent. */
  readonly path: string;
  readonly token: string;
  readonly values: Fields;
}

const own = new Set(['token', 'step', 'revision']);

const pageOf = (view: string, { task, person, path, token, values }: PersonForm, title: string, model: object, status?: number): Page => {
  const { reference, revision } = person.details;
  return {
    view: `pages/people/${view}.njk`, title, section: 'people', ...(status && { status }),
    model: {
      caption: `${reference} ${nameWords(person.details)}`, heading: task.heading, path, token, revision: one(values, 'revision') || String(revision),
      back: { text: `Back to ${reference}`, href: `/people/${reference}` }, ...model,
    },
  };
};

/** The form, with what is wrong first when something is. */
export const personFormPage = (form: PersonForm, errors: readonly FieldError[], status?: number): Page => {
  const { task, values, person } = form;
  return pageOf('person-form', form, `${person.details.reference}: ${task.heading.toLowerCase()}`, {
    fields: task.fields(values, errors), hint: task.hint, errors, summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
    reason: { kind: 'text', id: 'reason', label: task.reason.label, value: one(values, 'reason'), error: errors.find(({ field }) => field === 'reason')?.text },
  }, status ?? (errors.length > 0 ? 400 : undefined));
};

/** Everything once more before it is recorded. */
export const personCheckPage = (form: PersonForm, { rows }: PersonAnswers): Page => {
  const { task, values, person } = form;
  const hidden = Object.keys(values).filter((name) => !own.has(name)).flatMap((name) => all(values, name).map((value) => ({ name, value })));
  return pageOf('person-check', form, `Check: ${person.details.reference}: ${task.heading.toLowerCase()}`, {
    rows, changes: rows.some(({ before }) => before !== undefined), reason: one(values, 'reason'), hidden, button: task.button,
  });
};
