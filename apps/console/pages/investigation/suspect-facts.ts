import type { EffectiveAt } from '#kernel';
import type { BailRegime, CirculationType, HistoryEntry } from '#contexts/investigations';
import type { Opened } from './case-view';

/** What holds of a suspect beside quality and name. */
export interface SuspectFacts {
  readonly custodyNumber?: string;
  /** The bail that runs. */
  readonly bail?: { readonly at: EffectiveAt; readonly regime: BailRegime; readonly returnOn?: string; readonly conditions?: Opened };
  readonly charges?: readonly { readonly offence: string; readonly method: string }[];
  /** The circulation that stands. */
  readonly circulation?: { readonly at: EffectiveAt; readonly circulation: CirculationType; readonly circulationReference?: string };
  /** The last act by which the suspect was dealt with and since when nothing has made them sought again. */
  readonly dealtWith?: { readonly type: string; readonly at: EffectiveAt };
  /** Whom the link has last been named as, and when. */
  readonly namedAs?: string;
  readonly knownAt?: EffectiveAt;
}

const dealings = new Set([
  'SuspectArrested', 'SuspectInterviewedUnderCaution', 'SuspectBailed', 'SuspectReleasedUnderInvestigation', 'SuspectRequisitioned', 'SuspectCharged', 'SuspectNoFurtherAction',
]);
const endsBail = new Set([
  'SuspectArrested', 'SuspectReleasedUnderInvestigation', 'SuspectFailedToAnswerBail', 'SuspectEscaped', 'SuspectRequisitioned', 'SuspectCharged', 'SuspectNoFurtherAction',
  'SuspectEliminated', 'SuspectLinkVoided', 'SuspectDeceased',
]);
const wants = new Set(['WARRANT_BACKED', 'WARRANT_NOT_BACKED', 'RECALL']);

interface Said {
  readonly custodyNumber?: string;
  readonly charges?: SuspectFacts['charges'];
  readonly circulation?: CirculationType;
  readonly arrestSought?: boolean;
  readonly nominalId?: string;
}

const soughtAgain = ({ type }: HistoryEntry, { circulation, arrestSought, nominalId }: Said, { namedAs }: SuspectFacts): boolean =>
  type === 'SuspectFailedToAnswerBail' || type === 'SuspectEscaped' || (type === 'NoFurtherActionWithdrawn' && arrestSought === true)
  || (type === 'SuspectCirculated' && wants.has(circulation ?? '')) || (type === 'SuspectNamed' && namedAs !== undefined && namedAs !== nominalId);

const bailAfter = (bail: SuspectFacts['bail'], { type, effectiveAt, data }: HistoryEntry): SuspectFacts['bail'] => {
  if (type === 'SuspectBailed') return { ...(data as Omit<NonNullable<SuspectFacts['bail']>, 'at'>), at: effectiveAt };
  return endsBail.has(type) ? undefined : bail;
};

const circulationAfter = (circulation: SuspectFacts['circulation'], { type, effectiveAt, data }: HistoryEntry): SuspectFacts['circulation'] => {
  if (type === 'SuspectCirculated') return { ...(data as Omit<NonNullable<SuspectFacts['circulation']>, 'at'>), at: effectiveAt };
  return type === 'CirculationCancelled' || type === 'SuspectArrested' ? undefined : circulation;
};

const dealtAfter = (before: SuspectFacts, entry: HistoryEntry, said: Said): SuspectFacts['dealtWith'] => {
  if (dealings.has(entry.type)) return { type: entry.type, at: entry.effectiveAt };
  return soughtAgain(entry, said, before) ? undefined : before.dealtWith;
};

/** Folds one entry about the suspect, in effective order. */
export const suspectFactsAfter = (before: SuspectFacts, entry: HistoryEntry): SuspectFacts => {
  const said = entry.data as Said;
  const named = entry.type === 'SuspectNamed' || (entry.type === 'SuspectLinked' && said.nominalId !== undefined);
  return {
    custodyNumber: entry.type === 'SuspectArrested' ? said.custodyNumber : before.custodyNumber,
    bail: bailAfter(before.bail, entry),
    charges: said.charges ? [...(before.charges ?? []), ...said.charges] : before.charges,
    circulation: circulationAfter(before.circulation, entry),
    dealtWith: dealtAfter(before, entry, said),
    namedAs: named ? said.nominalId : before.namedAs,
    knownAt: named ? entry.effectiveAt : before.knownAt,
  };
};
