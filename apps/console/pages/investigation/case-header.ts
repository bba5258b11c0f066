import type { InvestigationItem, Sensitivity } from '#contexts/investigations';
import type { InvestigationAction } from '#contexts/oversight';
import { address } from '../../rendering/http';
import { sensitivityTag, statusColours, statusWords } from '../../words/codes';
import { counted } from '../../words/format';
import type { CaseView } from './case-view';

/** Head of every page of one investigation. */
export interface CaseHeader {
  readonly reference: string;
  readonly caption: string;
  readonly title: string;
  readonly tags: readonly { readonly text: string; readonly colour: string }[];
  readonly tabs: readonly { readonly text: string; readonly href: string; readonly active: boolean }[];
}

type Tab = 'overview' | 'history' | 'access';

/** Who may see it, as things stand. */
interface Standing {
  readonly sensitivity?: Sensitivity;
  readonly may: (action: InvestigationAction) => boolean;
}

const tagsOf = ({ status, outstandingSuspects, liveSuspects, namedSuspects, waitDays }: InvestigationItem, sensitivity: Sensitivity | undefined): CaseHeader['tags'] => {
  const active = ['ACTIVE', 'AWAITING_FINALISATION', 'REOPENED'].includes(status);
  const suspects = outstandingSuspects > 0
    ? [{ text: `${counted(outstandingSuspects, 'suspect')} outstanding`, colour: waitDays !== null && waitDays > 84 ? 'govuk-tag--red' : 'govuk-tag--orange' }]
    : [];
  const none = active && namedSuspects === 0 ? [{ text: liveSuspects > 0 ? 'No suspect named' : 'No suspect identified', colour: 'govuk-tag--purple' }] : [];
  const shield = sensitivityTag(sensitivity);
  return [...(shield ? [shield] : []), { text: statusWords[status], colour: statusColours[status] }, ...suspects, ...none];
};

/** The title of an investigation is sealed and may have been erased. */
export const titleOf = ({ title }: CaseView, reference: string): string => (typeof title === 'string' ? title : title ? `${reference} (title erased)` : `Investigation ${reference}`);

export const caseHeader = (view: CaseView, item: InvestigationItem, tab: Tab, carried: Readonly<Record<string, string>>, { sensitivity, may }: Standing): CaseHeader => {
  const base = `/investigations/${item.reference}`;
  return {
    reference: item.reference, caption: item.reference, title: titleOf(view, item.reference), tags: tagsOf(item, sensitivity),
    tabs: [
      { text: 'Overview', href: address(base, carried), active: tab === 'overview' },
      { text: 'History', href: address(`${base}/history`, carried), active: tab === 'history' },
      // Who may see it is a matter of now, also on a page of the past.
      ...(may('seeLooks') || may('grant') ? [{ text: 'Access', href: `${base}/access`, active: tab === 'access' }] : []),
      ...(may('seeLooks') ? [{ text: 'Who viewed it', href: `${base}/views`, active: false }] : []),
    ],
  };
};
