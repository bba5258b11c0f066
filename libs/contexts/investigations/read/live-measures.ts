import { effectiveHistory } from '#kernel';
import type { NominalId, RecordedEvent } from '#kernel';
import type { InvestigationEvent, InvestigationEventType } from '../domain/investigation.events';
import { isLive } from '../domain/case-link';
import { evolveCase, openCase } from '../domain/case-state';

/** What binds a suspect while the investigation is not closed. */
export type LiveMeasure = 'ON_BAIL' | 'RELEASED_UNDER_INVESTIGATION' | 'CHARGED' | 'WANTED' | 'OUTSTANDING';

type Standing = Extract<LiveMeasure, 'ON_BAIL' | 'RELEASED_UNDER_INVESTIGATION' | 'CHARGED'>;

const begins: { readonly [T in InvestigationEventType]?: Standing } = {
  SuspectBailed: 'ON_BAIL', SuspectReleasedUnderInvestigation: 'RELEASED_UNDER_INVESTIGATION', SuspectCharged: 'CHARGED', SuspectRequisitioned: 'CHARGED',
};
const ends: ReadonlySet<InvestigationEventType> = new Set<InvestigationEventType>(['SuspectNoFurtherAction', 'SuspectEliminated', 'SuspectLinkVoided', 'SuspectDeceased']);

/** Of a charge, bail does not take the place; failing to answer ends bail, and being wanted begins. */
const next = (now: Standing | undefined, type: InvestigationEventType): Standing | undefined => {
  if (ends.has(type)) return undefined;
  if (type === 'SuspectFailedToAnswerBail') return now === 'ON_BAIL' ? undefined : now;
  const begun = begins[type];
  return begun === undefined || (now === 'CHARGED' && begun !== 'CHARGED') ? now : begun;
};

/** The measures that run against a person on one investigation, given everything recorded on it; none once it is closed. */
export const liveMeasures = (events: readonly RecordedEvent<InvestigationEvent>[], nominalId: NominalId): readonly LiveMeasure[] => {
  const state = openCase();
  const standing = new Map<string, Standing | undefined>();
  for (const event of effectiveHistory(events)) {
    evolveCase(state, event);
    const { linkId } = event.data as { readonly linkId?: string };
    if (linkId !== undefined) standing.set(linkId, next(standing.get(linkId), event.type));
  }
  if (!state.active) return [];
  const found = [...state.links.values()].filter((link) => link.nominalId === nominalId && isLive(link) && !link.deceased).flatMap((link): LiveMeasure[] => {
    const now = standing.get(link.linkId);
    return [...(now ? [now] : []), ...(link.circulated ? ['WANTED' as const] : []), ...(link.episode ? ['OUTSTANDING' as const] : [])];
  });
  return [...new Set(found)];
};
