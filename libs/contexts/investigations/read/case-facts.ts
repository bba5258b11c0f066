import type { InvestigationKind, Sensitivity } from '../domain/codes';
import type { InvestigationStatus } from './answers';
import type { Episode } from '../domain/case-link';
import { isLive, isNamed } from '../domain/case-link';
import type { CaseLink } from '../domain/case-link';
import type { CaseState } from '../domain/case-state';

/** What figures and lists read of an investigation. `NONE`: its opening was voided. */
export interface CaseFacts {
  readonly status: InvestigationStatus | 'NONE';
  readonly active: boolean;
  readonly kind: InvestigationKind;
  readonly area: string;
  readonly themes: number;
  readonly team: string | null;
  readonly officer: string | null;
  readonly supervisor: string | null;
  /** Who recorded the first opening. */
  readonly openedBy: string | null;
  readonly sensitivity: Sensitivity;
  /** Their keys (`operationKey`), each with a line feed before and after it, for `instr`; null when there are none. */
  readonly operations: string | null;
  readonly openedAt: number;
  readonly openedPrecision: string;
  /** Start (ms) of the spell of being active, or of having ceased to be; null when it never was. */
  readonly since: number | null;
  readonly liveSuspects: number;
  readonly namedSuspects: number;
  readonly outstandingSuspects: number;
  readonly oldestOpenEpisodeOn: number | null;
}

/** What lists and figures read of an outstanding suspect. */
export interface EpisodeFacts {
  readonly episode: Episode;
  readonly nominalId: string | null;
  readonly area: string;
  readonly themes: number;
  readonly team: string | null;
  readonly circulated: boolean;
}

/** Of an investigation whose opening was voided. */
export const noCase: CaseFacts = {
  status: 'NONE', active: false, kind: 'CRIME', area: '', themes: 0, team: null, officer: null, supervisor: null, openedBy: null,
  sensitivity: 'STANDARD', operations: null, openedAt: 0, openedPrecision: 'unknown', since: null,
  liveSuspects: 0, namedSuspects: 0, outstandingSuspects: 0, oldestOpenEpisodeOn: null,
};

/** Null before the opening. */
export const caseFacts = (state: CaseState): CaseFacts | null => {
  if (state.openedAt === null) return null;
  let [live, named, outstanding, oldest] = [0, 0, 0, null as number | null];
  for (const link of state.links.values()) {
    if (isLive(link)) live++;
    if (isNamed(link)) named++;
    if (!link.episode) continue;
    outstanding++;
    if (oldest === null || link.episode.startOn < oldest) oldest = link.episode.startOn;
  }
  return {
    status: state.closed ?? (state.awaiting ? 'AWAITING_FINALISATION' : state.reopened ? 'REOPENED' : 'ACTIVE'),
    active: state.active, kind: state.kind, area: state.area, themes: state.themes, team: state.team, officer: state.officer,
    supervisor: state.supervisor, openedBy: state.openedBy, sensitivity: state.sensitivity ?? 'STANDARD', operations: state.operations,
    openedAt: state.openedAt, openedPrecision: state.openedPrecision, since: state.since,
    liveSuspects: live, namedSuspects: named, outstandingSuspects: outstanding, oldestOpenEpisodeOn: oldest,
  };
};

/** Null while the suspect is not outstanding. */
export const episodeFacts = (state: CaseState, link: CaseLink): EpisodeFacts | null =>
  link.episode && {
    episode: link.episode, nominalId: link.nominalId, area: state.area, themes: state.themes, team: state.team, circulated: link.circulated,
  };

const caseKeys = [
  'status', 'oldestOpenEpisodeOn', 'outstandingSuspects', 'namedSuspects', 'liveSuspects', 'team', 'officer', 'since', 'area', 'themes',
  'kind', 'openedAt', 'openedPrecision', 'active', 'sensitivity', 'supervisor', 'operations', 'openedBy',
] as const;

export const sameCase = (a: CaseFacts | null, b: CaseFacts | null): boolean => {
  if (a === b) return true;
  if (!a || !b) return false;
  for (const key of caseKeys) if (a[key] !== b[key]) return false;
  return true;
};

const sameStart = (a: Episode, b: Episode): boolean =>
  a === b || (a.startOn === b.startOn && a.earlierStartOn === b.earlierStartOn && a.startedBy === b.startedBy);

export const sameEpisode = (a: EpisodeFacts | null, b: EpisodeFacts | null): boolean =>
  a === b || (a !== null && b !== null && sameStart(a.episode, b.episode) && a.nominalId === b.nominalId && a.area === b.area
    && a.themes === b.themes && a.team === b.team && a.circulated === b.circulated);
