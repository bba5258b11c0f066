import type { HistoryEntry, InvestigationItem } from '#contexts/investigations';

let next = 0;

/** An entry of a history; says only what matters. */
export const entry = (type: string, data: object, more: Partial<HistoryEntry> = {}): HistoryEntry => {
  const number = next++;
  return {
    number, stream: 'investigation-1', revision: number, id: `event-${number}`, type, data,
    effectiveAt: { precision: 'day', from: '2019-06-13' }, recordedAt: '2019-06-14T15:52:00.000Z', actor: { kind: 'user', id: 'DC 4417' }, ...more,
  };
};

/** Numbers begin anew with each history. */
export const begin = (): void => void (next = 0);

export const item: InvestigationItem = {
  investigationId: '1' as never, reference: 'INV-0', kind: 'CRIME', status: 'ACTIVE', area: 'Rotherham', themes: ['CSE'], team: 'Evolve', officer: 'DC 4417',
  openedOn: '2019-03-11' as never, openedPrecision: 'day', crimes: 1, liveSuspects: 1, namedSuspects: 1, outstandingSuspects: 1, oldestOpenEpisodeOn: null, waitDays: 3,
};
