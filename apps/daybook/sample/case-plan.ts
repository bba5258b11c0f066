import type { Matter, District } from './tables';
import type { InvestigationKind } from '#contexts/investigations';

export type Ending = 'FINALISED' | 'TRANSFERRED' | 'CANCELLED';
/** What becomes of the suspects of a case that is finalised. */
export type Disposal = 'CHARGED' | 'NO_FURTHER_ACTION' | 'ELIMINATED' | 'DECEASED';
/** What ends an outstanding episode. */
export type Dealing = 'ARREST' | 'INTERVIEW' | 'REQUISITION';

/** Days counted from 1970-01-01. A suspect is outstanding from `from` until `to`, or still, when there is none. */
export interface Wait {
  readonly from: number;
  to?: number;
  readonly begunBy: 'NAMED' | 'FAILED_TO_ANSWER_BAIL' | 'ESCAPED' | 'NFA_WITHDRAWN';
  dealtBy: Dealing;
}

export interface SuspectPlan {
  /** Which invented person; two suspects with the same number are one person. */
  person: number;
  /** Linked as described first, where that lies before the naming. */
  readonly linkedOn: number;
  /** Absent: not yet, at the sample's end. */
  readonly namedOn?: number;
  /** In order; nobody waits twice at once. */
  readonly waits: Wait[];
}

/** What happens to one case, in days; the script turns it into commands. */
export interface CasePlan {
  readonly district: District;
  /** Within the sample, from 0. */
  readonly serial: number;
  readonly kind: InvestigationKind;
  readonly matter: Matter;
  readonly openedOn: number;
  /** Taken on from the system before the ledger. */
  readonly taken: boolean;
  readonly suspects: SuspectPlan[];
  closedOn?: number;
  ending?: Ending;
  disposal?: Disposal;
  /** A finalised case that came back, and perhaps was finalised again. */
  reopenedOn?: number;
  closedAgainOn?: number;
}

/** The wait that is still open at the sample's end. */
export const openWait = (suspect: SuspectPlan): Wait | undefined => suspect.waits.find(({ to }) => to === undefined);

/** The last day on which something happened to the case or a suspect of it; undefined while one is outstanding or nobody is named. */
export const settledOn = (plan: CasePlan): number | undefined => {
  let last = plan.reopenedOn ?? plan.openedOn;
  for (const { namedOn, waits } of plan.suspects) {
    if (namedOn === undefined) return undefined;
    for (const { to } of waits) {
      if (to === undefined) return undefined;
      last = Math.max(last, to);
    }
  }
  return last;
};

export const isActive = (plan: CasePlan): boolean =>
  plan.closedOn === undefined || (plan.reopenedOn !== undefined && plan.closedAgainOn === undefined);
