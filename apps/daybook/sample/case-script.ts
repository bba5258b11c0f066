import { dateOfDay } from '#kernel';
import type { Actor, CrimeId, InvestigationId, OfficerId } from '#kernel';
import type { Crime } from '#contexts/investigations';
import { idFrom } from '#platform/event-store';
import { LAST_DAY, timeOn, workingDay } from './calendar';
import type { CasePlan } from './case-plan';
import { StreamWriter } from './case-writer';
import { writeClosing, writeReopening } from './closing-script';
import type { Officers } from './officers';
import type { People } from './people';
import type { Random } from './random';
import { DAY, lateness } from './scene';
import type { InvestigationOrder, Scene } from './scene';
import { writeShield } from './shield-script';
import { writeSuspect } from './suspect-script';
import { districts } from './tables';
import { texts } from './texts';

const HOUR = 3_600_000;

/** Writes everything that happens to one case, as commands of its stream. */
export const writeCase = (plan: CasePlan, officers: Officers, people: People, random: Random, takenOnAt: number): StreamWriter<InvestigationOrder> => {
  const team = random.weighted(plan.district.teams);
  const [officer, supervisor] = officers.pair(team);
  const actor: Actor = { kind: 'unverified', id: officer, role: 'INVESTIGATING_OFFICER', agency: 'South Yorkshire Police', team };
  const investigationId = idFrom('rotherham-2019', 'case', String(plan.serial)) as InvestigationId;
  const writer = new StreamWriter<InvestigationOrder>(`investigation-${investigationId}`, random, actor, takenOnAt);
  const openedAt = timeOn(plan.openedOn, random, 6, 20);
  const scene: Scene = { plan, writer, random, people, team, officer, supervisor, openedAt, crimes: crimesOf(plan, random) };
  writeOpening(scene, investigationId);
  plan.suspects.forEach((suspect, index) => writeSuspect(scene, suspect, index));
  writeCare(scene);
  writeShield(scene);
  if (plan.closedOn !== undefined) writeClosing(scene, plan.closedOn);
  if (plan.reopenedOn !== undefined) writeReopening(scene, plan.reopenedOn);
  return writer;
};

const crimesOf = ({ serial, kind, matter, openedOn }: CasePlan, random: Random): Crime[] => {
  if (kind === 'NON_CRIME') return [];
  const began = openedOn - (kind === 'NON_RECENT' ? random.int(2_000, 7_500) : random.int(0, 6));
  return Array.from({ length: random.weighted([[1, 84], [2, 12], [3, 4]]) }, (_, i) => ({
    crimeId: idFrom('rotherham-2019', 'crime', String(serial), String(i)) as CrimeId,
    force: '14',
    crimeReference: `14/${100_000 + serial * 4 + i}/${dateOfDay(openedOn).slice(2, 4)}`,
    offence: random.pick(matter.offences),
    offenceFrom: dateOfDay(began),
    offenceTo: dateOfDay(began + (kind === 'NON_RECENT' ? random.int(0, 700) : 0)),
  }));
};

const writeOpening = (scene: Scene, investigationId: InvestigationId): void => {
  const { plan, writer, random, team, crimes, openedAt } = scene;
  const { area, places } = plan.district;
  const title = `${plan.matter.words}, ${random.pick(places)}`;
  const summary = `${random.pick(texts.reports)} ${random.pick(texts.leads)}`;
  // A correction holds new values of its own: a text is sealed for the event that it stands in.
  const opening = () => ({
    investigationId, kind: plan.kind, area, themes: plan.matter.themes, team,
    title: writer.text('data.title', title), summary: writer.text('data.summary', summary),
  });
  const late = lateness(random, plan.kind === 'NON_RECENT' ? 0.25 : 0.05, 32);
  const keyedElsewhere = random.chance(0.012) ? random.pick(districts).area : area;
  const keyedTooEarly = random.chance(0.008) ? random.int(1, 3) * DAY : 0;
  const event = writer.record(
    { type: 'OpenInvestigation', data: { ...opening(), area: keyedElsewhere, crimes: keyedTooEarly ? [] : crimes } },
    { at: openedAt - keyedTooEarly, late, precision: random.chance(0.1) ? 'day' : 'minute' });
  if (keyedTooEarly) for (const crime of crimes) writer.record({ type: 'RecordCrime', data: crime }, { at: openedAt });
  writer.gather(); // charges name the crimes
  if (keyedElsewhere === area && !keyedTooEarly) return;
  writer.record({ type: 'CorrectEntry', data: { event, type: 'InvestigationOpened', data: opening() } },
    { at: openedAt, late: random.int(1, 18) * DAY, link: 'correction', reason: keyedTooEarly ? 'Date of the report was keyed wrongly.' : 'District was keyed wrongly.' });
};

/** Allocation, plan, reviews, and sometimes a new owner. */
const writeCare = (scene: Scene): void => {
  const { plan, writer, random, officer, supervisor, team, openedAt } = scene;
  const until = plan.closedOn ?? LAST_DAY;
  const within = (days: number): number | undefined => (plan.openedOn + days < until ? workingDay(plan.openedOn + days) : undefined);
  const allocated = Math.max(openedAt + HOUR, timeOn(workingDay(plan.openedOn), random, 9, 17));
  writer.record({ type: 'AllocateInvestigation', data: { officer, team, supervisor } }, { at: allocated });
  const planned = random.chance(0.6) ? within(random.int(1, 3)) : undefined;
  if (planned) writer.record({ type: 'SetInvestigationPlan', data: { plan: writer.text('data.plan', `${random.pick(texts.aims)} ${random.pick(texts.aims)}`), reviewEveryDays: 28 } }, { at: Math.max(allocated + HOUR / 2, timeOn(planned, random, 9, 17)) });
  for (const [share, from, to, review] of [[0.5, 5, 12, 'INITIAL_SUPERVISOR'], [0.3, 27, 60, 'PERIODIC_SUPERVISOR'], [0.1, 85, 130, 'INSPECTOR']] as const) {
    const day = random.chance(share) ? within(random.int(from, to)) : undefined;
    if (day) writer.record({ type: 'RecordSupervisorReview', data: { review, supervisor, findings: writer.text('data.findings', random.pick(texts.findings)) } }, { at: timeOn(day, random, 9, 17), late: lateness(random, 0.05, 9), link: 'review' });
  }
  const moved = random.chance(0.05) ? within(random.int(20, 200)) : undefined;
  if (moved) writer.record({ type: 'ReallocateInvestigation', data: { officer: scene.supervisor.replace('DS', 'DC') as OfficerId, team, supervisor } }, { at: timeOn(moved, random, 9, 17) });
};
