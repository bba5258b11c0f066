import type { Page, Section } from '../../rendering/page';
import { address } from '../../rendering/http';
import { asAtBar } from './bar';
import type { BarContent } from './bar';
import type { Looking } from './looking';

export interface UnreadableInput extends Omit<BarContent, 'lines'> {
  readonly looking: Looking;
  readonly heading: string;
  readonly section: Section;
}

/** The page in place of one whose moment could not be read: what is wrong, and the boxes to put it right; no figure and no record. */
export const unreadableMoment = ({ looking, heading, section, ...bar }: UnreadableInput): Page => ({
  view: 'pages/as-at/unreadable.njk', title: heading, section, status: 400,
  model: {
    heading,
    bar: { ...asAtBar(looking, { ...bar, lines: [] }), lead: 'No moment chosen.', rest: ' Nothing is shown until it is clear which one you mean.' },
    nowHref: address(bar.action, bar.hidden ?? {}),
    errors: looking.errors,
    summary: looking.errors.map(({ field, text }) => ({ text, href: `#${field}` })),
  },
});
