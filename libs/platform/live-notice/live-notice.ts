/** Something was recorded. Holds nothing personal and no word of what was said: whoever hears it decides whom it may be told. */
export interface LiveNotice {
  /** Where: an opaque name. */
  readonly topic: string;
  /** How many events in a row; 1 when left out. */
  readonly count?: number;
  /** Event number of the last of them. */
  readonly number: number;
}

/**
 * Carries word of what was recorded to every process that shows pages. Word may be lost or come twice, for it is no record: whoever counts goes by
 * event numbers, and what is missed is found in the log.
 */
export interface LiveNotices {
  /** Whether anybody may be listening: where nobody is, a publisher may spare itself the work. */
  readonly heard: boolean;
  /** Tells every listener, in this process and in others. Never throws. */
  publish(notice: LiveNotice): void;
  /** Settles when the listener hears what is published from then on, in the order of each publisher; gives how to stop that. A listener that throws harms nobody. */
  subscribe(listener: (notice: LiveNotice) => void): Promise<() => void>;
  /** Nothing is heard after this settles. May be called more than once. */
  close(): Promise<void>;
}
