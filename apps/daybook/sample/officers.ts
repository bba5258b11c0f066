import type { OfficerId } from '#kernel';
import type { Random } from './random';

const DETECTIVES = 16;

/** Who works on which team, by collar number; made up. */
export class Officers {
  private readonly teams = new Map<string, number>();

  constructor(private readonly random: Random) {}

  /** A detective of the team and the sergeant over them. */
  pair(team: string): readonly [officer: OfficerId, supervisor: OfficerId] {
    if (!this.teams.has(team)) this.teams.set(team, this.teams.size + 1);
    const base = 2_000 + this.teams.get(team)! * 137;
    const detective = this.random.int(0, DETECTIVES - 1);
    return [`DC ${base + detective * 7}` as OfficerId, `DS ${base + 119 + (detective % 2)}` as OfficerId];
  }
}
