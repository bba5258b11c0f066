import type { LocalDate, NominalId } from '#kernel';
import type { ReadStore } from '#platform/read-store';
import type { RetentionDecision, RetentionGroup } from '../domain/data-subject.codes';
import { nextReviewOn } from './next-review';
import type { RetentionPeriod } from './next-review';
import type { RetentionRow } from './retention.projection';

/** What is known of the retention of one person's record. Dates are Europe/London. */
export interface RetentionItem {
  readonly nominalId: NominalId;
  readonly group: RetentionGroup | 'NONE';
  readonly decision?: RetentionDecision;
  readonly reviewedOn?: LocalDate;
  readonly lastNoticeOn?: LocalDate;
  readonly nextReviewOn?: LocalDate;
  /** Legal holds that stand. */
  readonly holds: number;
  readonly restrictions: number;
}

type Joined = { readonly nominal: string; readonly first: string | null; readonly last: string | null } & { readonly [K in Exclude<keyof RetentionRow, 'nominal'>]: RetentionRow[K] | null };

const SUBJECTS = `
  WITH seen AS (SELECT nominal, min(noticed_on) AS first, max(noticed_on) AS last FROM came_to_notice GROUP BY nominal),
    everybody AS (SELECT nominal FROM seen UNION SELECT nominal FROM retention)
  SELECT e.nominal, s.first, s.last, r.group_code, r.decision, r.reviewed_on, r.next_on, r.holds, r.restrictions, r.erased
  FROM everybody e LEFT JOIN seen s ON s.nominal = e.nominal LEFT JOIN retention r ON r.nominal = e.nominal
  WHERE coalesce(r.erased, 0) = 0`;

const day = (text: string | null): LocalDate | undefined => (text ?? undefined) as LocalDate | undefined;

/** Answers which records of people are due for review. */
export class RetentionReader {
  constructor(private readonly reads: Pick<ReadStore, 'db'>, private readonly periods: readonly RetentionPeriod[]) {}

  /** Of one person; undefined when they are no suspect and nothing was decided about them, or when they are erased. */
  one(nominalId: NominalId, today: LocalDate): RetentionItem | undefined {
    const row = this.reads.db.get<Joined>(`${SUBJECTS} AND e.nominal = ?`, nominalId);
    return row && this.item(row, today);
  }

  /** Reviews due by a day, the longest overdue first; held records among them, because a hold has to be looked at too. */
  reviewsDue(by: LocalDate): readonly RetentionItem[] {
    return this.reads.db.all<Joined>(SUBJECTS).map((row) => this.item(row, by))
      .filter(({ nextReviewOn: due }) => due !== undefined && due <= by)
      .sort((a, b) => (a.nextReviewOn! < b.nextReviewOn! ? -1 : a.nextReviewOn! > b.nextReviewOn! ? 1 : a.nominalId < b.nominalId ? -1 : 1));
  }

  private item(row: Joined, today: LocalDate): RetentionItem {
    const group = (row.group_code ?? 'NONE') as RetentionItem['group'];
    const facts = { group, firstNoticeOn: day(row.first), lastNoticeOn: day(row.last), reviewedOn: day(row.reviewed_on), givenNextOn: day(row.next_on) };
    return {
      nominalId: row.nominal as NominalId, group, decision: (row.decision ?? undefined) as RetentionDecision | undefined, reviewedOn: facts.reviewedOn,
      lastNoticeOn: facts.lastNoticeOn, nextReviewOn: nextReviewOn(facts, this.periods, today), holds: row.holds ?? 0, restrictions: row.restrictions ?? 0,
    };
  }
}
