import type { LiveMeasure } from '#contexts/investigations';
import type { Withheld } from '#contexts/oversight';
import type { Page } from '../../rendering/page';
import { counted } from '../../words/format';
import { measureWords } from '../../words/rights';

/** An investigation that the extract would mention. */
export interface CaseChoice {
  readonly reference: string;
  /** What runs against the person on it. */
  readonly measures: readonly LiveMeasure[];
}

export interface ExtractView {
  readonly reference: string;
  readonly withheld: Readonly<Partial<Record<Withheld, number>>>;
  /** References of investigations of which it says nothing, as far as the reader may know of them. */
  readonly leftOut: readonly string[];
  readonly cases: readonly CaseChoice[];
}

const grounds: Readonly<Record<Withheld, (count: number) => string>> = {
  RIGHTS_OF_OTHERS_S45_4_E: (count) => `${counted(count, 'text')} about other people too (s.45(4)(e))`,
  NOT_ASSESSED: (count) => `${counted(count, 'text')}, because nobody has said whom ${count === 1 ? 'it is' : 'they are'} about`,
};

const withheldWords = (withheld: ExtractView['withheld']): readonly string[] =>
  (Object.keys(grounds) as Withheld[]).filter((ground) => withheld[ground]).map((ground) => grounds[ground](withheld[ground]!));

// Whoever is sought is not told so by a button pressed in haste: what runs is left out until somebody decides that it is told.
const choiceOf = ({ reference, measures }: CaseChoice) => ({
  value: reference, text: reference, checked: measures.length > 0, ...(measures.length > 0 && { hint: { text: [...new Set(measures)].map((each) => measureWords[each]).join(', ') } }),
});

/** Before what is held about a person is given to them: what it leaves out, and what else may be left out. */
export const extractPage = ({ reference, withheld, leftOut, cases }: ExtractView): Page => ({
  view: 'pages/rights/extract.njk', title: `What is held about ${reference}`, section: 'people',
  model: {
    reference, heading: 'What is held about this person', back: `/people/${reference}/rights`, action: `/people/${reference}/rights/extract.json`,
    withheld: withheldWords(withheld), leftOut, cases: cases.map(choiceOf),
  },
});
