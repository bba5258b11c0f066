import { londonDate, londonDay, StoreUnavailableError } from '#kernel';
import type { Clock, InvestigationId } from '#kernel';
import type { ReadDatabase, ReadStore, RecordedMoments } from '#platform/read-store';
import type { AsAt, Figures, InvestigationFilter, InvestigationItem, InvestigationQueries, OutstandingSuspectItem, Page, Scope, Trend } from './answers';
import { Areas } from './areas';
import { pageAt } from './cursor';
import { figuresOf, headOf } from './figures-answer';
import { groundOf, recordedAreas } from './grounds.query';
import { itemOf } from './investigation-items';
import { listInvestigations, listNameOf } from './investigation-list.query';
import { listOutstanding, outstandingNameOf, outstandingOnCase } from './outstanding-list.query';
import type { PageAsked } from './pages';
import { countAt } from './past-figures.query';
import { PresentCases } from './present-cases';
import { countPresent, People } from './present-figures';
import type { Moment } from './question';
import { investigationNamed, investigationsNamed } from './references.query';
import { trendOf } from './trend.query';

interface Standing {
  readonly number: number;
  readonly position: string;
  /** Streams left out of the tables, by name. */
  readonly parked: string;
  readonly incomplete: number;
}

const STANDING = `SELECT checkpoints.number, checkpoints.position, count(parked.stream) AS incomplete, coalesce(group_concat(parked.stream), '') AS parked
  FROM checkpoints LEFT JOIN parked USING (projection) WHERE checkpoints.projection = 'investigations' GROUP BY checkpoints.projection`;

/**
 * Answers every question about investigations from the read models: figures for now from memory, all else from the rectangles.
 * Each answer comes from one state of the tables. `clock` says what is now.
 */
export class InvestigationReader implements InvestigationQueries {
  private present: PresentCases | undefined;
  private readonly people = new People();
  private readonly districts = new Areas();

  /** @param moments without it, an answer as recorded by a moment goes by what the tables hold */
  constructor(
    private readonly reads: Pick<ReadStore, 'db' | 'numberRecordedBy' | 'onBatch' | 'ready'>, private readonly clock: Clock,
    private readonly moments?: Pick<RecordedMoments, 'isSettled'>,
  ) {
    reads.onBatch(() => this.keepUp());
  }

  /** @throws MalformedError on `area`, `theme` or `team` */
  figures(scope: Scope, asAt?: AsAt): Figures {
    return this.answer(asAt, (moment, standing) => {
      const ground = groundOf(this.db, this.districts, scope);
      const counts = moment.now ? countPresent(this.upToDate(standing), ground, moment.today, this.people) : countAt(this.db, ground, moment);
      return figuresOf(counts, scope, ground, moment, { position: standing.position, incomplete: standing.incomplete }, this.districts);
    });
  }

  /** @throws MalformedError on a field of the filter, `cursor` or `limit` */
  list(filter: InvestigationFilter, page: PageAsked, asAt?: AsAt): Page<InvestigationItem> {
    return this.answer(asAt, (asked) => {
      const ground = groundOf(this.db, this.districts, filter);
      const { place, moment } = pageAt(listNameOf(filter, ground, asked), page.cursor, asked, asAt);
      return listInvestigations(this.db, filter, ground, { limit: page.limit, place }, moment);
    });
  }

  /** @throws MalformedError on a field of the filter, `cursor` or `limit` */
  outstandingSuspects(filter: Scope & { readonly wait?: InvestigationFilter['wait'] }, page: PageAsked, asAt?: AsAt): Page<OutstandingSuspectItem> {
    return this.answer(asAt, (asked) => {
      const ground = groundOf(this.db, this.districts, filter);
      const { place, moment } = pageAt(outstandingNameOf(filter.wait, ground, asked), page.cursor, asked, asAt);
      return listOutstanding(this.db, filter.wait, ground, { limit: page.limit, place }, moment);
    });
  }

  /** @throws MalformedError on `area`, `theme` or `months` (1 to 120) */
  trend(scope: Scope, months: number, asAt?: AsAt): Trend {
    return this.answer(asAt, (moment) => {
      const ground = groundOf(this.db, this.districts, scope);
      return { ...headOf(scope, ground, moment, this.districts), months: trendOf(this.db, ground, months, moment) };
    });
  }

  one(investigationId: InvestigationId, asAt?: AsAt): InvestigationItem | undefined {
    return this.answer(asAt, (moment) => itemOf(this.db, investigationId, moment));
  }

  outstandingOn(investigationId: InvestigationId, asAt?: AsAt): readonly OutstandingSuspectItem[] {
    return this.answer(asAt, (moment) => outstandingOnCase(this.db, investigationId, moment));
  }

  resolve(reference: string): InvestigationId | undefined {
    return investigationNamed(this.db, reference);
  }

  named(reference: string): readonly string[] {
    return investigationsNamed(this.db, reference);
  }

  areas(): readonly { readonly code: string | null; readonly name: string }[] {
    return this.districts.all(recordedAreas(this.db), londonDate(this.clock()));
  }

  /** @throws MalformedError on `area` */
  teams(area: string): readonly string[] {
    return this.answer(undefined, (_, standing) => this.upToDate(standing).teamsIn(groundOf(this.db, this.districts, { area }).area));
  }

  areaNamed(asked: string): string | undefined {
    return this.districts.nameToRecord(asked, () => recordedAreas(this.db));
  }

  teamNamed(asked: string): string {
    if (!this.reads.ready) return asked; // what is recorded does not wait for what is read
    // Brought up to date with every batch, which is near enough for a spelling: this is asked once a command.
    return (this.present ?? this.answer(undefined, (_, standing) => this.upToDate(standing))).teamLike(asked);
  }

  private get db(): ReadDatabase {
    return this.reads.db;
  }

  private answer<T>(asAt: AsAt | undefined, question: (moment: Moment, standing: Standing) => T): T {
    return this.db.snapshot(() => {
      const standing = this.db.get<Standing>(STANDING) ?? { number: -1, position: '', parked: '', incomplete: 0 };
      return question(this.momentOf(asAt, standing.number), standing);
    });
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

  private upToDate({ number, parked }: Standing): PresentCases {
    this.present ??= new PresentCases(this.db);
    this.present.refresh(number, parked);
    return this.present;
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
