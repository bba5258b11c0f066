import { placedHistory } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { Cell, ReadDatabase } from '#platform/read-store';
import { sensitivities } from '../domain/codes';
import type { InvestigationEvent } from '../domain/investigation.events';
import { factsOnly, openingOf } from './case-events';
import { caseFacts } from './case-facts';
import type { CaseFacts } from './case-facts';
import { evolveCase, openCase } from './case-state';
import { FOREVER } from './case-tracks';
import { STANDING } from './investigation.tables';
import type { AccessFacts } from './relation';

/** Columns from which `accessFactsOf` makes the facts. */
export const accessColumns = 'sensitivity, officer, supervisor, openedBy, team, operations';

export interface AccessRow {
  readonly sensitivity: number;
  readonly officer: string | null;
  readonly supervisor: string | null;
  readonly openedBy: string | null;
  readonly team: string | null;
  readonly operations: string | null;
}

const keysIn = (operations: string | null): readonly string[] => operations?.split('\n').filter(Boolean) ?? [];

/** A row's facts. */
export const accessFactsOf = ({ sensitivity, operations, officer, supervisor, openedBy, team }: AccessRow): AccessFacts =>
  ({ sensitivity: sensitivities[sensitivity]!, officer, supervisor, openedBy, team, operations: keysIn(operations) });

const BEFORE_VOIDED = `SELECT ${accessColumns} FROM investigation_rect WHERE opener = ? AND status <> 'NONE' AND effTo = ${FOREVER} ORDER BY recTo DESC LIMIT 1`;
const STANDS = `SELECT opener, status, ${accessColumns} FROM investigation_rect WHERE opener = ? AND ${STANDING}`;

/** The facts of the investigation with this key; of one whose opening was voided, those before, so that it stays as hidden as it was. */
export const accessFactsOn = (db: ReadDatabase, opener: Cell): AccessFacts | undefined => {
  const row = db.get<AccessRow & { status: string }>(STANDS, opener);
  const stood = row?.status === 'NONE' ? db.get<AccessRow>(BEFORE_VOIDED, opener) ?? row : row;
  return stood && accessFactsOf(stood);
};

const folded = (events: readonly RecordedEvent<InvestigationEvent>[]): CaseFacts | null => {
  const opening = events.map(openingOf).find((found) => found !== null) ?? null;
  const kept = events.flatMap((event) => factsOnly(event, opening) ?? []);
  const state = openCase();
  for (const { event, start } of placedHistory(kept)) evolveCase(state, event, start);
  return caseFacts(state);
};

/** The same facts from an investigation's events; undefined when they do not open it. */
export const accessFactsFrom = (events: readonly RecordedEvent<InvestigationEvent>[]): AccessFacts | undefined => {
  const facts = folded(events) ?? folded(events.filter(({ metadata: { corrects } }) => corrects?.as !== 'void'));
  return facts ? accessFactsOf({ ...facts, sensitivity: sensitivities.indexOf(facts.sensitivity) }) : undefined;
};
