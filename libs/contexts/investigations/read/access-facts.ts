import { placedHistory } from '#kernel';
import type { InvestigationId, RecordedEvent } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import { sensitivities } from '../domain/codes';
import type { InvestigationEvent } from '../domain/investigation.events';
import { factsOnly, openingOf } from './case-events';
import { caseFacts } from './case-facts';
import type { CaseFacts } from './case-facts';
import { evolveCase, openCase } from '../domain/case-state';
import { FOREVER } from './case-tracks';
import { STANDING } from './investigation.tables';
import type { Condition } from './question';
import type { AccessFacts } from './relation';

const COLUMNS = 'sensitivity, officer, supervisor, openedBy, team, operations';

interface AccessRow {
  readonly sensitivity: number;
  readonly officer: string | null;
  readonly supervisor: string | null;
  readonly openedBy: string | null;
  readonly team: string | null;
  readonly operations: string | null;
}

const keysIn = (operations: string | null): readonly string[] => operations?.split('\n').filter(Boolean) ?? [];

/** Who acted before anybody signed in: nobody is known by this name, whatever somebody may call themselves. */
const UNKNOWN = 'unverified';

const factsOf = ({ sensitivity, operations, officer, supervisor, openedBy, team }: AccessRow): AccessFacts =>
  ({ sensitivity: sensitivities[sensitivity]!, officer, supervisor, openedBy: openedBy === UNKNOWN ? null : openedBy, team, operations: keysIn(operations) });

const BEFORE_VOIDED = `SELECT ${COLUMNS} FROM investigation_rect WHERE opener = ? AND status <> 'NONE' AND effTo = ${FOREVER} ORDER BY recTo DESC LIMIT 1`;
const FOUND = `SELECT opener, investigation, status, ${COLUMNS} FROM investigation_rect JOIN investigation USING (opener)`;

/** An investigation and the facts that access to it rests on. */
export interface Found {
  readonly opener: number;
  readonly id: string;
  readonly facts: AccessFacts;
}

type FoundRow = AccessRow & { readonly opener: number; readonly investigation: string; readonly status: string };

/**
 * Those whose standing row meets a condition. Of one whose opening was voided the facts are those before, so that it stays as hidden as it was.
 * @param where of standing rows alone
 */
export const accessFactsWhere = (db: ReadDatabase, { sql, values }: Condition): Found[] =>
  db.all<FoundRow>(`${FOUND} WHERE ${sql}`, ...values).map((row) => {
    const stood = row.status === 'NONE' ? db.get<AccessRow>(BEFORE_VOIDED, row.opener) ?? row : row;
    return { opener: row.opener, id: row.investigation, facts: factsOf(stood) };
  });

/** Standing rows of investigations that belong to the operation of this key. */
export const belongingTo = (key: string): Condition => ({ sql: `instr(operations, ?) > 0 AND ${STANDING}`, values: [`\n${key}\n`] });

/** The investigation of this number. */
export const accessFactsOn = (db: ReadDatabase, opener: number): Found | undefined =>
  accessFactsWhere(db, { sql: `opener = ? AND ${STANDING}`, values: [opener] })[0];

/** The investigation of this id. */
export const accessFactsOf = (db: ReadDatabase, id: InvestigationId): Found | undefined =>
  accessFactsWhere(db, { sql: `investigation = ? AND ${STANDING}`, values: [id] })[0];

/** Facts that decided from event `recFrom` of the ledger up to, not including, event `recTo`. */
export interface FactsInForce {
  readonly facts: AccessFacts;
  readonly recFrom: number;
  readonly recTo: number;
}

const IN_FORCE = `SELECT recFrom, recTo, ${COLUMNS} FROM investigation_rect
  WHERE opener = ? AND status <> 'NONE' AND effTo = ${FOREVER} AND recFrom <= ? AND recTo > ? ORDER BY recFrom`;

/** What decided at one time or another between two event numbers (both included), as the ledger then stood. */
export const accessFactsBetween = (db: ReadDatabase, opener: number, first: number, last: number): readonly FactsInForce[] =>
  db.all<AccessRow & Omit<FactsInForce, 'facts'>>(IN_FORCE, opener, last, first).map(({ recFrom, recTo, ...row }) => ({ recFrom, recTo, facts: factsOf(row) }));

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
  return facts ? factsOf({ ...facts, sensitivity: sensitivities.indexOf(facts.sensitivity) }) : undefined;
};
