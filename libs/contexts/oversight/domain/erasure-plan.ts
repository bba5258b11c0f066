import type { NominalId, RecordKeyId, Sealed } from '#kernel';
import type { Redaction, TextPlace } from './data-subject.events';

/** A sealed value that stands in a record of the person, or in one that names them. */
export interface HeldText extends TextPlace {
  /** Of the event that holds it. */
  readonly number: number;
  readonly type: string;
  readonly value: Sealed;
  /** Where `value` was sealed: here, unless other words were given for this place. */
  readonly sealedAt: { readonly event: string; readonly path: string };
  /** On the person's own record. */
  readonly own: boolean;
}

/** A text that the officer who erases must look at. `mandatory`: it is about others too, and needs words that remain for them. */
export interface TextToLookAt extends HeldText {
  readonly about: readonly NominalId[];
  readonly mandatory: boolean;
}

const aboutOf = ({ value }: HeldText): readonly NominalId[] => value.about ?? [];

/** What goes with the person: all of their own record, and what elsewhere is about them alone. */
const goes = (text: HeldText, person: NominalId): boolean => {
  if (text.own) return text.value.key.startsWith('text-') || text.value.key === `nominal-${person}`;
  const about = aboutOf(text);
  return about.length === 1 && about[0] === person;
};

/** The keys of what goes with the person. */
export const keysThatGo = (texts: readonly HeldText[], person: NominalId): readonly RecordKeyId[] =>
  [...new Set(texts.filter((text) => goes(text, person)).map(({ value }) => value.key))];

/** The first text under each key: what one act gave to several events is one text. */
const firstOfEachKey = (texts: readonly HeldText[]): readonly HeldText[] => [...new Map([...texts].reverse().map((text) => [text.value.key, text])).values()].reverse();

/** Texts that may speak of the person and do not go with them, in the order of the log. */
export const textsToLookAt = (texts: readonly HeldText[], person: NominalId): readonly TextToLookAt[] =>
  firstOfEachKey(texts.filter((text) => !goes(text, person) && text.value.key.startsWith('text-')))
    .map((text) => ({ ...text, about: aboutOf(text), mandatory: aboutOf(text).includes(person) }))
    .sort((a, b) => a.number - b.number);

const placeOf = ({ stream, event, path }: TextPlace): string => `${stream} ${event} ${path}`;

/** One place that gets other words: the place, the index of its words among the redactions given, and the others whom the text is about. */
export interface Replacement extends TextPlace {
  readonly redaction: number;
  readonly about: readonly NominalId[];
}

/** What an authorised erasure comes to. */
export interface ErasurePlan {
  readonly replacements: readonly Replacement[];
  readonly keys: readonly RecordKeyId[];
}

/** Every place of a text that was given other words, and every key that goes: the person's, those of texts about them alone, and those of replaced texts. */
export const erasurePlan = (texts: readonly HeldText[], redactions: readonly Redaction[], person: NominalId): ErasurePlan => {
  const byPlace = new Map(texts.map((text) => [placeOf(text), text]));
  const wordsFor = new Map(redactions.map((place, i) => [byPlace.get(placeOf(place))?.value.key, i]));
  const replaced = texts.filter(({ value }) => wordsFor.has(value.key) && value.key.startsWith('text-'));
  const keys = [...replaced.map(({ value }) => value.key), ...keysThatGo(texts, person)];
  return {
    replacements: replaced.map((text) => ({
      stream: text.stream, event: text.event, path: text.path, redaction: wordsFor.get(text.value.key)!, about: aboutOf(text).filter((other) => other !== person),
    })),
    keys: [...new Set([`nominal-${person}` as RecordKeyId, ...keys])],
  };
};
