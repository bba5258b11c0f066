import type { HistoryEntry } from '#contexts/investigations';
import { address } from '../../rendering/http';
import { personEventTitle } from '../../words/events';
import { formatEffective } from '../../words/format';
import { personFieldWords, personWords } from '../../words/people';
import { frameOf } from '../history/entry';
import type { TimelineEntry } from '../history/entry';

const order = Object.keys(personFieldWords);
const nobody = { person: (id: string) => id, crime: (id: string) => id, suspect: (id: string) => id };

/** What happened to the record of a person, in words. */
export const personEntryTitle = ({ type, corrects }: HistoryEntry): string =>
  (corrects?.as === 'replacement' ? 'Correction of the details' : personEventTitle(type));

const factsOf = ({ type, data }: HistoryEntry): TimelineEntry['facts'] =>
  (type === 'EntryVoided' ? [] : order.filter((field) => field in data)
    .map((field) => ({ term: personFieldWords[field]!, text: personWords(field, (data as Record<string, unknown>)[field]) })));

const nameOf = (field: string): string => field.replace(/^data\./, '');

const changesOf = ({ changes = [] }: HistoryEntry): TimelineEntry['changes'] => [...changes].sort((a, b) => order.indexOf(nameOf(a.field)) - order.indexOf(nameOf(b.field))).map(({ field, before, after }) => {
  const name = nameOf(field);
  const words = (value: unknown): string => (name === 'effectiveAt' ? formatEffective(value as never) : personWords(name, value));
  return { field: name === 'effectiveAt' ? 'When it happened' : (personFieldWords[name] ?? name), before: words(before), after: words(after) };
});

const actionOf = ({ type, number }: HistoryEntry, path: string): Pick<TimelineEntry, 'correctHref' | 'correctText'> => (type === 'PersonAliasAdded'
  ? { correctHref: address(`${path}/take-away`, { event: String(number) }), correctText: 'Take away' }
  : { correctHref: `${path}/correct` });

/** Prepares one entry of a person's record for the timeline. */
export const personEntry = (entry: HistoryEntry, path: string, mayPutRight: boolean): TimelineEntry => {
  const changes = changesOf(entry);
  const stands = !entry.correctedBy && entry.type !== 'EntryVoided';
  return {
    ...frameOf(entry, nobody), title: personEntryTitle(entry), facts: changes.length > 0 ? [] : factsOf(entry), texts: [], changes,
    asAtHref: address(path, { asAtEvent: String(entry.number) }), asAtText: 'View person as at this event',
    ...(stands && mayPutRight && !entry.source && actionOf(entry, path)),
  };
};
