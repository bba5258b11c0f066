import { londonDay, StoreUnavailableError } from '#kernel';
import type { Clock } from '#kernel';
import type { ReadDatabase, ReadStore, RecordedMoments } from '#platform/read-store';
import type { AsAt } from './answers';
import { Areas } from './areas';
import { PresentCases } from './present-cases';
import { People } from './present-figures';
import type { Moment } from './question';

/** How far the tables have come. */
export interface Standing {
  readonly number: number;
  readonly position: string;
  /** Streams left out of the tables, by name. */
  readonly parked: string;
  readonly incomplete: number;
}

const CHECKPOINT = `SELECT checkpoints.number, checkpoints.position, count(parked.stream) AS incomplete, coalesce(group_concat(parked.stream), '') AS parked
  FROM checkpoints LEFT JOIN parked USING (projection) WHERE checkpoints.projection = 'investigations' GROUP BY checkpoints.projection`;

/** How far the tables have come, in the state that a snapshot sees. */
export const standingIn = (db: ReadDatabase): Standing => db.get<Standing>(CHECKPOINT) ?? { number: -1, position: '', parked: '', incomplete: 0 };

/** The tables of investigations and a copy in memory of what holds now: one for all who ask. */
export class StandingTables {
  readonly districts = new Areas();
  readonly people = new People();
  private present: PresentCases | undefined;

  /** @param moments without it, an answer as recorded by a moment goes by what the tables hold */
  constructor(
    private readonly reads: Pick<ReadStore, 'db' | 'numberRecordedBy' | 'onBatch' | 'ready'>, readonly clock: Clock,
    private readonly moments?: Pick<RecordedMoments, 'isSettled'>,
  ) {
    reads.onBatch(() => this.keepUp());
  }

  get db(): ReadDatabase {
    return this.reads.db;
  }

  get ready(): boolean {
    return this.reads.ready;
  }

  /** Answers a question from one state of the tables. */
  answer<T>(asAt: AsAt | undefined, question: (moment: Moment, standing: Standing) => T): T {
    return this.db.snapshot(() => {
      const standing = standingIn(this.db);
      return question(this.momentOf(asAt, standing.number), standing);
    });
  }

  /** What holds now, in the state of the tables that the question is asked in. */
  upToDate({ number, parked }: Standing): PresentCases {
    this.present ??= new PresentCases(this.db);
    this.present.refresh(number, parked);
    return this.present;
  }

  /** As after the last batch, which is near enough for a spelling: that is asked once a command. */
  nearlyUpToDate(): PresentCases {
    return this.present ?? this.answer(undefined, (_, standing) => this.upToDate(standing));
  }

  private momentOf(asAt: AsAt | undefined, latest: number): Moment {
    // An answer as recorded by a moment must not be another one when it is asked for again.
    if (asAt && asAt.recorded !== 'now' && this.moments && !this.moments.isSettled(asAt.recorded))
      throw new StoreUnavailableError('not all that was recorded by then can be shown yet', 'no');
    const now = this.clock();
    const effective = asAt?.effective ?? now;
    const recorded = asAt === undefined || asAt.recorded === 'now' ? now : asAt.recorded;
    const number = asAt === undefined || asAt.recorded === 'now' ? latest : Math.min(latest, this.reads.numberRecordedBy(asAt.recorded));
    return { effective, number, recorded, today: londonDay(effective), now: asAt === undefined };
  }

  // Taking in each batch as it comes keeps the next question quick; a batch that could not be read now is taken in with that question.
  private keepUp(): void {
    try {
      this.answer(undefined, (_, standing) => this.upToDate(standing));
    } catch {
      return;
    }
  }
}
