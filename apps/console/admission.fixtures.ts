import type { Reader } from '#platform/access';
import type { Access, Seen } from '#contexts/oversight';
import { Admission } from '../guard';

/** A sergeant of nowhere. */
export const sergeant: Reader = { kind: 'user', id: 'DS 1', name: 'A. Sergeant', role: 'SUPERVISOR', agency: 'SYP', team: 'Team 1', multiFactor: true, provedAt: 0, session: 's' };

const everything = { may: () => true, onInvestigation: async () => ({ verdict: 'PERMIT' }), onPerson: async () => ({ verdict: 'PERMIT' }) } as unknown as Access;

/** That sergeant let in with every right, for specs about something else. `seen`: what of it the code under test asks. */
export const admitted = (seen: Partial<Seen> = {}): Admission => new Admission(sergeant, seen as Seen, everything);
