import type { ReadDatabase } from '#platform/read-store';
import { FOREVER, LATEST } from './case-tracks';
import { STANDING } from './investigation.tables';
import { SmallNumbers } from './small-numbers';
import { isWhole } from './visible';
import type { Visible } from './visible';

interface CaseRow {
  readonly opener: number;
  readonly active: number;
  readonly area: string;
  readonly themes: number;
  readonly team: string | null;
  readonly namedSuspects: number;
  readonly oldestOpenEpisodeOn: number | null;
}

interface EpisodeRow {
  readonly opener: number;
  readonly startOn: number;
  readonly nominal: string | null;
}

const CASES = 'SELECT opener, active, area, themes, team, namedSuspects, oldestOpenEpisodeOn FROM investigation_rect';
const EPISODES = 'SELECT opener, startOn, nominal FROM episode_rect';

/** An outstanding suspect of an investigation: start as London day, person as small number (0: not known). */
export interface PresentEpisode {
  readonly startOn: number;
  readonly person: number;
}

export const NO_EPISODES: readonly PresentEpisode[] = [];
/** In the place of the oldest start where there is none. */
export const NO_START = 0x7fffffff;

const grown = <A extends Int32Array | Uint8Array>(array: A): A => {
  const next = new (array.constructor as new (length: number) => A)(array.length * 2);
  next.set(array);
  return next;
};

/**
 * What holds now of every investigation, as columns in memory: a copy of the standing rows, brought up to date from the rows of new events
 * before each use. Nothing is counted up: a figure is counted from the columns when it is asked.
 */
export class PresentCases {
  size = 0;
  active = new Uint8Array(1024);
  area = new Int32Array(1024);
  team = new Int32Array(1024);
  themes = new Int32Array(1024);
  named = new Int32Array(1024);
  oldest = new Int32Array(1024);
  readonly episodes: (readonly PresentEpisode[])[] = [];
  readonly areas = new SmallNumbers();
  readonly teams = new SmallNumbers();
  readonly people = new SmallNumbers();
  private readonly slots = new Map<number, number>();
  private hidden = new Uint8Array(0);
  private upTo = -1;
  private parked = '';

  constructor(private readonly db: ReadDatabase) {}

  /**
   * Takes in the rows of events up to `number`; inside the caller's snapshot, so that both speak of one state. `parked` names the streams
   * left out: one that is taken in again brings rows of old numbers, so then everything is read anew, as with tables that hold less than before.
   */
  refresh(number: number, parked: string): void {
    if (number === this.upTo && parked === this.parked) return;
    if (number < this.upTo || this.upTo < 0 || parked !== this.parked) this.load();
    else this.follow(this.upTo);
    this.upTo = number;
    this.parked = parked;
  }

  /** By place, 1 for an investigation that is not there for who asks; undefined when nothing is hidden. Holds until the next call. */
  hiddenFrom(visible: Visible): Uint8Array | undefined {
    if (isWhole(visible)) return undefined;
    if (this.hidden.length < this.size) this.hidden = new Uint8Array(this.active.length);
    this.hidden.fill(visible.only ? 1 : 0);
    for (const opener of visible.only ?? visible.except) {
      const slot = this.slots.get(opener);
      if (slot !== undefined) this.hidden[slot] = visible.only ? 0 : 1;
    }
    return this.hidden;
  }

  /** Teams that have investigations here that are there for who asks; every team for null. */
  teamsIn(area: string | null, visible: Visible): string[] {
    const hidden = this.hiddenFrom(visible);
    const wanted = area === null ? 0 : this.areas.known(area) ?? -1;
    const found = new Set<number>();
    for (let slot = 0; slot < this.size; slot++) if (hidden?.[slot] !== 1 && (wanted === 0 || this.area[slot] === wanted)) found.add(this.team[slot]!);
    return this.teams.among(found);
  }

  /** This team as it is written on investigations; as asked when none has it. Of several ways to write it, the one asked, else the first. */
  teamLike(asked: string, visibleNow: () => Visible): string {
    const alike = this.teams.alike(asked);
    if (alike.every((team) => team === asked)) return asked; // whatever they may see, which costs more to find out
    const visible = visibleNow();
    const standing = alike.length === 1 && isWhole(visible) ? alike : this.teamsIn(null, visible).filter((team) => alike.includes(team));
    return standing.includes(asked) ? asked : standing[0] ?? asked;
  }

  private load(): void {
    this.size = 0;
    this.slots.clear();
    this.episodes.length = 0;
    for (const row of this.db.iterate<CaseRow>(`${CASES} WHERE ${STANDING}`)) this.put(row);
    for (const { opener, startOn, nominal } of this.db.iterate<EpisodeRow>(`${EPISODES} WHERE ${STANDING}`)) {
      const slot = this.slots.get(opener)!;
      this.episodes[slot] = [...this.episodes[slot]!, { startOn, person: this.people.of(nominal) }];
    }
  }

  // Whatever changed an investigation's standing rows has left a row of its own number: of the case, or of an episode. The plus signs keep
  // SQLite from the index of standing rows, which is long where the numbers after the last are few.
  private follow(after: number): void {
    const cases = this.db.all<CaseRow>(`${CASES} WHERE recFrom > ? AND +recTo = ${LATEST} AND +effTo = ${FOREVER}`, after);
    for (const row of cases) this.put(row);
    const episodes = this.db.all<{ opener: number }>('SELECT opener FROM episode_rect WHERE recFrom > ?', after);
    for (const opener of new Set([...cases, ...episodes].map((row) => row.opener))) this.readEpisodes(opener);
  }

  private readEpisodes(opener: number): void {
    const rows = this.db.all<EpisodeRow>(`${EPISODES} WHERE opener = ? AND ${STANDING}`, opener);
    this.episodes[this.slots.get(opener)!] = rows.length === 0 ? NO_EPISODES : rows.map(({ startOn, nominal }) => ({ startOn, person: this.people.of(nominal) }));
  }

  private put({ opener, active, area, themes, team, namedSuspects, oldestOpenEpisodeOn }: CaseRow): void {
    let slot = this.slots.get(opener);
    if (slot === undefined) this.slots.set(opener, (slot = this.room()));
    this.active[slot] = active;
    this.area[slot] = this.areas.of(area);
    this.team[slot] = this.teams.of(team);
    this.themes[slot] = themes;
    this.named[slot] = namedSuspects;
    this.oldest[slot] = oldestOpenEpisodeOn ?? NO_START;
  }

  private room(): number {
    if (this.size === this.active.length) {
      this.active = grown(this.active);
      for (const column of ['area', 'team', 'themes', 'named', 'oldest'] as const) this[column] = grown(this[column]);
    }
    this.episodes[this.size] = NO_EPISODES;
    return this.size++;
  }
}
