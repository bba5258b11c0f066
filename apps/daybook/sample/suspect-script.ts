import { dateOfDay, londonDay } from '#kernel';
import type { LinkId } from '#kernel';
import { idFrom } from '#platform/event-store';
import { LAST_DAY, timeOn } from './calendar';
import type { SuspectPlan, Wait } from './case-plan';
import { DAY, lateness, linkIdOf } from './scene';
import type { Scene } from './scene';
import { BAIL_DAYS } from './suspect-plan';
import { texts } from './texts';

const MINUTE = 60_000;

/** One suspect's thread of the story: `now` is the last that happened to them, ms. */
interface Thread {
  readonly scene: Scene;
  readonly linkId: LinkId;
  now: number;
}

/** Later than what happened last, and on that day. */
const next = (thread: Thread, day: number, fromHour = 8, toHour = 17): number =>
  (thread.now = Math.max(thread.now + 25 * MINUTE, timeOn(day, thread.scene.random, fromHour, toHour)));

/** Links a suspect, names them, and tells how each of their waits begins and ends. */
export const writeSuspect = (scene: Scene, suspect: SuspectPlan, index: number): void => {
  const thread: Thread = { scene, linkId: linkIdOf(scene.plan, index), now: scene.openedAt };
  writeLink(thread, suspect);
  suspect.waits.forEach((wait, i) => {
    if (wait.begunBy === 'NFA_WITHDRAWN') return; // told with the reopening
    writeWait(thread, wait, suspect.waits[i + 1]);
  });
};

const writeLink = (thread: Thread, { person, linkedOn, namedOn }: SuspectPlan): void => {
  const { scene: { writer, random, people }, linkId } = thread;
  const link = linkId;
  const named = linkedOn === namedOn;
  const nominalId = people.idOf(person);
  const at = next(thread, linkedOn, 6, 12);
  const data = named
    ? { linkId, quality: 'NAMED' as const, nominalId, ...(random.chance(0.3) ? { basis: writer.text('data.basis', random.pick(texts.grounds), [nominalId]) } : {}) }
    : { linkId, quality: 'DESCRIBED' as const, description: writer.text('data.description', random.pick(texts.descriptions)) };
  writer.record({ type: 'LinkSuspect', data }, { at, link });
  if (!named && namedOn !== undefined) {
    writer.record({ type: 'NameSuspect', data: { linkId, nominalId, basis: writer.text('data.basis', random.pick(texts.grounds), [nominalId]) } }, { at: next(thread, namedOn), link });
  }
  if (namedOn !== undefined) people.needed(person, writer.entries.at(-1)!.recorded);
};

const writeWait = (thread: Thread, wait: Wait, following: Wait | undefined): void => {
  const { scene: { writer, random }, linkId } = thread;
  const link = linkId;
  if (wait.begunBy === 'FAILED_TO_ANSWER_BAIL') writer.record({ type: 'RecordFailureToAnswerBail', data: { linkId } }, { at: next(thread, wait.from, 9, 12), link });
  if (wait.begunBy === 'ESCAPED') writer.record({ type: 'RecordEscape', data: { linkId } }, { at: next(thread, wait.from, 6, 12), link });
  const until = wait.to ?? LAST_DAY;
  if (until - wait.from > 5 && random.chance(0.012)) writeMistake(thread, wait.from + 2);
  const circulated = until - wait.from > 12 && random.chance(0.35);
  if (circulated) writer.record({ type: 'CirculateSuspect', data: { linkId, circulation: 'PNC_WANTED' } }, { at: next(thread, wait.from + random.int(4, 10)), link });
  if (wait.to === undefined) return;
  writeDealing(thread, wait as Required<Wait>, following);
  if (circulated && wait.dealtBy !== 'ARREST') writer.record({ type: 'CancelCirculation', data: { linkId } }, { at: thread.now + 20 * MINUTE, link });
};

/** An arrest put on the wrong person and taken away a day or two later. */
const writeMistake = (thread: Thread, day: number): void => {
  const { scene: { writer, random }, linkId } = thread;
  const at = next(thread, day);
  const event = writer.record({ type: 'ArrestSuspect', data: { linkId } }, { at, link: linkId });
  writer.record({ type: 'VoidEntry', data: { event } }, { at, late: random.int(1, 2) * DAY, link: linkId, reason: 'Custody record belongs to another person.' });
};

const writeDealing = (thread: Thread, { to, dealtBy }: Required<Wait>, following: Wait | undefined): void => {
  const { scene, linkId } = thread;
  const { writer, random } = scene;
  const link = linkId;
  const late = lateness(random, 0.04, 14);
  const at = next(thread, to, 7, 14);
  switch (dealtBy) {
    case 'REQUISITION':
      return void writer.record({ type: 'RequisitionSuspect', data: { linkId, charges: [chargeOf(scene, linkId, 'R')] } }, { at, late, link });
    case 'INTERVIEW':
      return void writer.record({ type: 'InterviewSuspectUnderCaution', data: { linkId, setting: 'VOLUNTARY' } }, { at, late, link });
    case 'ARREST':
      writer.record({ type: 'ArrestSuspect', data: { linkId, custodyNumber: `FL/${at % 100_000}` } }, { at, late, link });
      if (londonDay(at) < LAST_DAY) writeRelease(thread, at, following);
  }
};

const writeRelease = (thread: Thread, arrestedAt: number, following: Wait | undefined): void => {
  const { scene: { writer, random }, linkId } = thread;
  const link = linkId;
  if (following?.begunBy === 'ESCAPED') return;
  writer.record({ type: 'InterviewSuspectUnderCaution', data: { linkId, setting: 'CUSTODY' } }, { at: (thread.now = arrestedAt + random.int(100, 240) * MINUTE), link });
  const at = (thread.now += random.int(40, 150) * MINUTE);
  if (following?.begunBy === 'FAILED_TO_ANSWER_BAIL' || random.chance(0.3)) {
    const returnOn = dateOfDay(londonDay(arrestedAt) + BAIL_DAYS);
    return void writer.record({ type: 'BailSuspect', data: { linkId, regime: 'STANDARD_POLICE', returnOn } }, { at, link });
  }
  if (random.chance(0.8)) writer.record({ type: 'ReleaseSuspectUnderInvestigation', data: { linkId } }, { at, link });
};

/** One line of a charge or requisition, for the first crime of the case. */
export const chargeOf = ({ plan, crimes, random }: Scene, linkId: LinkId, method: 'C' | 'R') => ({
  chargeId: idFrom('rotherham-2019', 'charge', linkId, method),
  ...(crimes[0] ? { crimeId: crimes[0].crimeId } : {}),
  offence: crimes[0]?.offence ?? random.pick(plan.matter.offences),
  method,
});

