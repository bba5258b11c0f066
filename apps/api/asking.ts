import { MalformedError, parseMoment } from '#kernel';
import type { Clock } from '#kernel';
import { comparePositions } from '#platform/event-store';
import type { EventStore } from '#platform/event-store';
import type { ReadStore, RecordedMoments } from '#platform/read-store';
import type { AsAt, Scope } from '#contexts/investigations';
import { problem, ProblemError } from './problem';
import type { MomentsQuestion, ScopedQuestion } from './questions';

const PATIENCE = 1000;

const notYet = (): ProblemError => new ProblemError(problem(503, 'READ_MODEL_BEHIND', 'What you ask for is recorded, but cannot be shown yet. Ask again.'));

export interface AskingParts {
  readonly reads: Pick<ReadStore, 'waitFor'>;
  readonly moments: Pick<RecordedMoments, 'whenSettled'>;
  readonly store: Pick<EventStore, 'head'>;
  readonly clock: Clock;
  /** District name, or `all`: the area of a question that names none. */
  readonly homeArea: string;
}

/** Turns what a query string says into the terms of the read models. */
export class Asking {
  constructor(private readonly parts: AskingParts) {}

  /**
   * The pair of moments, after waiting for `minPosition` and until nothing more can be recorded by the moment asked for; undefined for now on both clocks.
   * @throws MalformedError; @throws ProblemError 503 when the read models are not there after a second
   */
  async asAt({ effectiveAt, recordedAt, minPosition }: MomentsQuestion): Promise<AsAt | undefined> {
    const now = this.parts.clock();
    const effective = effectiveAt === undefined ? now : parseMoment(effectiveAt, now, 'effectiveAt');
    const recorded = recordedAt === undefined ? 'now' : parseMoment(recordedAt, now, 'recordedAt');
    if (minPosition !== undefined) await this.waitFor(minPosition);
    if (recorded !== 'now' && !(await this.parts.moments.whenSettled(recorded, PATIENCE))) throw notYet();
    return effectiveAt === undefined && recorded === 'now' ? undefined : { effective, recorded };
  }

  /** District by name or code, as the read models take it. */
  scope({ area, theme, team }: ScopedQuestion): Scope {
    return { area: area ?? this.parts.homeArea, ...(theme && { theme }), ...(team && { team }) };
  }

  /** Waits until the read models hold what was recorded a moment ago, and no longer than a second: it is recorded, whether they do or not. */
  async settled(position: string): Promise<void> {
    await this.parts.reads.waitFor(position, PATIENCE);
  }

  /** Waits until the read models hold the event at this position. @throws MalformedError beyond the end of the log; @throws ProblemError 503 */
  async waitFor(position: string): Promise<void> {
    const { reads, store } = this.parts;
    if (await reads.waitFor(position, PATIENCE)) return;
    const { position: end } = await store.head();
    throw comparePositions(position, end) > 0 ? new MalformedError('minPosition', 'stands beyond the end of the log: nothing is recorded there') : notYet();
  }
}
