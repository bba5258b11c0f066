import { randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { instantOf, londonOffset, parseEffectiveAt } from '#kernel';
import type { Actor, CommandContext, EffectiveAt, Envelope, NominalId, RecordKeyId, Unsealed } from '#kernel';
import { idFrom } from '#platform/event-store';
import type { EnvelopeSaid, FactRequest } from './fact-request';

/** Who sends a request, by which door, and what makes a resend the same request. */
export interface Sender {
  readonly actor: Actor;
  /** The route or command name, so that one key may be used at two doors. */
  readonly route: string;
  readonly idempotencyKey?: string;
  /** The revision the sender saw; the command is then not retried after a conflict. */
  readonly expectedRevision?: number;
  /** Milliseconds since 1970, from the folder's clock. */
  readonly now: number;
  /** Keyed digest of the folder (see `Vault.digest`). */
  digest(text: string): string;
}

const MINUTE = 60_000;

/** An instant as people write it: to the minute, with the offset of Europe/London. */
export const minuteOf = (ms: number): EffectiveAt => {
  const minute = Math.floor(ms / MINUTE) * MINUTE;
  // Everything that is sent within a minute without a time asks for the same one.
  if (minute !== latest.minute) latest = { minute, written: written(minute) };
  return latest.written;
};

let latest: { readonly minute: number; readonly written: EffectiveAt } = { minute: NaN, written: { precision: 'unknown' } };

const written = (minute: number): EffectiveAt => {
  const offset = londonOffset(minute);
  const local = instantOf(minute + offset).slice(0, 16);
  const hours = `${offset < 0 ? '-' : '+'}${String(Math.abs(offset) / 3_600_000).padStart(2, '0')}:00`;
  return { precision: 'minute', from: `${local}${hours}` };
};

/** The id of the command that this request becomes: the same for a resend with the same key, else new. */
export const commandIdOf = ({ actor, route, idempotencyKey }: Sender): string =>
  idempotencyKey === undefined ? randomUUID() : idFrom(actor.id, route, idempotencyKey);

/** A free text under a key of its own. `about`: the people it speaks of, so that each can be erased from it. */
export const textOf = (commandId: string, path: string, text: string, about: readonly NominalId[] = []): Unsealed => {
  const key = `text-${idFrom(commandId, path)}` as RecordKeyId;
  return about.length > 0 ? { unsealed: text, key, about } : { unsealed: text, key };
};

/** A personal detail under the person's own key. */
export const personalOf = (nominalId: NominalId, text: string): Unsealed =>
  ({ unsealed: text, key: `nominal-${nominalId}` as RecordKeyId });

/** What the request and its sender bring for the envelope of the events to come. */
export const contextOf = (request: FactRequest, sender: Sender, commandId: string): CommandContext => ({
  commandId,
  commandDigest: sender.digest(canonicalize({ ...request }) as string),
  correlationId: commandId,
  actor: sender.actor,
  effectiveAt: request.effectiveAt ? parseEffectiveAt(request.effectiveAt) : minuteOf(sender.now),
  regime: 'DPA_PART3',
  marking: request.marking ?? 'OFFICIAL-SENSITIVE',
  track: request.track ?? 'STANDARD',
  assertion: request.assertion ?? 'FACT',
  ...(request.reason === undefined ? {} : { reason: textOf(commandId, 'reason', request.reason) }),
});

/** What a request says of the envelope by itself, before `contextOf` fills in the rest. */
export const saidIn = ({ effectiveAt, assertion, track, marking }: FactRequest): EnvelopeSaid => ({ effectiveAt, assertion, track, marking });

/** The context of a correction: what its request does not say stays as the entry says it, so that a sensitive entry stays sensitive and its date stands. */
export const correctingContext = (context: CommandContext, said: EnvelopeSaid, entry: Envelope | undefined): CommandContext => (entry ? {
  ...voidingContext(context, said, entry),
  effectiveAt: said.effectiveAt ? context.effectiveAt : entry.effectiveAt,
  assertion: said.assertion ?? entry.assertion,
} : context);

/** The context in which an entry is taken away: as sensitive and marked as the entry, where the request does not say. */
export const voidingContext = (context: CommandContext, said: EnvelopeSaid, entry: Envelope | undefined): CommandContext =>
  (entry ? { ...context, track: said.track ?? entry.track, marking: said.marking ?? entry.marking } : context);
