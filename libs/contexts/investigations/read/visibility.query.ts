import type { ReadDatabase } from '#platform/read-store';
import { accessFactsWhere } from './access-facts';
import type { Found } from './access-facts';
import { FOREVER, LATEST } from './case-tracks';
import { STANDING } from './investigation.tables';
import type { Condition } from './question';
import { relationOf } from './relation';
import type { Asker } from './relation';
import { isOpenAt, needsList } from './visible';
import type { Permitted, Sight, Visible } from './visible';

/** Whether how the asker stands to this investigation is enough. */
export const isEnough = (permitted: Permitted, asker: Asker, { id, facts }: Found): boolean => permitted(facts.sensitivity, relationOf(asker, id, facts));

const onLists = ({ investigations, operations }: Asker): Condition => ({
  sql: 'opener IN (SELECT opener FROM investigation WHERE investigation IN (SELECT value FROM json_each(?)))',
  values: [JSON.stringify([...investigations, ...[...operations.values()].flatMap((reached) => [...reached])])],
});

/** Standing rows among which there may be such as somebody may know and such as they may not; `usual`: they may know all STANDARD ones. */
const rowsToLookAt = ({ know, asker }: Sight, usual: boolean): Condition[] => {
  if (!usual && !needsList(know)) return [{ sql: '1', values: [] }];
  // Of those whose opening was voided the standing row does not say how they stood.
  const voided = { sql: "active = 0 AND area = ''", values: [] };
  return usual ? [{ sql: 'sensitivity > 0', values: [] }, voided] : [onLists(asker), voided];
};

/** The plus signs keep SQLite from the index of standing rows, which is long where the numbers after the last are few. */
const changedAfter = (number: number): Condition => ({ sql: `recFrom > ? AND +recTo = ${LATEST} AND +effTo = ${FOREVER}`, values: [number] });

/**
 * Which investigations are there for one asker. Rights say it by sensitivity and relation: of the rows that these may tell apart all are looked at
 * once, and from then on those that new events have changed.
 */
export class Visibility {
  private readonly openers = new Set<number>();
  private readonly usual: boolean;
  private upTo = -1;
  private parked: string | undefined;

  constructor(private readonly sight: Sight) {
    this.usual = isOpenAt(sight.know, 'STANDARD');
  }

  /** As the tables stand with events up to `number` and the `parked` streams left out; inside the caller's snapshot. */
  at(db: ReadDatabase, number: number, parked: string): Visible {
    if (parked !== this.parked || number < this.upTo) this.load(db);
    else if (number > this.upTo) this.look(accessFactsWhere(db, changedAfter(this.upTo)));
    [this.upTo, this.parked] = [number, parked];
    const { key } = this.sight;
    return this.usual ? { key, except: this.openers } : { key, only: this.openers };
  }

  private load(db: ReadDatabase): void {
    this.openers.clear();
    for (const { sql, values } of rowsToLookAt(this.sight, this.usual)) this.look(accessFactsWhere(db, { sql: `${sql} AND ${STANDING}`, values }));
  }

  private look(found: readonly Found[]): void {
    for (const one of found) {
      if (isEnough(this.sight.know, this.sight.asker, one) === this.usual) this.openers.delete(one.opener);
      else this.openers.add(one.opener);
    }
  }
}
