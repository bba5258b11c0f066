import { DomainError, MalformedError } from '#kernel';
import type { EffectiveAt } from '#kernel';
import type { HistoryEntry } from '#contexts/investigations';
import { IdempotencyKeyReusedError } from '#platform/event-store';
import { InvalidRequestError } from '#platform/requests';
import { refusalSentence } from '../../../words';
import type { FieldError } from '../../forms/when';
import { wordsOf } from '../../words/events';
import { formatEffective, formatNumber } from '../../words/format';
import { labelled } from './labels';
import type { Occasion } from './occasion';
import { fieldOfRefusal } from './refusal-fields';

/** Why something was not recorded, each reason at the box it is about. */
export interface Refused {
  readonly errors: readonly FieldError[];
  /** The entry of the same investigation that stands in the way. */
  readonly because?: { readonly text: string; readonly href: string; readonly rule: string };
}

const reused = 'This form was recorded already, with other answers. Look at the history, and correct the entry there if it is wrong';

const on = ({ effectiveAt: at }: Pick<HistoryEntry, 'effectiveAt'>): string =>
  (/^(day|minute)$/.test(at.precision) && !at.about ? `on ${formatEffective(at)}` : at.precision === 'month' || at.precision === 'year' ? `in ${formatEffective(at)}` : formatEffective(at));

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const nameOf = (entry: HistoryEntry): string => `Event ${formatNumber(entry.number)}, ${lower(wordsOf(entry.type).title)} ${on(entry)},`;

/** Sentences that name the entry in the way. */
const naming: Readonly<Record<string, (entry: string) => string>> = {
  ENTRY_DEPENDED_ON: (entry) => `${entry} could not be true without this one as it stands; put that one right first`,
};

/** Sentences that name the date. */
const dating: Readonly<Record<string, (when: string, opened: string) => string>> = {
  INVESTIGATION_NOT_CLOSED: (when) => `The investigation was not closed ${when}, so it cannot be reopened then`,
  INVESTIGATION_NOT_ACTIVE: (when) => `The investigation was finalised, transferred or cancelled by then (${when}); reopen it first, or check the date`,
  BEFORE_OPENING: (when, opened) => `The date is before the investigation was opened: it was opened ${opened}, and this happened ${when}. Check the date, or correct the opening first`,
};

const ruleOf = (code: string): string => lower(refusalSentence(code).split(';')[0]!);

const refusedByRule = ({ task, found }: Occasion, { code, facts }: DomainError, at: EffectiveAt | undefined): Refused => {
  const field = fieldOfRefusal(code, task);
  const entry = found?.entries.find(({ id }) => id === facts.dependent);
  if (entry && naming[code]) {
    const href = `/investigations/${found!.item.reference}/history#event-${entry.number}`;
    return { errors: [{ field, text: naming[code](nameOf(entry)) }], because: { text: `event ${formatNumber(entry.number)}`, href, rule: ruleOf(facts.rule ?? '') } };
  }
  const dated = found && at && dating[code]?.(on({ effectiveAt: at }), on({ effectiveAt: found.view.openedAt }));
  return { errors: [{ field, text: dated ?? refusalSentence(code) }] };
};

/** What a refusal means for the person at the form; undefined for what is no refusal but a fault. `at`: the date on the form. */
export const refusedOf = (occasion: Occasion, error: unknown, at?: EffectiveAt): Refused | undefined => {
  const { task } = occasion;
  if (error instanceof DomainError) return refusedByRule(occasion, error, at);
  if (error instanceof InvalidRequestError) return { errors: error.entries.map(({ field, message }) => labelled(task, field, message)) };
  if (error instanceof MalformedError && error.field.startsWith('effectiveAt')) return { errors: [{ field: 'when-day', text: `${task.when} ${error.rule}` }] };
  if (error instanceof IdempotencyKeyReusedError) return { errors: [{ field: 'form', text: reused }] };
  return undefined;
};
