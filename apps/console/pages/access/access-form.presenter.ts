import type { FieldError } from '../../forms/when';
import { all, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import type { AccessField, AccessTask } from './access-forms';

/** A form about the access list of one investigation or operation, as it is shown to one person. */
export interface AccessOccasion {
  readonly task: AccessTask;
  /** What the list is of, in words. */
  readonly reference: string;
  /** Where the form is sent, and where it goes back to; references and ids alone. */
  readonly path: string;
  readonly back: { readonly text: string; readonly href: string };
  /** What is decided on, in words. */
  readonly rows?: readonly { readonly key: string; readonly value: string }[];
}

const fieldModel = (field: AccessField, typed: Fields, errors: readonly FieldError[]) => ({
  ...field, label: field.optional ? `${field.label} (optional)` : field.label, value: one(typed, field.name), error: errors.find((error) => error.field === field.name)?.text,
  options: field.options?.map((option) => ({ ...option, checked: all(typed, field.name).includes(option.value) })),
});

/** One decision's form. */
export const accessFormPage = ({ task, reference, path, back, rows = [] }: AccessOccasion, token: string, typed: Fields, errors: readonly FieldError[]): Page => {
  const heading = task.heading(reference);
  const asked: readonly string[] = task.fields.map(({ name }) => name);
  return {
    view: 'pages/access/access-form.njk', title: heading, section: 'investigations', ...(errors.length > 0 && { status: 422 }),
    model: {
      reference, heading, token, path, back, rows, note: task.note, button: task.button, warning: task.warning === true, errors,
      fields: task.fields.map((field) => fieldModel(field, typed, errors)),
      summary: errors.map(({ field, text }) => ({ text, href: asked.includes(field) ? `#${field}` : '#form' })),
    },
  };
};
