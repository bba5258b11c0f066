import { randomUUID } from 'node:crypto';
import { dateOfDay, dayNumber } from '#kernel';
import type { Clock, CommandContext, InvestigationId, LinkId, LocalDate, OfficerId } from '#kernel';
import type { Ledger } from '#platform/event-store';
import type { Doing, Due, Reaction } from '#platform/jobs';
import { minuteOf } from '#platform/requests';
import type { EscalationCommand } from '../domain/investigation.commands';
import { investigation } from '../domain/investigation.decider';
import type { EscalationReader } from '../read/escalation-reader';
import type { CaseAccess } from './case-access';
import { investigationStream } from './investigation.handlers';

export interface EscalationParts {
  readonly escalations: Pick<EscalationReader, 'ready' | 'dueReviews' | 'dueSuspects' | 'intervals'>;
  readonly ledger: Pick<Ledger, 'transact'>;
  readonly caseAccess: Pick<CaseAccess, 'facts'>;
  /** Whether somebody is a supervisor in the service, as far as it is known. */
  readonly supervises: (officer: OfficerId) => boolean;
  readonly clock: Clock;
  /** Makes the id of a command; absent: a random one. */
  readonly mint?: () => string;
}

// Another id each time: that it was done before is told by the record, and what was done on one occasion says nothing of the next.
const contextAt = (now: number, commandId: string): CommandContext => ({
  commandId, correlationId: commandId, actor: { kind: 'system', id: 'reactions' }, effectiveAt: minuteOf(now), regime: 'DPA_PART3', marking: 'OFFICIAL-SENSITIVE', track: 'STANDARD', assertion: 'FACT',
});

type Asked<C> = C extends unknown ? Omit<C, 'context'> : never;

const leftBy = ({ caseAccess, supervises }: EscalationParts, id: InvestigationId): { readonly supervisorLeft?: OfficerId } => {
  const supervisor = (caseAccess.facts(id)?.supervisor ?? null) as OfficerId | null;
  return supervisor === null || supervises(supervisor) ? {} : { supervisorLeft: supervisor };
};

const ask = async ({ ledger, clock, mint = randomUUID }: EscalationParts, id: InvestigationId, asked: Asked<EscalationCommand>): Promise<void> => {
  await ledger.transact(investigation, investigationStream(id), { ...asked, context: contextAt(clock(), mint()) } as EscalationCommand);
};

// A job is due from the day after the last day in time.
const dayAfter = (dueOn: LocalDate): string => dateOfDay(dayNumber(dueOn) + 1);
const dayBefore = (due: string): LocalDate => dateOfDay(dayNumber(due) - 1);

/** Supervisors' reviews of active cases that fall overdue. */
const overdueReviews = (parts: EscalationParts): Reaction => ({
  name: 'escalate-overdue-reviews',
  due({ now, after, limit }): readonly Due[] {
    const { escalations } = parts;
    if (!escalations.ready) return [];
    const last = after && { investigationId: after.subject as InvestigationId, dueOn: dayBefore(after.due) };
    return escalations.dueReviews({ now, limit, ...(last && { after: last }) }).map(({ investigationId, dueOn }) => ({ subject: investigationId, due: dayAfter(dueOn) }));
  },
  async perform({ subject, due }: Doing) {
    const id = subject as InvestigationId;
    await ask(parts, id, { type: 'EscalateOverdueReview', data: { dueOn: dayBefore(due), intervals: parts.escalations.intervals, ...leftBy(parts, id) } });
  },
});

/** Neither stands in an id. */
const BETWEEN = '.';
const namesOf = (subject: string): readonly [InvestigationId, LinkId] => {
  const cut = subject.indexOf(BETWEEN);
  return [subject.slice(0, cut) as InvestigationId, subject.slice(cut + 1) as LinkId];
};

/** Suspects who pass twelve weeks outstanding. */
const outstandingSuspects = (parts: EscalationParts): Reaction => ({
  name: 'escalate-outstanding-suspects',
  due({ now, after, limit }): readonly Due[] {
    const { escalations } = parts;
    if (!escalations.ready) return [];
    const [investigationId, linkId] = namesOf(after?.subject ?? BETWEEN);
    const last = after && { investigationId, linkId, dueOn: dayBefore(after.due) };
    return escalations.dueSuspects({ now, limit, ...(last && { after: last }) }).map((found) => ({ subject: `${found.investigationId}${BETWEEN}${found.linkId}`, due: dayAfter(found.dueOn) }));
  },
  async perform({ subject, due }: Doing) {
    const [id, linkId] = namesOf(subject);
    await ask(parts, id, { type: 'EscalateOutstandingSuspect', data: { linkId, dueOn: dayBefore(due), ...leftBy(parts, id) } });
  },
});

/** What the program lays before supervisors, once for each occasion. */
export const escalationReactions = (parts: EscalationParts): readonly Reaction[] => [overdueReviews(parts), outstandingSuspects(parts)];
