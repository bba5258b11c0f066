import { londonDate } from '#kernel';
import type { InvestigationId } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import { accessFactsOn } from './access-facts';
import type { AsAt, Figures, InvestigationFilter, InvestigationItem, InvestigationQueries, OutstandingSuspectItem, Page, Scope, Trend } from './answers';
import { pageAt } from './cursor';
import { figuresOf, headOf } from './figures-answer';
import { groundOf, recordedAreas } from './grounds.query';
import { itemOf } from './investigation-items';
import { listInvestigations, listNameOf } from './investigation-list.query';
import { listOutstanding, outstandingNameOf, outstandingOnCase } from './outstanding-list.query';
import type { PageAsked } from './pages';
import { countAt } from './past-figures.query';
import { countPresent } from './present-figures';
import type { Ground, Moment } from './question';
import { investigationNamed, investigationsNamed, openerOf } from './references.query';
import type { Standing, StandingTables } from './standing-tables';
import { trendOf } from './trend.query';
import { isEnough, Visibility } from './visibility.query';
import { EVERYTHING, isBoundless, isVisible } from './visible';
import type { Sight, Visible } from './visible';

/**
 * Answers every question about investigations with those that are there for who asks, and no trace of others: figures for now from memory, all
 * else from the rectangles. Each answer comes from one state of the tables, and rights are those of that state, on pages of the past too.
 */
export class SeenInvestigations implements InvestigationQueries {
  private readonly visibility: Visibility | undefined;

  /** @param sight without it, everything is there */
  constructor(protected readonly tables: StandingTables, private readonly sight?: Sight) {
    this.visibility = sight && !isBoundless(sight.know) ? new Visibility(sight) : undefined;
  }

  /** @throws MalformedError on `area`, `theme` or `team` */
  figures(scope: Scope, asAt?: AsAt): Figures {
    return this.on(scope, asAt, (ground, moment, standing) => {
      const { db, people, districts } = this.tables;
      const counts = moment.now ? countPresent(this.tables.upToDate(standing), ground, moment.today, people) : countAt(db, ground, moment);
      return figuresOf(counts, scope, ground, moment, { position: standing.position, incomplete: this.incomplete(standing, ground.visible) }, districts);
    });
  }

  /** @throws MalformedError on a field of the filter, `cursor` or `limit` */
  list(filter: InvestigationFilter, page: PageAsked, asAt?: AsAt): Page<InvestigationItem> {
    return this.on(filter, asAt, (ground, asked) => {
      const { place, moment } = pageAt(listNameOf(filter, ground, asked), page.cursor, asked, asAt);
      return listInvestigations(this.db, filter, ground, { limit: page.limit, place }, moment);
    });
  }

  /** @throws MalformedError on a field of the filter, `cursor` or `limit` */
  outstandingSuspects(filter: Scope & { readonly wait?: InvestigationFilter['wait'] }, page: PageAsked, asAt?: AsAt): Page<OutstandingSuspectItem> {
    return this.on(filter, asAt, (ground, asked) => {
      const { place, moment } = pageAt(outstandingNameOf(filter.wait, ground, asked), page.cursor, asked, asAt);
      const found = listOutstanding(this.db, filter.wait, ground, { limit: page.limit, place }, moment);
      return { ...found, items: this.withoutNames(found.items) };
    });
  }

  /** @throws MalformedError on `area`, `theme` or `months` (1 to 120) */
  trend(scope: Scope, months: number, asAt?: AsAt): Trend {
    return this.on(scope, asAt, (ground, moment) =>
      ({ ...headOf(scope, ground, moment, this.tables.districts), months: trendOf(this.db, ground, months, moment) }));
  }

  one(investigationId: InvestigationId, asAt?: AsAt): InvestigationItem | undefined {
    return this.answer(asAt, (moment, visible) => this.isThere(investigationId, visible) ? itemOf(this.db, investigationId, moment) : undefined);
  }

  outstandingOn(investigationId: InvestigationId, asAt?: AsAt): readonly OutstandingSuspectItem[] {
    return this.answer(asAt, (moment, visible) =>
      this.isThere(investigationId, visible) ? this.withoutNames(outstandingOnCase(this.db, investigationId, moment)) : []);
  }

  resolve(reference: string): InvestigationId | undefined {
    return this.answer(undefined, (_, visible) => investigationNamed(this.db, reference, visible));
  }

  named(reference: string): readonly string[] {
    return this.answer(undefined, (_, visible) => investigationsNamed(this.db, reference, visible));
  }

  areas(): readonly { readonly code: string | null; readonly name: string }[] {
    const { districts, clock } = this.tables;
    return this.answer(undefined, (_, visible) => districts.all(recordedAreas(this.db, visible), londonDate(clock())));
  }

  /** @throws MalformedError on `area` */
  teams(area: string): readonly string[] {
    return this.on({ area }, undefined, (ground, _, standing) => this.tables.upToDate(standing).teamsIn(ground.area, ground.visible));
  }

  areaNamed(asked: string): string | undefined {
    return this.tables.districts.nameToRecord(asked, () => this.answer(undefined, (_, visible) => recordedAreas(this.db, visible)));
  }

  teamNamed(asked: string): string {
    if (!this.tables.ready) return asked; // what is recorded does not wait for what is read
    return this.tables.nearlyUpToDate().teamLike(asked, () => this.answer(undefined, (_, visible) => visible));
  }

  private get db(): ReadDatabase {
    return this.tables.db;
  }

  private answer<T>(asAt: AsAt | undefined, question: (moment: Moment, visible: Visible, standing: Standing) => T): T {
    return this.tables.answer(asAt, (moment, standing) => question(moment, this.visibleAt(standing), standing));
  }

  private on<T>(scope: Scope, asAt: AsAt | undefined, question: (ground: Ground, moment: Moment, standing: Standing) => T): T {
    return this.answer(asAt, (moment, visible, standing) => question(groundOf(this.db, this.tables.districts, scope, visible), moment, standing));
  }

  private visibleAt({ number, parked }: Standing): Visible {
    return this.visibility?.at(this.db, number, parked) ?? EVERYTHING;
  }

  private isThere(investigationId: InvestigationId, visible: Visible): boolean {
    const opener = openerOf(this.db, investigationId);
    return opener !== undefined && isVisible(visible, opener);
  }

  // A record that cannot be read is not in the tables, or as it was before: those that are hidden now must not be counted either.
  private incomplete({ incomplete, parked }: Standing, visible: Visible): number {
    if (!this.visibility || incomplete === 0) return incomplete;
    return parked.split(',').filter((stream) => this.isThere(stream.slice(stream.indexOf('-') + 1) as InvestigationId, visible)).length;
  }

  // Who is on a record is part of it, where no more than its existence is known.
  private withoutNames(items: readonly OutstandingSuspectItem[]): OutstandingSuspectItem[] {
    const { sight } = this;
    if (!sight) return [...items];
    const readable = new Map([...new Set(items.map(({ investigationId }) => investigationId))].map((id) => {
      const found = accessFactsOn(this.db, openerOf(this.db, id)!);
      return [id, found !== undefined && isEnough(sight.read, sight.asker, found)] as const;
    }));
    return items.map((item) => (readable.get(item.investigationId) ? item : { ...item, nominalId: null }));
  }
}
