import type { HistoryEntry } from '#contexts/investigations';
import { whenBoxes } from '../../forms/when';
import type { PersonName } from '../../reading/people';
import type { Fields } from '../../rendering/http';
import type { Field, Task } from './tasks';

type Data = Readonly<Record<string, unknown>>;
type People = ReadonlyMap<string, PersonName>;

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const dayBoxes = (name: string, value: unknown): Record<string, string> => {
  if (typeof value !== 'string') return {};
  const [year = '', ...rest] = value.split('-');
  const [month = '', day = ''] = rest.map((part) => String(Number(part)));
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day };
};

const personValues = (data: Data, people: People): Record<string, string> => {
  const reference = typeof data.nominalId === 'string' ? people.get(data.nominalId)?.reference : undefined;
  if (reference) return { person: 'existing', personReference: reference };
  return { person: 'none', quality: textOf(data.quality), description: textOf(data.description) };
};

const chargeValues = (value: unknown): Record<string, string> => {
  const lines = Array.isArray(value) ? (value as { offence: string; method: string }[]) : [];
  return { charges: lines.map(({ offence }) => offence).join('\n'), method: lines[0]?.method ?? '' };
};

/** Two commands name a field otherwise than their event does. */
const stored = ({ command }: Task, name: string, data: Data): unknown => {
  if (command === 'AssignOutcome' && name === 'outcome') return (data.outcome as { code?: string } | undefined)?.code;
  if (command === 'CancelInvestigation' && name === 'grounds') return data.reason;
  return data[name];
};

const valuesOf = (task: Task, { kind, name }: Field, data: Data, people: People): Record<string, string | readonly string[]> => {
  const value = stored(task, name, data);
  switch (kind) {
    case 'checks': return { [name]: Array.isArray(value) ? value.map(String) : [] };
    case 'yes': return { [name]: value === true ? 'yes' : value === false ? 'no' : '' };
    case 'day': return dayBoxes(name, value);
    case 'person': return personValues(data, people);
    case 'charges': return chargeValues(value);
    default: return name === 'method' ? {} : { [name]: textOf(value) };
  }
};

/** What an entry says, back in the boxes of its form. Erased texts are empty. */
export const correctionValues = (task: Task, entry: HistoryEntry, people: People): Fields => ({
  ...Object.assign({}, ...task.fields.map((field) => valuesOf(task, field, entry.data as Data, people))) as Fields,
  ...whenBoxes(entry.effectiveAt, 'when'),
});

/** Ids that a correction keeps: what an entry is about does not change. */
export const keptFields = (task: Task, entry: HistoryEntry): Readonly<Record<string, unknown>> => {
  const asked = new Set(task.fields.map(({ name }) => name));
  const kept = ['linkId', 'crimeId', 'crimeIds', 'escalation'].filter((name) => name in entry.data && !asked.has(name));
  return Object.fromEntries(kept.map((name) => [name, (entry.data as Data)[name]]));
};

/** Lines of a charge keep their ids in the order of the lines. */
export const withChargeIds = (plain: Data, entry: HistoryEntry): Data => {
  const before = (entry.data as Data).charges as { chargeId: string; crimeId?: string }[] | undefined;
  if (!Array.isArray(plain.charges) || !before) return plain;
  const charges = (plain.charges as object[]).map((line, i) => {
    const { chargeId, crimeId } = before[i] ?? {};
    return { ...line, ...(chargeId && { chargeId }), ...(crimeId && { crimeId }) };
  });
  return { ...plain, charges };
};
