import { dateOfDay, londonDay, londonOffset } from '#kernel';
import type { Actor, CommandContext, EffectiveAt, Message, NominalId, RecordKeyId, Unsealed } from '#kernel';
import { eventId, idFrom } from '#platform/event-store';
import { atTheDesk, SAMPLE_END, TAKE_ON_DAY } from './calendar';
import type { Random } from './random';

/** A command before it has its context. */
export type Order<C> = C extends unknown ? Omit<C, 'context'> : never;

/** A command of the sample: what somebody recorded in which stream, and when (ms). Its context is made when it is needed. */
export interface Entry<C extends Message = Message> {
  readonly stream: string;
  /** Moved on by a little where several were recorded at once. */
  recorded: number;
  readonly commandId: string;
  readonly actor: Actor;
  readonly at: number;
  readonly precision: 'minute' | 'day';
  readonly reason?: Unsealed;
  readonly command: C;
}

export interface Happening {
  /** When it happened, ms. */
  readonly at: number;
  /** How long it then took to be recorded, ms; what is known at once is recorded within the hour, or next morning. */
  readonly late?: number;
  /** Recorded at this instant (ms) exactly. */
  readonly recorded?: number;
  readonly precision?: 'minute' | 'day';
  readonly reason?: string;
  /** Who recorded it, where it was not whoever works on the case. */
  readonly actor?: Actor;
  /** The suspect link it belongs to: facts of one link are recorded in their order, those of different links need not be. */
  readonly link?: string;
}

const MINUTE = 60_000;
const pad = (n: number): string => String(Math.abs(n)).padStart(2, '0');

/** An instant as somebody writes it: local time with its offset, or the day alone. */
export const written = (ms: number, precision: 'minute' | 'day' = 'minute'): EffectiveAt => {
  if (precision === 'day') return { precision, from: dateOfDay(londonDay(ms)) };
  const offset = londonOffset(ms);
  const local = new Date(ms + offset).toISOString().slice(0, 16);
  return { precision, from: `${local}+${pad(offset / 3_600_000)}:00` };
};

/** The command as the rules take it. */
export const withContext = <C extends Message>({ command, commandId, actor, at, precision, reason }: Entry<C>): C & { readonly context: CommandContext } => ({
  ...command,
  context: {
    commandId, correlationId: commandId, actor, effectiveAt: written(at, precision), regime: 'DPA_PART3', marking: 'OFFICIAL-SENSITIVE', track: 'STANDARD',
    assertion: 'FACT', ...(reason ? { reason } : {}),
  },
});

/** Writes the commands of one stream in the order in which they were recorded, none before what it rests on. */
export class StreamWriter<C extends Message> {
  readonly entries: Entry<C>[] = [];
  private ordinal = 0;
  private opened = -Infinity;
  private readonly last = new Map<string, number>();

  constructor(
    readonly stream: string, private readonly random: Random, private readonly actor: Actor, private readonly takenOnAt: number,
  ) {}

  /** The id that the next command will have; texts of it are sealed under keys made from it. */
  get nextCommandId(): string {
    return idFrom('rotherham-2019', this.stream, String(this.ordinal));
  }

  /** A text of the next command, under a key of its own. */
  text(path: string, unsealed: string, about?: readonly NominalId[]): Unsealed {
    const key = `text-${idFrom(this.nextCommandId, path)}` as RecordKeyId;
    return { unsealed, key, ...(about ? { about } : {}) };
  }

  /** Adds a command; returns the id of its first event. */
  record(command: C, happening: Happening): string {
    const { at, precision = 'minute', reason, link = 'case', actor = this.actor } = happening;
    const { stream, nextCommandId: commandId } = this;
    const recorded = this.recordedAt(happening);
    this.last.set(link, recorded);
    if (this.opened === -Infinity) this.opened = recorded;
    this.entries.push({ stream, recorded, commandId, actor, at, precision, command, ...(reason ? { reason: this.text('reason', reason) } : {}) });
    this.ordinal++;
    return eventId(commandId, stream, 0);
  }

  /** From here on, nothing is recorded before everything there is: a closing rests on all links. */
  gather(): void {
    this.opened = Math.max(this.opened, ...this.last.values());
  }

  private recordedAt({ at, late = 0, recorded, link = 'case' }: Happening): number {
    if (recorded !== undefined) return recorded;
    const before = Math.max(this.opened, this.last.get(link) ?? -Infinity) + MINUTE;
    if (londonDay(at) < TAKE_ON_DAY) return Math.max(before, this.takenOnAt);
    const noted = atTheDesk(at + late, this.random);
    return Math.max(before, noted < SAMPLE_END - 30 * MINUTE ? noted : at + 5 * MINUTE);
  }
}
