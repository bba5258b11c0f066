/** Streams whose ids are remembered; each costs about 100 bytes an event. */
const STREAMS = 500;
/** A resend that does not say where it belongs is recognised among so many newest events of its stream. */
const OF_A_STREAM = 10_000;

/** Ids by stream, for appends that say no revision. Asked for longest ago makes room. */
export class KnownIds {
  private readonly streams = new Map<string, Map<string, number>>();

  /** @param load all ids of a stream with their revisions, the oldest first */
  constructor(private readonly load: (stream: string, newest: number) => Iterable<readonly [id: string, revision: number]>) {}

  of(stream: string): ReadonlyMap<string, number> {
    const ids = this.streams.get(stream) ?? new Map(this.load(stream, OF_A_STREAM));
    this.streams.delete(stream);
    this.streams.set(stream, ids);
    if (this.streams.size > STREAMS) this.streams.delete(this.streams.keys().next().value!);
    return ids;
  }

  /** Tells of an event that was written; nothing is kept of streams that nobody asked for. */
  add(stream: string, id: string, revision: number): void {
    const ids = this.streams.get(stream);
    if (!ids) return;
    ids.set(id, revision);
    if (ids.size > OF_A_STREAM) ids.delete(ids.keys().next().value!);
  }
}
