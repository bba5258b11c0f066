import { londonDay } from '#kernel';
import type { SuspectQuality } from './codes';
import { backFacts } from './investigation.events';
import type { SuspectEvent } from './investigation.events';

/** What began an outstanding episode. */
export type EpisodeStart = 'NAMED' | 'FAILED_TO_ANSWER_BAIL' | 'WARRANT' | 'RECALL' | 'ESCAPED' | 'NFA_WITHDRAWN' | 'REOPENED';

/** Days are Europe/London, counted from 1970-01-01. */
export interface Episode {
  readonly startOn: number;
  /** Only where reopening began this episode: when the one that the closing ended had begun. */
  readonly earlierStartOn: number | null;
  readonly startedBy: EpisodeStart;
}

/** One suspect on the investigation, after the facts folded so far. */
export interface CaseLink {
  readonly linkId: string;
  /** False while only facts that hang on the link are known, not the link itself: it does not count yet. */
  linked: boolean;
  quality: SuspectQuality;
  nominalId: string | null;
  /** Whom the link has last been NAMED as, also while its quality is lower again. */
  namedAs: string | null;
  eliminated: boolean;
  voided: boolean;
  deceased: boolean;
  /** Not dealt with, or wanted again since. */
  sought: boolean;
  circulated: boolean;
  episode: Episode | null;
  /** Start of the episode that the investigation's closing cut off. */
  cutOffOn: number | null;
  /** What the last fact about the link would start. */
  cause: EpisodeStart;
}

export const openLink = (linkId: string): CaseLink => ({
  linkId, linked: false, quality: 'UNKNOWN', nominalId: null, namedAs: null, eliminated: false, voided: false, deceased: false,
  sought: true, circulated: false, episode: null, cutOffOn: null, cause: 'NAMED',
});

/** Neither eliminated nor voided. A suspect who has died is still somebody who was identified. */
export const isLive = (link: CaseLink): boolean => link.linked && !link.eliminated && !link.voided;
export const isNamed = (link: CaseLink): boolean => isLive(link) && link.quality === 'NAMED';

const dealtWith = (link: CaseLink): void => {
  link.sought = false;
  link.cutOffOn = null;
};

const wanted = (link: CaseLink, cause: EpisodeStart): void => {
  link.sought = true;
  link.cause = cause;
};

// Another person under the same link has not been dealt with, whatever was done about the first.
const name = (link: CaseLink, nominalId: string | null): void => {
  if (link.namedAs !== null && link.namedAs !== nominalId) {
    link.sought = true;
    link.episode = null;
    link.cutOffOn = null;
  }
  link.quality = 'NAMED';
  link.nominalId = nominalId;
  link.namedAs = nominalId;
  link.cause = 'NAMED';
};

const add = (link: CaseLink, { quality, nominalId }: Extract<SuspectEvent, { type: 'SuspectLinked' }>['data']): void => {
  link.linked = true;
  // Dates of coarse precision can put the naming before the linking: then the better knowledge stays.
  if (link.quality === 'UNKNOWN') link.quality = quality;
  link.nominalId ??= nominalId ?? null;
  if (link.quality === 'NAMED') link.namedAs ??= link.nominalId;
};

const back: ReadonlySet<string> = new Set(backFacts);

/** Folds one fact about a suspect into the link, in place. Who is eliminated and then named, wanted or dealt with again is a suspect again. */
export const evolveLink = (link: CaseLink, { type, data }: SuspectEvent): void => {
  if (back.has(type)) link.eliminated = false;
  switch (type) {
    case 'SuspectLinked': return add(link, data);
    case 'SuspectNamed': return name(link, data.nominalId);
    case 'SuspectQualityLowered': link.quality = data.quality; return;
    case 'SuspectCirculated':
      link.circulated = true;
      if (data.circulation === 'RECALL') return wanted(link, 'RECALL');
      if (data.circulation === 'WARRANT_BACKED' || data.circulation === 'WARRANT_NOT_BACKED') return wanted(link, 'WARRANT');
      return;
    case 'CirculationCancelled': link.circulated = false; return;
    case 'SuspectFailedToAnswerBail': return wanted(link, 'FAILED_TO_ANSWER_BAIL');
    case 'SuspectEscaped': return wanted(link, 'ESCAPED');
    case 'NoFurtherActionWithdrawn': return data.arrestSought ? wanted(link, 'NFA_WITHDRAWN') : undefined;
    case 'SuspectArrested': link.circulated = false; return dealtWith(link);
    case 'SuspectInterviewedUnderCaution':
    case 'SuspectBailed':
    case 'SuspectReleasedUnderInvestigation':
    case 'SuspectRequisitioned':
    case 'SuspectCharged':
    case 'SuspectNoFurtherAction': return dealtWith(link);
    case 'SuspectEliminated': link.eliminated = true; return;
    case 'SuspectLinkVoided': link.voided = true; return;
    case 'SuspectDeceased': link.deceased = true; return;
  }
};

/**
 * Starts or ends the link's outstanding episode, in place, after a fact that takes effect at `start` (ms). The rule:
 * an episode lasts while the investigation is active and the link is live, NAMED, of a living person, and that person is sought: not yet
 * dealt with (arrested, interviewed under caution, requisitioned, charged; bail, release under investigation and no further action are
 * proof of it too), or wanted again since (failed to answer bail, warrant or recall, escaped, NFA withdrawn with arrest sought).
 * So a naming recorded after an arrest that came before it starts nothing; a warrant on top of an open episode leaves its start alone;
 * reopening starts anew only for those not dealt with: somebody charged, or arrested and NFA'd, waits for a fact of their own.
 */
export const settleLink = (link: CaseLink, active: boolean, start: number, reopened: boolean): void => {
  const outstanding = active && link.sought && !link.deceased && isNamed(link);
  if (outstanding && !link.episode) {
    link.episode = { startOn: londonDay(start), earlierStartOn: reopened ? link.cutOffOn : null, startedBy: reopened ? 'REOPENED' : link.cause };
    link.cutOffOn = null;
  }
  if (!outstanding && link.episode) {
    link.cutOffOn = active ? null : link.episode.startOn;
    link.episode = null;
  }
};
