import type { CommandContext, CrimeId, EffectiveAt, Fact, InvestigationId } from '#kernel';
import { idFrom } from '#platform/event-store';
import type { StagedGroup } from '#platform/staging';
import type { SourceCrime } from '../domain/investigation.commands';
import type { InvestigationEvent } from '../domain/investigation.events';
import type { PoliceUkRow } from './police-uk-rows';

/** Everything that one run's files say about one crime id. */
export interface PoliceUkCrime {
  readonly id: string;
  readonly streetRows: number;
  readonly outcomeRows: number;
  readonly facts: SourceCrime;
}

/** How the rows of one crime were used; the three numbers add up to its rows. */
export interface RowUse {
  readonly used: number;
  readonly duplicates: number;
  readonly unmatched: number;
}

type Staged = readonly ['s', month: string, area: string, offence: string] | readonly ['o', month: string, code: string];

const inMonth = (month: string): EffectiveAt => ({ precision: 'month', from: month });

/** A usable row as staged: sorted, so that the first street row has the first month and, within it, the alphabetically first area. */
export const stagedValue = (row: Exclude<PoliceUkRow, { readonly fault: string }>): string => {
  const staged: Staged = row.kind === 'street' ? ['s', row.month, row.area, row.offence] : ['o', row.month, row.code];
  return staged.join('\n');
};

/** Reads a group back: one crime, opened by its first street row, with each distinct outcome once, in order of month and code. */
export const crimeOf = ({ key, values }: StagedGroup): PoliceUkCrime => {
  const rows = values.map(({ value, count }) => ({ staged: value.split('\n') as unknown as Staged, count }));
  const total = (kind: 's' | 'o'): number => rows.reduce((sum, { staged, count }) => sum + (staged[0] === kind ? count : 0), 0);
  const opening = rows.map(({ staged }) => staged).find((staged) => staged[0] === 's');
  const outcomes = rows.flatMap(({ staged: [kind, month, code] }) =>
    kind === 'o' ? [{ effectiveAt: inMonth(month), outcome: { scheme: 'POLICE_UK' as const, code } }] : []);
  return {
    id: key,
    streetRows: total('s'),
    outcomeRows: total('o'),
    facts: {
      investigationId: idFrom('police-uk', key) as InvestigationId,
      crimeId: idFrom('police-uk-crime', key) as CrimeId,
      ...(opening?.[0] === 's' ? { opened: { effectiveAt: inMonth(opening[1]), area: opening[2], offence: opening[3] } } : {}),
      outcomes,
    },
  };
};

/** The context of the crime's command. Its id comes from what the files say, so that saying it again is the same command. */
export const contextOf = ({ id, facts }: PoliceUkCrime, correlationId: string): CommandContext => ({
  commandId: idFrom('import-police-uk', id, JSON.stringify([facts.opened, facts.outcomes])),
  correlationId,
  actor: { kind: 'system', id: 'import-police-uk' },
  effectiveAt: facts.opened?.effectiveAt ?? facts.outcomes[0]!.effectiveAt,
  source: { system: 'police-uk', id },
  regime: 'DPA_PART3',
  marking: 'OFFICIAL',
  track: 'STANDARD',
  assertion: 'FACT',
});

/** Counts a crime's rows: used when they said something new, unmatched while no street row has shown the crime. */
export const useOf = (crime: PoliceUkCrime, news: readonly Fact<InvestigationEvent>[], seen: boolean): RowUse => {
  if (!seen) return { used: 0, duplicates: 0, unmatched: crime.outcomeRows };
  const opening = news.some(({ type }) => type === 'InvestigationOpened' || type === 'CrimeRecorded') && crime.streetRows > 0 ? 1 : 0;
  const outcomes = Math.min(news.filter(({ type }) => type === 'OutcomeAssigned' || type === 'OutcomeReplaced').length, crime.outcomeRows);
  return { used: opening + outcomes, duplicates: crime.streetRows + crime.outcomeRows - opening - outcomes, unmatched: 0 };
};
