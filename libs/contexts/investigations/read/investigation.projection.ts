import { effectiveStart, placedHistory } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { defineProjection } from '#platform/read-store';
import type { Patch, Projection } from '#platform/read-store';
import type { InvestigationEvent } from '../domain/investigation.events';
import { factsOnly, factTypes, openingOf } from './case-events';
import type { FirstOpening } from './case-events';
import { caseFacts, episodeFacts, noCase, sameCase, sameEpisode } from './case-facts';
import type { CaseFacts, EpisodeFacts } from './case-facts';
import { markWhenDue } from './case-marks';
import { differenceOf, placeOf, redrawn } from './case-redraw';
import type { Drawing, Entry } from './case-redraw';
import { evolveCase } from '../domain/case-state';
import type { CaseCrime } from '../domain/case-crimes';
import { episodesOf, openTimeline } from './case-timeline';
import { EVER, extend, paint, redraw } from './case-tracks';
import type { Changes } from './case-tracks';
import { noEscalations, noteEscalation, patchEscalations } from './escalation.patches';
import type { Escalations } from './escalation.patches';
import { escalationTables } from './escalation.tables';
import { patchCase, patchCrimes, patchEpisodes, patchSources } from './investigation.patches';
import { caseRectTable, crimeTable, episodeRectTable, investigationTable, sourceTable } from './investigation.tables';

type CaseEvent = RecordedEvent<InvestigationEvent>;

/** What is remembered of one investigation's stream. */
interface Remembered {
  readonly investigation: string;
  /** Number of the event that first opened it; null before. Nothing is drawn until then. */
  opener: number | null;
  opening: FirstOpening | null;
  readonly events: CaseEvent[];
  /** Of the entries that stand; empty until the opening. */
  drawing: Drawing;
  /** By crime: the number of the event with which its row came. */
  readonly crimes: Map<string, number>;
  readonly escalations: Escalations;
  /** Of other systems, not yet in their table. */
  readonly sources: Map<string, string>;
}

/** Of an event that says nothing about figures or lists. */
const NOTHING: readonly Patch[] = [];
const none: ReadonlyMap<string, CaseCrime> = new Map();
const unchanged = <F>(): Changes<F> => ({ closed: [], opened: [] });

// The newest event is also the last in effective order: only the ends of the tracks move, whatever the length of the history.
const follow = (memory: Remembered, opener: number, { event, start }: Entry, patches: Patch[]): void => {
  const { timeline, timeline: { state }, history, marks } = memory.drawing;
  const touched = evolveCase(state, event, start);
  markWhenDue(marks, history.length, state);
  if (!touched) return patchCrimes(patches, opener, memory.crimes, none, state.crimes, event.number);
  const changes = unchanged<CaseFacts>();
  extend(timeline.track, start, caseFacts(state) ?? noCase, sameCase, event.number, changes);
  patchCase(patches, opener, changes, event.number);
  for (const link of touched) {
    const track = episodesOf(timeline, link);
    if (!track) continue;
    const moved = unchanged<EpisodeFacts>();
    extend(track, start, episodeFacts(state, link), sameEpisode, event.number, moved);
    patchEpisodes(patches, opener, link.linkId, moved, event.number);
  }
};

const redrawFrom = (memory: Remembered, opener: number, drawing: Drawing, number: number, patches: Patch[]): void => {
  const [old, next] = [memory.drawing.timeline, drawing.timeline];
  memory.drawing = drawing;
  if (next.track.length === 0) paint(next.track, EVER, noCase, sameCase);
  const changes = unchanged<CaseFacts>();
  redraw(old.track, next.track, sameCase, number, changes);
  patchCase(patches, opener, changes, number);
  for (const link of new Set([...old.episodes.keys(), ...next.episodes.keys()])) {
    const moved = unchanged<EpisodeFacts>();
    redraw(old.episodes.get(link) ?? [], next.episodes.get(link) ?? [], sameEpisode, number, moved);
    patchEpisodes(patches, opener, link, moved, number);
  }
  patchCrimes(patches, opener, memory.crimes, old.state.crimes, next.state.crimes, number);
};

const noteSource = (memory: Remembered, { type, metadata: { source } }: RecordedEvent): void => {
  if (source && (type === 'InvestigationOpened' || type === 'CrimeRecorded')) memory.sources.set(source.id, source.system);
};

const openCaseRow = (memory: Remembered, { type, number }: CaseEvent, patches: Patch[]): void => {
  if (memory.opener !== null || type !== 'InvestigationOpened') return;
  memory.opener = number;
  patches.push({ table: investigationTable.name, set: { opener: number, investigation: memory.investigation } });
};

const take = (memory: Remembered, opener: number, entry: Entry, isFirst: boolean, patches: Patch[]): void => {
  const { drawing, drawing: { history } } = memory;
  const { number, metadata: { corrects } } = entry.event;
  if (isFirst || corrects) {
    const next = [...placedHistory(memory.events)];
    return redrawFrom(memory, opener, redrawn(drawing, next, differenceOf(history, next)), number, patches);
  }
  const place = placeOf(history, entry.start);
  if (place === history.length) {
    history.push(entry);
    return follow(memory, opener, entry, patches);
  }
  const next = [...history.slice(0, place), entry, ...history.slice(place)];
  redrawFrom(memory, opener, redrawn(drawing, next, { head: place, tail: history.length - place }), number, patches);
};

const drawn = (memory: Remembered, recorded: RecordedEvent): readonly Patch[] => {
  memory.opening ??= openingOf(recorded);
  const event = factsOnly(recorded, memory.opening);
  if (!event) return NOTHING;
  const [patches, isFirst]: [Patch[], boolean] = [[], memory.opener === null];
  memory.events.push(event);
  noteSource(memory, recorded);
  openCaseRow(memory, event, patches);
  if (memory.opener === null) return patches;
  patchSources(patches, memory.opener, memory.sources);
  take(memory, memory.opener, { event, start: effectiveStart(event), place: event.revision }, isFirst, patches);
  return patches;
};

const apply = (memory: Remembered, recorded: RecordedEvent): readonly Patch[] => {
  const patches = drawn(memory, recorded);
  const isAbout = noteEscalation(memory.escalations, recorded);
  if (memory.opener === null || (patches === NOTHING && !isAbout)) return patches;
  return [...patches, ...patchEscalations(memory.escalations, { opener: memory.opener, investigation: memory.investigation }, memory.drawing.timeline.state)];
};

/** Status, ownership, suspects and episodes of every investigation on both clocks; what waits for a supervisor, and what was escalated, as it is now. */
const investigations = defineProjection<Remembered>({
  name: 'investigations',
  version: 4,
  category: 'investigation',
  types: factTypes,
  tables: [investigationTable, caseRectTable, episodeRectTable, crimeTable, sourceTable, ...escalationTables],
  open: (stream) => ({
    investigation: stream.slice(stream.indexOf('-') + 1), opener: null, opening: null, events: [], drawing: { history: [], marks: [], timeline: openTimeline() }, crimes: new Map(), escalations: noEscalations(), sources: new Map(),
  }),
  apply,
});

export const investigationProjections: readonly Projection[] = [investigations as Projection];
