import { londonDay, placedHistory } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { InvestigationEvent } from '../domain/investigation.events';

// The rules once more, written as questions about a list of facts: slow, without anything remembered, and sharing nothing with what it checks.

type CaseEvent = RecordedEvent<InvestigationEvent>;
type Data = Record<string, unknown>;

const data = (event: CaseEvent): Data => event.data as Data;
const last = (facts: readonly CaseEvent[], types: readonly string[], link?: string): CaseEvent | undefined =>
  facts.filter((event) => types.includes(event.type) && (link === undefined || data(event).linkId === link)).at(-1);
const some = (facts: readonly CaseEvent[], type: string, link: string): boolean => last(facts, [type], link) !== undefined;

const closings = ['InvestigationFinalised', 'InvestigationTransferred', 'InvestigationCancelled'];
const closing = (facts: readonly CaseEvent[]): string | undefined => {
  const event = last(facts, [...closings, 'InvestigationReopened']);
  return event && closings.includes(event.type) ? event.type : undefined;
};
const isActive = (facts: readonly CaseEvent[]): boolean => last(facts, ['InvestigationOpened']) !== undefined && !closing(facts);

const status = (facts: readonly CaseEvent[]): string => {
  const how = closing(facts);
  if (how) return { InvestigationFinalised: 'FINALISED', InvestigationTransferred: 'TRANSFERRED', InvestigationCancelled: 'CANCELLED' }[how]!;
  const proposal = last(facts, [...closings, 'InvestigationReopened', 'FinalisationProposed', 'FinalisationReturned']);
  if (proposal?.type === 'FinalisationProposed') return 'AWAITING_FINALISATION';
  return last(facts, ['InvestigationReopened']) ? 'REOPENED' : 'ACTIVE';
};

const quality = (facts: readonly CaseEvent[], link: string): string =>
  facts.filter((event) => data(event).linkId === link).reduce((known, event) => {
    if (event.type === 'SuspectNamed') return 'NAMED';
    if (event.type === 'SuspectQualityLowered') return data(event).quality as string;
    return event.type === 'SuspectLinked' && known === 'UNKNOWN' ? (data(event).quality as string) : known;
  }, 'UNKNOWN');

const returns = ['SuspectNamed', 'SuspectArrested', 'SuspectCirculated', 'SuspectInterviewedUnderCaution', 'SuspectRequisitioned', 'SuspectCharged'];
const eliminated = (facts: readonly CaseEvent[], link: string): boolean =>
  last(facts, ['SuspectEliminated', ...returns], link)?.type === 'SuspectEliminated';

const liveLink = (facts: readonly CaseEvent[], link: string): boolean =>
  some(facts, 'SuspectLinked', link) && !eliminated(facts, link) && !some(facts, 'SuspectLinkVoided', link);

const nominal = (facts: readonly CaseEvent[], link: string): unknown => {
  const named = last(facts, ['SuspectNamed'], link);
  return named ? data(named).nominalId : (facts.find((event) => event.type === 'SuspectLinked' && data(event).linkId === link && data(event).nominalId !== undefined)?.data as Data | undefined)?.nominalId ?? null;
};

const dealing = [
  'SuspectArrested', 'SuspectInterviewedUnderCaution', 'SuspectBailed', 'SuspectReleasedUnderInvestigation', 'SuspectRequisitioned', 'SuspectCharged', 'SuspectNoFurtherAction',
];
const cause = (event: CaseEvent): string | undefined => {
  switch (event.type as string) {
    case 'SuspectFailedToAnswerBail': return 'FAILED_TO_ANSWER_BAIL';
    case 'SuspectEscaped': return 'ESCAPED';
    case 'SuspectCirculated': return data(event).circulation === 'RECALL' ? 'RECALL' : String(data(event).circulation).startsWith('WARRANT') ? 'WARRANT' : undefined;
    case 'NoFurtherActionWithdrawn': return data(event).arrestSought ? 'NFA_WITHDRAWN' : undefined;
    case 'SuspectNamed': return 'NAMED';
    default: return undefined;
  }
};

/** The person whom the link was NAMED as by these facts, if it ever was. */
const namedAs = (facts: readonly CaseEvent[], link: string): unknown => {
  for (let i = facts.length; i > 0; i--) if (quality(facts.slice(0, i), link) === 'NAMED') return nominal(facts.slice(0, i), link);
  return undefined;
};
const renames = (facts: readonly CaseEvent[], link: string): boolean => {
  const event = facts.at(-1);
  if (event?.type !== 'SuspectNamed' || data(event).linkId !== link) return false;
  const before = namedAs(facts.slice(0, -1), link);
  return before !== undefined && before !== null && before !== data(event).nominalId;
};

const sought = (facts: readonly CaseEvent[], link: string): boolean => {
  for (let i = facts.length; i > 0; i--) {
    const event = facts[i - 1]!;
    if (data(event).linkId !== link) continue;
    if (dealing.includes(event.type)) return false;
    if (renames(facts.slice(0, i), link) || (cause(event) && event.type !== 'SuspectNamed')) return true;
  }
  return true;
};

const outstanding = (facts: readonly CaseEvent[], link: string): boolean =>
  isActive(facts) && liveLink(facts, link) && quality(facts, link) === 'NAMED' && !some(facts, 'SuspectDeceased', link) && sought(facts, link);

interface Run { readonly from: number; readonly to: number }

/** Stretches of facts over which the link was outstanding; `to` is the fact that ended it. */
const runs = (facts: readonly CaseEvent[], link: string): Run[] => {
  const found: Run[] = [];
  let from = -1;
  for (let i = 0; i < facts.length; i++) {
    const prefix = facts.slice(0, i + 1);
    const on = outstanding(prefix, link);
    if (from >= 0 && (!on || renames(prefix, link))) {
      found.push({ from, to: i });
      from = -1;
    }
    if (on && from < 0) from = i;
  }
  return from >= 0 ? [...found, { from, to: facts.length }] : found;
};

const starts = new WeakMap<CaseEvent, number>();
const startOn = (facts: readonly CaseEvent[], run: Run): number => londonDay(starts.get(facts[run.from]!)!);

const episode = (facts: readonly CaseEvent[], link: string) => {
  const all = runs(facts, link);
  const run = all.at(-1);
  if (!run || run.to < facts.length) return [];
  const reopened = facts[run.from]!.type === 'InvestigationReopened';
  const before = all.at(-2);
  const between = before ? facts.slice(before.to, run.from) : [];
  const dealt = between.some((event, i) => data(event).linkId === link && (dealing.includes(event.type) || renames(facts.slice(0, before!.to + i + 1), link)));
  const cut = before && !isActive(facts.slice(0, before.to + 1)) && !dealt;
  const reason = facts.slice(0, run.from + 1).filter((event) => data(event).linkId === link && cause(event)).at(-1);
  return [{
    link, nominal: nominal(facts, link), startOn: startOn(facts, run), earlierStartOn: reopened && cut ? startOn(facts, before) : null,
    startedBy: reopened ? 'REOPENED' : (reason && cause(reason)) ?? 'NAMED',
  }];
};

const operations = (facts: readonly CaseEvent[]): string | null => {
  const named = facts.filter(({ type }) => type === 'OperationLinked' || type === 'OperationUnlinked').map((event) => [String(data(event).operation).toUpperCase(), event.type]);
  const linked = [...new Map(named as [string, string][])].filter(([, type]) => type === 'OperationLinked').map(([operation]) => operation).sort();
  return linked.length > 0 ? linked.reduce((text, operation) => `${text}${operation}\n`, '\n') : null;
};

const sensitivity = (facts: readonly CaseEvent[]): number => {
  const reassessed = last(facts, ['SensitivityReassessed']);
  return ['STANDARD', 'RESTRICTED', 'SENSITIVE'].indexOf(reassessed ? String(data(reassessed).sensitivity) : 'STANDARD');
};

/** How one investigation stood at an effective moment (ms), by the events recorded so far: none or one case, and its outstanding episodes. */
export const modelAt = (recorded: readonly CaseEvent[], effective: number) => {
  const placed = placedHistory(recorded).filter(({ start }) => start <= effective);
  for (const { event, start } of placed) starts.set(event, start);
  const facts = placed.map(({ event }) => event);
  if (!last(facts, ['InvestigationOpened'])) return { cases: [], episodes: [] };
  const links = [...new Set(facts.map((event) => data(event).linkId as string | undefined).filter((id) => id !== undefined))].sort();
  const episodes = links.flatMap((link) => episode(facts, link));
  const team = last(facts, ['InvestigationAllocated']);
  const live = links.filter((link) => liveLink(facts, link));
  const oldest = episodes.map((found) => found.startOn).sort((a, b) => a - b)[0] ?? null;
  const named = live.filter((link) => quality(facts, link) === 'NAMED').length;
  const standing = { status: status(facts), team: team ? data(team).team : null, supervisor: (team && data(team).supervisor) ?? null, operations: operations(facts), sensitivity: sensitivity(facts), live: live.length, named, outstanding: episodes.length, oldest };
  return { cases: [standing], episodes };
};
