import { bandOf, bands } from './bands';
import type { Counts } from './past-figures.query';
import { NO_START } from './present-cases';
import type { PresentCases } from './present-cases';
import type { Ground } from './question';

/** Counts people once each without clearing anything between two counts. */
export class People {
  private marks = new Uint32Array(1024);
  private round = 0;
  count = 0;

  start(size: number): void {
    if (size >= this.marks.length) this.marks = new Uint32Array(size * 2);
    this.round++;
    this.count = 0;
  }

  see(person: number): void {
    if (person === 0 || this.marks[person] === this.round) return;
    this.marks[person] = this.round;
    this.count++;
  }
}

const nothing = (): number[] => bands.map(() => 0);

/** The headline counts of now, on London day `today`. */
export const countPresent = (cases: PresentCases, { area, themes, team, visible }: Ground, today: number, people: People): Counts => {
  const [investigations, suspectLinks] = [nothing(), nothing()];
  const wantedArea = area === null ? 0 : cases.areas.known(area) ?? -1;
  const wantedTeam = team === null ? 0 : cases.teams.known(team) ?? -1;
  const hidden = cases.hiddenFrom(visible);
  let [active, noSuspectIdentified] = [0, 0];
  people.start(cases.people.size);
  for (let slot = 0; slot < cases.size; slot++) {
    if (cases.active[slot] === 0 || hidden?.[slot] === 1) continue;
    if (wantedArea !== 0 && cases.area[slot] !== wantedArea) continue;
    if (wantedTeam !== 0 && cases.team[slot] !== wantedTeam) continue;
    if (themes !== 0 && (cases.themes[slot]! & themes) === 0) continue;
    active++;
    if (cases.named[slot] === 0) noSuspectIdentified++;
    const oldest = cases.oldest[slot]!;
    if (oldest === NO_START) continue;
    investigations[bandOf(today - oldest)]!++;
    for (const { startOn, person } of cases.episodes[slot]!) {
      suspectLinks[bandOf(today - startOn)]!++;
      people.see(person);
    }
  }
  return { active, noSuspectIdentified, people: people.count, investigations, suspectLinks };
};
