import { dayNumber, londonDay } from '#kernel';
import type { PersonAction } from '#contexts/oversight';
import type { OpenedDetail, PersonAlias, PersonDetails } from '#contexts/nominals';
import type { PersonAtMoment, PersonCase } from '../../reading/persons';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { statusColours, statusWords } from '../../words/codes';
import { counted, formatDay, formatEffective, formatFrom, formatNumber } from '../../words/format';
import { personFieldWords, personWords } from '../../words/people';
import { wordsOf } from '../../words/events';
import { asAtBar } from '../as-at/bar';
import type { BarStep } from '../as-at/bar';
import { pastMark } from '../as-at/looking';
import type { Looking } from '../as-at/looking';
import { whyNotOutstanding } from '../investigation/overview-rows';
import { personEntry } from './person-entry';

export interface PersonInput extends PersonAtMoment {
  /** Whether the reader may do this with the person. */
  readonly may: (action: PersonAction) => boolean;
  readonly looking: Looking;
  readonly steps: readonly BarStep[];
  /** Processing is restricted (DPA 2018 ss.46 to 48). */
  readonly restricted: boolean;
  /** Whether the reader may see who viewed it. */
  readonly seesLooks?: boolean;
  /** What a form of this browser has just recorded. */
  readonly recorded?: { readonly words: string; readonly number: number };
}

interface Names {
  readonly familyName?: OpenedDetail;
  readonly givenNames?: OpenedDetail;
}

/** `FAMILY, Given`, or what there is of it; "(erased)" where the key is gone. */
export const nameWords = ({ familyName, givenNames }: Names): string => {
  const [family, given] = [familyName, givenNames].map((part) => (typeof part === 'string' ? part : part ? '(erased)' : ''));
  return [familyName === undefined ? '' : typeof familyName === 'string' ? family!.toUpperCase() : family!, given!].filter((part, i, all) => part && (part !== '(erased)' || all.indexOf(part) === i)).join(', ');
};

const aliasWords = (alias: PersonAlias): string => (alias.familyName === undefined ? `${nameWords(alias)} (given name or nickname)` : nameWords(alias));

const ageAt = (birth: string, at: number): string => {
  const [today, day] = [londonDay(at), dayNumber(birth)];
  const date = new Date(today * 86_400_000).toISOString();
  const years = Number(date.slice(0, 4)) - Number(birth.slice(0, 4)) - (date.slice(5, 10) < birth.slice(5, 10) ? 1 : 0);
  return Number.isNaN(day) || years < 0 ? '' : `, aged ${years}`;
};

const birthWords = ({ dateOfBirth }: PersonDetails, { at }: Looking): string => {
  if (dateOfBirth === undefined) return 'Not recorded';
  return typeof dateOfBirth === 'string' ? `${formatDay(dateOfBirth)}${ageAt(dateOfBirth, at)}` : '(erased)';
};

const codeWordsOf = (details: PersonDetails, field: 'selfDefinedEthnicity' | 'officerDefinedEthnicity' | 'nationality'): string => {
  const value = details[field];
  return personWords(field, ['REFUSED', 'NOT_ASKED', 'NOT_KNOWN'].includes(value) ? { notRecorded: value } : { code: value });
};

const rowsOf = (details: PersonDetails, looking: Looking) => [
  { key: 'Name', value: nameWords(details) },
  { key: 'Also known as', value: details.aliases.map(aliasWords).join('\n') || 'No other name recorded' },
  { key: 'Date of birth', value: birthWords(details, looking) },
  { key: personFieldWords.sex!, value: personWords('sex', details.sex) },
  ...(['selfDefinedEthnicity', 'officerDefinedEthnicity', 'nationality'] as const).map((field) => ({ key: personFieldWords[field]!, value: codeWordsOf(details, field) })),
  { key: personFieldWords.pncIds!, value: details.pncIds.length > 0 ? personWords('pncIds', details.pncIds) : 'None recorded' },
];

const stateOf = ({ suspect, wait, closing }: PersonCase['suspects'][number]): string => {
  if (wait) return `Outstanding ${counted(wait.waitDays, 'day')}. ${wordsOf(suspect.last).title}, ${formatEffective(suspect.lastAt)}`;
  const why = whyNotOutstanding(suspect, { closing });
  return `${suspect.live ? 'Not outstanding' : 'No longer a suspect'}${why ? `: ${why}` : ''}`;
};

const caseRow = ({ item, suspects }: PersonCase, carried: Looking['carried']) => ({
  reference: item.reference, href: address(`/investigations/${item.reference}`, carried), about: `${item.area}, opened ${formatFrom(item.openedOn, item.openedPrecision)}`,
  status: { text: statusWords[item.status], colour: statusColours[item.status] },
  states: suspects.length > 0 ? suspects.map(stateOf) : ['No entry that stands names this person; see the history of the investigation'],
});

const lineOf = ({ entries, all, looking }: PersonInput): string => {
  const last = formatNumber(entries.at(-1)!.number);
  const hidden = all.length - entries.length;
  if (!looking.past) return `Last event of this person: ${last}.`;
  return `Last event of this person then: ${last}.${hidden > 0 ? ` ${counted(hidden, 'later event')} ${hidden === 1 ? 'is' : 'are'} hidden.` : ''}`;
};

/** One person: who they are as last put right, the investigations that name them, and every entry of their record. */
export const personPage = (input: PersonInput): Page => {
  const { details, looking, entries, cases } = input;
  const path = `/people/${details.reference}`;
  const mayPutRight = !looking.past && input.may('recordPerson');
  return {
    view: 'pages/people/person.njk', title: details.reference, section: 'people', past: pastMark(looking, path),
    counted: `Last event of the person shown: ${formatNumber(entries.at(-1)!.number)}.`,
    model: {
      reference: details.reference, heading: nameWords(details), rows: rowsOf(details, looking),
      bar: asAtBar(looking, { action: path, lines: [lineOf(input)], steps: input.steps, pastNote: ' Later events are hidden. You cannot make changes.' }),
      restricted: input.restricted, rights: !looking.past && input.may('seeRights') ? `${path}/rights` : undefined, views: input.seesLooks ? `${path}/views` : undefined,
      errors: looking.errors, recorded: input.recorded && { words: input.recorded.words, number: formatNumber(input.recorded.number), href: `#event-${input.recorded.number}` },
      cases: cases.map((each) => caseRow(each, looking.carried)),
      entries: [...entries].reverse().map((entry) => personEntry(entry, path, mayPutRight)), start: entries.length,
      // What was erased is not written anew under another hand.
      buttons: !mayPutRight || typeof details.familyName !== 'string' ? [] : [{ text: 'Correct the details', href: `${path}/correct` }, { text: 'Add another name', href: `${path}/alias` }],
    },
  };
};

/** The page of a person at a moment when the ledger did not hold them yet. */
export const notYetRegistered = (reference: string, looking: Looking): Page => ({
  view: 'pages/errors/error.njk', title: 'Not yet registered', section: 'people', status: 404, past: pastMark(looking, `/people/${encodeURIComponent(reference)}`),
  model: { heading: 'Not yet registered', lines: ['This person was not in the record at that moment. Choose a later date, or return to now.'] },
});
