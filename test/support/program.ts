/** The compiled program over a sample ledger, in a process of its own, or in five. */
export interface Program {
  readonly url: string;
  /** Number of the last event in the ledger. */
  head(): Promise<number>;
  /** An access token of an invented user. */
  token(user?: string): Promise<string>;
  /** References of the investigations of the sample that are this sensitive. */
  reassessed(sensitivity: 'RESTRICTED' | 'SENSITIVE'): Promise<readonly string[]>;
  /** Has every session of a user run out, as if they had not clicked for too long. */
  runOut(user: string): Promise<void>;
  /** Has every proof of identity of a user be too old for an act of weight. */
  proveOld(user: string): Promise<void>;
  /** Lets so many hours go by on the sample's clock. */
  pass(hours: number): Promise<void>;
  stop(): Promise<void>;
}
