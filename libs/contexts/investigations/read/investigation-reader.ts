import type { Clock } from '#kernel';
import type { ReadStore, RecordedMoments } from '#platform/read-store';
import type { InvestigationQueries } from './answers';
import { SeenInvestigations } from './seen-investigations';
import { StandingTables } from './standing-tables';
import type { Sight } from './visible';

/**
 * Answers every question about investigations, as if nothing were hidden from anybody: for what is asked on nobody's behalf. Readers ask what
 * `seenBy` gives. `clock` says what is now.
 */
export class InvestigationReader extends SeenInvestigations {
  /** @param moments without it, an answer as recorded by a moment goes by what the tables hold */
  constructor(reads: Pick<ReadStore, 'db' | 'numberRecordedBy' | 'onBatch' | 'ready'>, clock: Clock, moments?: Pick<RecordedMoments, 'isSettled'>) {
    super(new StandingTables(reads, clock, moments));
  }

  /** The same questions for somebody with these rights. Keep it while they hold: it remembers what is there for them. */
  seenBy(sight: Sight): InvestigationQueries {
    return new SeenInvestigations(this.tables, sight);
  }
}
