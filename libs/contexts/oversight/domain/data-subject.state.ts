import type { Actor, RecordedEvent, RecordKeyId } from '#kernel';
import type { RestrictionReason } from './data-subject.codes';
import type { DataSubjectEvent, Redaction } from './data-subject.events';

/** A request to erase: asked for, then taken back, refused or authorised, then carried out. */
export interface ErasureCase {
  readonly requestId: string;
  readonly requestedBy: Actor;
  readonly stage: 'REQUESTED' | 'WITHDRAWN' | 'REFUSED' | 'AUTHORISED' | 'BEGUN' | 'ERASED';
  readonly redactions: readonly Redaction[];
  /** Named to be destroyed. */
  readonly keys: readonly RecordKeyId[];
  /** Of the event that authorised it; the words of its redactions are sealed at their place there. */
  readonly authorisation?: string;
}

/** What has been decided about one person's data. */
export interface DataSubjectState {
  readonly restrictions: readonly RestrictionReason[];
  readonly holds: readonly string[];
  readonly erasures: Readonly<Record<string, ErasureCase>>;
  readonly erased: boolean;
}

export const nothingDecided: DataSubjectState = { restrictions: [], holds: [], erasures: {}, erased: false };

const without = <T>(list: readonly T[], item: T): readonly T[] => list.filter((each) => each !== item);

const advanced = (state: DataSubjectState, requestId: string, more: Partial<ErasureCase>): DataSubjectState => {
  const known = state.erasures[requestId];
  return known ? { ...state, erasures: { ...state.erasures, [requestId]: { ...known, ...more } } } : state;
};

/** The state after one more event. */
export const evolve = (state: DataSubjectState, event: RecordedEvent<DataSubjectEvent>): DataSubjectState => {
  const { type, data } = event as DataSubjectEvent;
  switch (type) {
    case 'ProcessingRestricted': return { ...state, restrictions: [...without(state.restrictions, data.reason), data.reason] };
    case 'RestrictionLifted': return { ...state, restrictions: without(state.restrictions, data.reason) };
    case 'LegalHoldPlaced': return { ...state, holds: [...without(state.holds, data.holdId), data.holdId] };
    case 'LegalHoldReleased': return { ...state, holds: without(state.holds, data.holdId) };
    case 'RetentionReviewed': return state;
    case 'ErasureRequested': {
      const { requestId } = data;
      const asked: ErasureCase = { requestId, requestedBy: event.metadata.actor, stage: 'REQUESTED', redactions: [], keys: [] };
      return { ...state, erasures: { ...state.erasures, [requestId]: asked } };
    }
    case 'ErasureRequestWithdrawn': return advanced(state, data.requestId, { stage: 'WITHDRAWN' });
    case 'ErasureRefused': return advanced(state, data.requestId, { stage: 'REFUSED' });
    case 'ErasureAuthorised': return advanced(state, data.requestId, { stage: 'AUTHORISED', redactions: data.redactions, authorisation: event.id });
    case 'ErasureBegun': return advanced(state, data.requestId, { stage: 'BEGUN', keys: [...(state.erasures[data.requestId]?.keys ?? []), ...data.keys] });
    case 'DataErased': return { ...advanced(state, data.requestId, { stage: 'ERASED' }), erased: true };
  }
};
