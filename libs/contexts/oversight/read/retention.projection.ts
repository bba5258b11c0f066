import { effectiveHistory, effectiveStart, londonDate } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { defineProjection } from '#platform/read-store';
import type { Patch, Projection, Table } from '#platform/read-store';
import type { DataSubjectEvent } from '../domain/data-subject.events';

/** When each investigation first made somebody a suspect by name. */
const notices: Table = {
  name: 'came_to_notice',
  columns: { nominal: 'TEXT NOT NULL', investigation: 'TEXT NOT NULL', noticed_on: 'TEXT NOT NULL' },
  key: ['nominal', 'investigation'],
};

/** What was decided last about the retention of a person's record, and whether it may be disposed of. */
export interface RetentionRow {
  readonly nominal: string;
  readonly group_code: string;
  readonly decision: string | null;
  readonly reviewed_on: string | null;
  readonly next_on: string | null;
  readonly holds: number;
  readonly restrictions: number;
  readonly erased: number;
}

const reviews: Table = {
  name: 'retention',
  columns: {
    nominal: 'TEXT NOT NULL', group_code: 'TEXT NOT NULL', decision: 'TEXT', reviewed_on: 'TEXT', next_on: 'TEXT', holds: 'INTEGER NOT NULL', restrictions: 'INTEGER NOT NULL',
    erased: 'INTEGER NOT NULL',
  },
  key: ['nominal'],
};

const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

interface Notices {
  readonly investigation: string;
  readonly events: RecordedEvent[];
  readonly shown: Map<string, string>;
}

const naming = new Set(['SuspectLinked', 'SuspectNamed']);

const noticed = ({ events }: Notices): Map<string, string> => {
  const found = new Map<string, string>();
  for (const event of effectiveHistory(events)) {
    const { nominalId } = event.data as { readonly nominalId?: string };
    if (naming.has(event.type) && nominalId !== undefined && !found.has(nominalId)) found.set(nominalId, londonDate(effectiveStart(event)));
  }
  return found;
};

const noticePatches = (state: Notices): readonly Patch[] => {
  const [now, { investigation, shown }] = [noticed(state), state];
  const gone = [...shown.keys()].filter((nominal) => !now.has(nominal)).map((nominal): Patch => ({ table: notices.name, unset: { nominal, investigation } }));
  const news = [...now].filter(([nominal, day]) => shown.get(nominal) !== day).map(([nominal, day]): Patch => ({ table: notices.name, set: { nominal, investigation, noticed_on: day } }));
  shown.clear();
  for (const [nominal, day] of now) shown.set(nominal, day);
  return [...gone, ...news];
};

const cameToNotice = defineProjection<Notices>({
  name: 'came-to-notice',
  version: 1,
  category: 'investigation',
  tables: [notices],
  open: (stream) => ({ investigation: idOf(stream), events: [], shown: new Map() }),
  apply(state, { id, type, data, revision, number, metadata: { effectiveAt, recordedAt, corrects } }) {
    const { nominalId } = data as { readonly nominalId?: string };
    if (!naming.has(type) && !(corrects && state.events.some((event) => event.id === corrects.event))) return [];
    state.events.push({ id, type, data: { nominalId }, revision, number, stream: '', position: '', metadata: { effectiveAt, recordedAt, corrects } } as unknown as RecordedEvent);
    return noticePatches(state);
  },
});

interface Reviews {
  row: RetentionRow;
  readonly restricted: Set<string>;
  readonly held: Set<string>;
}

const dayOf = (event: RecordedEvent): string => londonDate(effectiveStart(event));

const decided = (state: Reviews, event: RecordedEvent): Partial<RetentionRow> => {
  const { type, data } = event as unknown as DataSubjectEvent;
  switch (type) {
    case 'ProcessingRestricted': state.restricted.add(data.reason); return {};
    case 'RestrictionLifted': state.restricted.delete(data.reason); return {};
    case 'LegalHoldPlaced': state.held.add(data.holdId); return {};
    case 'LegalHoldReleased': state.held.delete(data.holdId); return {};
    case 'RetentionReviewed': return { group_code: data.group, decision: data.decision, reviewed_on: dayOf(event), next_on: data.nextReviewOn ?? null };
    case 'DataErased': return { erased: 1 };
    default: return {};
  }
};

const retention = defineProjection<Reviews>({
  name: 'retention',
  version: 1,
  category: 'dataSubject',
  tables: [reviews],
  open: (stream) => ({
    row: { nominal: idOf(stream), group_code: 'NONE', decision: null, reviewed_on: null, next_on: null, holds: 0, restrictions: 0, erased: 0 }, restricted: new Set(), held: new Set(),
  }),
  apply(state, event) {
    state.row = { ...state.row, ...decided(state, event) };
    state.row = { ...state.row, holds: state.held.size, restrictions: state.restricted.size };
    return [{ table: reviews.name, set: { ...state.row } }];
  },
});

/** Everything that is kept for the retention of people's records. */
export const retentionProjections: readonly Projection[] = [cameToNotice as Projection, retention as Projection];
