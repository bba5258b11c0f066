import { timeOn } from './calendar';
import type { CasePlan, SuspectPlan } from './case-plan';
import { lateness, linkIdOf } from './scene';
import type { Scene } from './scene';
import { chargeOf } from './suspect-script';
import { uncharged } from './tables';
import { texts } from './texts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How the case leaves the stock, on a working day. */
export const writeClosing = (scene: Scene, day: number): void => {
  const { plan, writer, random } = scene;
  const at = timeOn(day, random, 9, 13);
  writer.gather();
  switch (plan.ending!) {
    case 'TRANSFERRED':
      return void writer.record({ type: 'TransferInvestigation', data: { toForce: random.pick(['West Yorkshire Police', 'Derbyshire Constabulary', 'Humberside Police']) } }, { at });
    case 'CANCELLED':
      return void writer.record({ type: 'CancelInvestigation', data: { reason: random.pick(['NO_CRIME_AVI', 'DUPLICATE_PART_OF_OTHER', 'RECORDED_IN_ERROR']) } }, { at });
    case 'FINALISED':
      plan.suspects.forEach((suspect, index) => writeDisposal(scene, suspect, index, at + index * 5 * MINUTE));
      assignOutcomes(scene, outcomeOf(plan, scene), at + HOUR / 2);
      return writeFinalisation(scene, at + HOUR, lateness(random, 0.05, 12));
  }
};

const requisitioned = ({ waits }: SuspectPlan): boolean => waits.some(({ dealtBy }) => dealtBy === 'REQUISITION');

const writeDisposal = (scene: Scene, suspect: SuspectPlan, index: number, at: number): void => {
  const { plan, writer, random, people } = scene;
  const linkId = linkIdOf(plan, index);
  if (plan.disposal === 'ELIMINATED') {
    const basis = writer.text('data.basis', random.pick(texts.eliminations), [people.idOf(suspect.person)]);
    return void writer.record({ type: 'EliminateSuspect', data: { linkId, basis } }, { at });
  }
  if (plan.disposal === 'DECEASED' && index === 0) return void writer.record({ type: 'RecordSuspectDeceased', data: { linkId } }, { at });
  if (requisitioned(suspect)) return;
  if (plan.disposal === 'CHARGED' && (index === 0 || random.chance(0.6))) {
    return void writer.record({ type: 'ChargeSuspect', data: { linkId, charges: [chargeOf(scene, linkId, 'C')] } }, { at });
  }
  writer.record({ type: 'TakeNoFurtherAction', data: { linkId, grounds: random.chance(0.85) ? 'EVIDENTIAL' : 'PUBLIC_INTEREST', writtenNoticeGiven: true } }, { at });
};

/** The Home Office outcome that fits what became of the suspects. */
const outcomeOf = (plan: CasePlan, { random }: Scene): string => {
  switch (plan.disposal!) {
    case 'ELIMINATED': return random.chance(0.7) ? '18' : '14';
    case 'DECEASED': return '5';
    case 'CHARGED': return random.chance(0.96) ? '1' : '1A';
    case 'NO_FURTHER_ACTION': return plan.suspects.some(requisitioned) ? '1' : random.weighted(uncharged);
  }
};

const assignOutcomes = ({ writer, crimes }: Scene, code: string, at: number): void => {
  for (const { crimeId } of crimes) writer.record({ type: 'AssignOutcome', data: { crimeId, outcome: { scheme: 'HOME_OFFICE', code } } }, { at });
};

const writeFinalisation = ({ writer, random, officer, supervisor }: Scene, at: number, late: number): void => {
  writer.record({ type: 'ProposeFinalisation', data: { officer } }, { at });
  if (random.chance(0.06)) {
    writer.record({ type: 'ReturnFinalisation', data: { supervisor } }, { at: at + HOUR / 2 });
    writer.record({ type: 'ProposeFinalisation', data: { officer } }, { at: at + HOUR });
  }
  const closingSummary = random.chance(0.3) ? { closingSummary: writer.text('data.closingSummary', random.pick(texts.closings)) } : {};
  writer.record({ type: 'FinaliseInvestigation', data: { approvedBy: supervisor, ...closingSummary } }, { at: at + 2 * HOUR, late });
};

/** A finalised case comes back; its no-further-action is withdrawn where somebody is to be arrested; it may be finalised again. */
export const writeReopening = (scene: Scene, day: number): void => {
  const { plan, writer, random } = scene;
  const at = timeOn(day, random, 9, 13);
  writer.record({ type: 'ReopenInvestigation', data: { grounds: random.pick(['NEW_EVIDENCE', 'VICTIMS_RIGHT_TO_REVIEW', 'NFA_REREVIEW']) } }, { at });
  const sought = plan.suspects[0]!.waits.find(({ begunBy }) => begunBy === 'NFA_WITHDRAWN');
  const linkId = linkIdOf(plan, 0);
  if (sought) {
    writer.record({ type: 'WithdrawNoFurtherAction', data: { linkId, arrestSought: true } }, { at: at + HOUR / 2 });
    if (sought.to !== undefined) writer.record({ type: 'ArrestSuspect', data: { linkId } }, { at: Math.max(at + 2 * HOUR, timeOn(sought.to, random, 7, 14)) });
  }
  if (plan.closedAgainOn === undefined) return;
  const closing = timeOn(plan.closedAgainOn, random, 9, 13);
  if (sought) {
    writer.record({ type: 'ChargeSuspect', data: { linkId, charges: [chargeOf(scene, linkId, 'C')] } }, { at: closing });
    assignOutcomes(scene, '1', closing + HOUR / 2);
  }
  writeFinalisation(scene, closing + HOUR, 0);
};

