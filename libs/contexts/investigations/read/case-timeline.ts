import { placedHistory } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { InvestigationEvent } from '../domain/investigation.events';
import { caseFacts, episodeFacts, sameCase, sameEpisode } from './case-facts';
import type { CaseFacts, EpisodeFacts } from './case-facts';
import type { CaseLink } from '../domain/case-link';
import { evolveCase, openCase } from '../domain/case-state';
import type { CaseState } from '../domain/case-state';
import { paint } from './case-tracks';
import type { Piece, Track } from './case-tracks';

type CaseEvent = RecordedEvent<InvestigationEvent>;

/** One investigation over effective time: how it stood, and when each suspect link was outstanding. */
export interface CaseTimeline {
  readonly state: CaseState;
  readonly track: Track<CaseFacts>;
  /** By link; links that were never outstanding are not there. */
  readonly episodes: Map<string, Track<EpisodeFacts>>;
}

export const openTimeline = (): CaseTimeline => ({ state: openCase(), track: [], episodes: new Map() });

/** The track of a link's episodes; made when there is first something to say. */
export const episodesOf = (timeline: CaseTimeline, link: CaseLink): Track<EpisodeFacts> | undefined => {
  let track = timeline.episodes.get(link.linkId);
  if (!track && link.episode) timeline.episodes.set(link.linkId, (track = []));
  return track;
};

/** Draws one entry, the next in effective order, in place. */
export const draw = (timeline: CaseTimeline, event: CaseEvent, start: number): void => {
  const touched = evolveCase(timeline.state, event, start);
  if (!touched) return;
  paint(timeline.track, start, caseFacts(timeline.state), sameCase);
  for (const link of touched) {
    const track = episodesOf(timeline, link);
    if (track) paint(track, start, episodeFacts(timeline.state, link), sameEpisode);
  }
};

/**
 * Folds the events of one investigation, in any order of recording, into its timeline. Nothing is there before InvestigationOpened takes
 * effect: facts of a source that are dated earlier come into force with it, so an investigation finalised at or before its opening is never
 * active.
 */
export const timelineOf = (events: readonly CaseEvent[]): CaseTimeline => {
  const timeline = openTimeline();
  for (const { event, start } of placedHistory(events)) draw(timeline, event, start);
  return timeline;
};

/** What held at an instant (ms); null when there was nothing. */
export const factsAt = <F>(track: readonly Piece<F>[], at: number): F | null =>
  track.find(({ start, end }) => start <= at && at < end)?.facts ?? null;
