import type { Patch, Row } from '#platform/read-store';
import { sensitivities } from '../domain/codes';
import type { CaseFacts, EpisodeFacts } from './case-facts';
import type { CaseCrime } from '../domain/case-crimes';
import { LATEST } from './case-tracks';
import type { Changes, Piece } from './case-tracks';
import { caseRectTable, crimeTable, episodeRectTable, sourceTable } from './investigation.tables';

const caseRow = (opener: number, { start, end, facts, recordedFrom }: Piece<CaseFacts>, recTo = LATEST): Row => ({
  effFrom: start, effTo: end, recFrom: recordedFrom, recTo, opener,
  status: facts!.status, active: facts!.active ? 1 : 0, kind: facts!.kind, area: facts!.area, themes: facts!.themes, team: facts!.team,
  officer: facts!.officer, supervisor: facts!.supervisor, openedBy: facts!.openedBy, sensitivity: sensitivities.indexOf(facts!.sensitivity),
  operations: facts!.operations, openedAt: facts!.openedAt, openedPrecision: facts!.openedPrecision,
  turn: facts!.since !== start ? 0 : facts!.active ? 1 : -1,
  liveSuspects: facts!.liveSuspects, namedSuspects: facts!.namedSuspects, outstandingSuspects: facts!.outstandingSuspects,
  oldestOpenEpisodeOn: facts!.oldestOpenEpisodeOn,
});

const episodeRow = (opener: number, link: string, { start, end, facts, recordedFrom }: Piece<EpisodeFacts>, recTo = LATEST): Row => ({
  effFrom: start, effTo: end, recFrom: recordedFrom, recTo, opener, link,
  nominal: facts!.nominalId, area: facts!.area, themes: facts!.themes, team: facts!.team,
  startOn: facts!.episode.startOn, earlierStartOn: facts!.episode.earlierStartOn, startedBy: facts!.episode.startedBy,
  circulated: facts!.circulated ? 1 : 0,
});

const crimeRow = (opener: number, crime: string, { from, force, reference }: CaseCrime, recFrom: number, recTo = LATEST): Row => ({
  opener, crime, recFrom, recTo, effFrom: from, force, reference,
});

/** Rectangles of the investigation that the event `number` closed and opened. */
export const patchCase = (patches: Patch[], opener: number, { closed, opened }: Changes<CaseFacts>, number: number): void => {
  for (const piece of closed) patches.push({ table: caseRectTable.name, set: caseRow(opener, piece, number) });
  for (const piece of opened) patches.push({ table: caseRectTable.name, set: caseRow(opener, piece) });
};

/** The same of one link's episodes. */
export const patchEpisodes = (patches: Patch[], opener: number, link: string, { closed, opened }: Changes<EpisodeFacts>, number: number): void => {
  for (const piece of closed) patches.push({ table: episodeRectTable.name, set: episodeRow(opener, link, piece, number) });
  for (const piece of opened) patches.push({ table: episodeRectTable.name, set: episodeRow(opener, link, piece) });
};

/** What other systems call it, by their ids, which are forgotten once they have rows. */
export const patchSources = (patches: Patch[], opener: number, sources: Map<string, string>): void => {
  for (const [source, system] of sources) patches.push({ table: sourceTable.name, set: { source, system, opener } });
  sources.clear();
};

const sameCrime = (a: CaseCrime | undefined, b: CaseCrime | undefined): boolean =>
  a === b || (a?.from === b?.from && a?.force === b?.force && a?.reference === b?.reference);

/** Crimes that the event `number` took away, changed or brought. `recorded` remembers for each the number that brought it. */
export const patchCrimes = (
  patches: Patch[], opener: number, recorded: Map<string, number>, old: ReadonlyMap<string, CaseCrime>, next: ReadonlyMap<string, CaseCrime>, number: number,
): void => {
  for (const [id, crime] of old) {
    if (sameCrime(crime, next.get(id))) continue;
    patches.push({ table: crimeTable.name, set: crimeRow(opener, id, crime, recorded.get(id)!, number) });
    recorded.delete(id);
  }
  for (const [id, crime] of next) {
    if (recorded.has(id)) continue;
    recorded.set(id, number);
    patches.push({ table: crimeTable.name, set: crimeRow(opener, id, crime, number) });
  }
};
