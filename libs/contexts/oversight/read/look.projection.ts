import { msOf, officerKey } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { defineProjection } from '#platform/read-store';
import type { Patch } from '#platform/read-store';
import type { ConsultationEvent, Shown } from '../domain/consultation.events';
import { wayOf } from './look-ways';
import { lookDayTable, lookSubjectTable, lookTable } from './look.tables';
import type { LookDayRow, LookRow, LookSubjectRow, Operation } from './look.tables';

type Recorded = RecordedEvent<ConsultationEvent>;

/** What one user did on one day so far: a stream holds no more. */
interface Day {
  looks: number;
  denials: number;
  covert: 0 | 1;
  readonly records: Set<string>;
}

const operations: Record<ConsultationEvent['type'], Operation> = {
  RecordsConsulted: 'CONSULTATION', RecordsDisclosed: 'DISCLOSURE', RecordsCombined: 'COMBINATION', AccessDenied: 'DENIAL',
};

const shownIn = ({ data }: Recorded): readonly Shown[] => ('shown' in data ? data.shown : []);

// Of a recipient the organisation alone: who it was by name stays sealed in the log.
const recipientsOf = ({ type, data }: Recorded): string | null =>
  (type === 'RecordsDisclosed' && 'recipients' in data ? data.recipients.map(({ organisation }) => organisation).join('; ') : null);

const lookOf = (event: Recorded): LookRow => {
  const { number, id, type, data, metadata } = event;
  return {
    number, event_id: id, operation: operations[type] ?? 'CONSULTATION', at_ms: msOf(data.at), recorded_at: metadata.recordedAt,
    user: officerKey(data.user ?? ''), user_id: data.user ?? null, role: data.role ?? null, agency: data.agency ?? null, team: data.team ?? null,
    session: data.session ?? null, door: data.door, route: data.route,
    reason: ('reason' in data ? data.reason?.code : undefined) ?? null, covert: data.covert ? 1 : 0,
    shown: JSON.stringify(shownIn(event)), more: ('more' in data ? data.more : undefined) ?? 0,
    recipients: recipientsOf(event), denied: type === 'AccessDenied' && 'kind' in data ? `${data.kind}${data.action ? `:${data.action}` : ''}` : null,
    named: 'named' in data && data.named ? JSON.stringify(data.named) : null,
  };
};

const subjectsOf = (event: Recorded, look: LookRow): LookSubjectRow[] => {
  const { number, user, at_ms, covert } = look;
  return shownIn(event).flatMap(({ kind, ids }) => ids.map((id) => ({ kind, id, number, user, at_ms, covert, way: wayOf(look, kind) })));
};

const dayOf = (day: Day, event: Recorded, { user, user_id, at_ms, number, covert }: LookRow): LookDayRow => {
  if (event.type === 'AccessDenied') day.denials++;
  else day.looks++;
  if (covert) day.covert = 1;
  for (const { kind, ids } of shownIn(event)) for (const id of ids) day.records.add(`${kind} ${id}`);
  return {
    day: event.stream.slice(-'2026-06-14'.length), user, user_id, looks: day.looks, denials: day.denials, records: day.records.size,
    covert: day.covert, last_ms: at_ms, last_number: number,
  };
};

/**
 * The log of looks for those who oversee it. A look's number counts the events of that log alone, from 0 in log order; it is the event's
 * `number` where the log is read as `looks`.
 */
export const looksProjection = defineProjection<Day>({
  name: 'looks',
  version: 2,
  category: 'consultation',
  tables: [lookTable, lookSubjectTable, lookDayTable],
  open: () => ({ looks: 0, denials: 0, covert: 0, records: new Set() }),
  apply(day, event): readonly Patch[] {
    const recorded = event as Recorded;
    const look = lookOf(recorded);
    return [
      { table: 'look', set: { ...look } },
      ...subjectsOf(recorded, look).map((subject): Patch => ({ table: 'look_subject', set: { ...subject } })),
      { table: 'look_day', set: { ...dayOf(day, recorded, look) } },
    ];
  },
});
