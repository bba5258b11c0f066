import type { InvestigationAction, LedgerAction, PersonAction } from '#contexts/oversight';

/** What a policy must permit: with an investigation, with a person, or where no record is concerned. */
export type Action = InvestigationAction | PersonAction | LedgerAction;

/** Values of the parameters of an address. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** What an address names: a record by reference or id, or an event by number, which stands for the record that holds it. */
export interface Named {
  readonly record: 'investigation' | 'person' | 'event';
  /** The parameter that names it. */
  readonly by: string;
  /** Default: in the path. */
  readonly in?: 'query';
}

/** Who may come in at one address. Each address of the program has one row; one without a row does not start. */
export interface DoorRow {
  /** Method and pattern, as the router has them: `GET /investigations/:reference`. HEAD goes with GET. */
  readonly route: string;
  /** NOBODY: open to all; SIGNED_IN: whoever is signed in; else what a policy must permit. A function where a parameter decides; undefined: there is no such page. */
  readonly asks: 'NOBODY' | 'SIGNED_IN' | Action | ((parameters: Parameters) => Action | undefined);
  readonly of?: Named;
  /** Shows records, so that an answer without its record in the statutory log is a fault (Data Protection Act 2018 s.62). */
  readonly looks?: true;
  /** Asks whoever does it to prove again who they are. A function where a parameter decides. */
  readonly stepUp?: true | ((parameters: Parameters) => boolean);
}

/** The row of each route. @throws Error when two rows are of one route */
export class DoorTable {
  private readonly rows: ReadonlyMap<string, DoorRow>;

  constructor(rows: readonly DoorRow[]) {
    this.rows = new Map(rows.map((row) => [row.route, row]));
    if (this.rows.size !== rows.length) throw new Error('two rows of the access table are of one route');
  }

  /** All rows, for tests that try every one. */
  all(): readonly DoorRow[] {
    return [...this.rows.values()];
  }

  of(method: string, pattern: string): DoorRow | undefined {
    return this.rows.get(`${method === 'HEAD' ? 'GET' : method} ${pattern}`);
  }

  /** @throws Error when a route has no row: nobody has said who may come in there */
  require(method: string, pattern: string): void {
    if (!this.of(method, pattern)) throw new Error(`${method} ${pattern} has no row in the access table`);
  }
}
