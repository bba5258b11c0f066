import { comparePositions } from '#platform/event-store';
import type { Place } from '#platform/telemetry';

/** Appends that a batch is said to follow from. */
const AT_MOST = 64;

/** What of the spans is needed until the read models hold what was appended, and until the jobs that this calls for. */
export class Followed {
  private appended: readonly { readonly position: string; readonly place: Place }[] = [];
  /** Of the last batch that anybody will be told of. */
  lastBatch: Place | undefined;

  note(position: string, place: Place): void {
    this.appended = [...this.appended.slice(1 - AT_MOST), { position, place }];
  }

  /** Gives the appends that the read models hold by now, each once. */
  reached(position: string): readonly Place[] {
    if (this.appended.length === 0) return [];
    const held = this.appended.filter((append) => comparePositions(append.position, position) <= 0);
    this.appended = this.appended.filter((append) => !held.includes(append));
    return held.map(({ place }) => place);
  }
}
