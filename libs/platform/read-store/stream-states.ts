interface Remembered {
  readonly state: unknown;
  /** Of the last event that is in the state. */
  readonly revision: number;
  /** Stored bytes of the events that are in the state. */
  readonly bytes: number;
}

interface Stream {
  /** Of the projection that remembers most: they share the events. */
  bytes: number;
  readonly byProjection: Map<string, Remembered>;
}

/** Stored bytes of the events whose states are kept; decoded, they take two to three times as much. */
const BUDGET = 32 * 1024 * 1024;

/** What projections remember of the streams used last, within a budget. Anything may be missing at any time: it is made again from the log. */
export class StreamStates {
  private readonly streams = new Map<string, Stream>();
  private bytes = 0;

  constructor(private readonly budget = BUDGET) {}

  /** What is remembered of a stream up to and including this revision. */
  at(projection: string, stream: string, revision: number): Remembered | undefined {
    const remembered = this.streams.get(stream)?.byProjection.get(projection);
    return remembered?.revision === revision ? remembered : undefined;
  }

  keep(projection: string, stream: string, remembered: Remembered): void {
    const entry = this.streams.get(stream) ?? { bytes: 0, byProjection: new Map<string, Remembered>() };
    // Taken out and put back, so that the map is ordered by last use.
    this.streams.delete(stream);
    this.streams.set(stream, entry);
    entry.byProjection.set(projection, remembered);
    const more = Math.max(0, remembered.bytes - entry.bytes);
    entry.bytes += more;
    this.bytes += more;
    this.shrink(stream);
  }

  forget(projection: string, stream: string): void {
    this.streams.get(stream)?.byProjection.delete(projection);
  }

  forgetAll(projection: string): void {
    for (const { byProjection } of this.streams.values()) byProjection.delete(projection);
  }

  private shrink(keeping: string): void {
    for (const [stream, { bytes }] of this.streams) {
      if (this.bytes <= this.budget || stream === keeping) return;
      this.streams.delete(stream);
      this.bytes -= bytes;
    }
  }
}
