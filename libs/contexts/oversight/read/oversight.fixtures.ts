import { instantOf } from '#kernel';
import type { Envelope, InvestigationId, RecordedEvent } from '#kernel';
import { MemoryReads } from '#test/memory-reads';
import { investigationProjections } from '#contexts/investigations';
import { oversightProjections } from './projections';

const sealed = { key: 'text-1', iv: 'i', ct: 'c', tag: 't', kc: 'k' };

/** A ledger in the words of its events, numbered in the order of writing; each says when it was recorded and by whom. */
export class Daybook {
  readonly events: RecordedEvent[] = [];
  readonly reads = new MemoryReads([...investigationProjections, ...oversightProjections]);

  write(stream: string, type: string, data: object, at: string, by = 'DS 9', track = 'STANDARD'): this {
    const revision = this.events.filter((event) => event.stream === stream).length;
    const number = this.events.length;
    const metadata = { v: 1, effectiveAt: { precision: 'minute', from: `${at.slice(0, 16)}Z` }, recordedAt: instantOf(Date.parse(at)), actor: { kind: 'user', id: by }, track } as unknown as Envelope;
    this.events.push({ id: `e${number}`, type, data, stream, revision, number, position: String(number + 1), metadata });
    this.reads.apply(this.events.at(-1)!);
    return this;
  }

  opened(investigation: string, at: string, more: { by?: string; track?: string; team?: string } = {}): this {
    const { by = 'DC 8', track, team } = more;
    return this.write(`investigation-${investigation}`, 'InvestigationOpened', { investigationId: investigation, kind: 'CRIME', area: 'Rotherham', themes: [], team }, at, by, track);
  }

  about(investigation: string, type: string, data: object, at: string): this {
    return this.write(`investigation-${investigation}`, type, data, at);
  }

  granted(investigation: string, grantId: string, to: object, days: readonly [from: string, until: string], at: string): this {
    return this.write(`accessList-${investigation}`, 'AccessGranted', { on: { kind: 'INVESTIGATION', investigationId: investigation }, grantId, to, from: days[0], until: days[1], basis: sealed }, at);
  }

  /** @param reaches investigations of the operation to which the granter could give access */
  admitted(operation: string, grantId: string, to: object, days: readonly [from: string, until: string], at: string, reaches: readonly string[] = []): this {
    return this.write(`accessList-operation-${operation}`, 'AccessGranted', { on: { kind: 'OPERATION', operation }, grantId, to, from: days[0], until: days[1], basis: sealed, reaches }, at);
  }

  extended(operation: string, grantId: string, reaches: readonly string[], at: string): this {
    return this.write(`accessList-operation-${operation}`, 'AccessExtended', { grantId, reaches, basis: sealed }, at);
  }

  withdrawn(investigation: string, grantId: string, at: string): this {
    return this.write(`accessList-${investigation}`, 'AccessWithdrawn', { grantId, basis: sealed }, at, 'DS 8');
  }

  broken(investigation: string, breakGlassId: string, reader: string, at: string): this {
    const until = instantOf(Date.parse(at) + 8 * 3_600_000);
    return this.write(`accessList-${investigation}`, 'BreakGlassUsed', { on: { kind: 'INVESTIGATION', investigationId: investigation }, breakGlassId, reader, until, basis: sealed }, at, reader);
  }

  reviewed(investigation: string, breakGlassId: string, finding: string, at: string): this {
    return this.write(`accessList-${investigation}`, 'BreakGlassReviewed', { breakGlassId, finding, note: sealed }, at, 'AU 1');
  }

  post(userId: string, at: string, post: { role?: string; agency?: string; team?: string } = {}): this {
    const { role = 'DETECTIVE', agency = 'SYP', team } = post;
    return this.write(`user-${userId}`, 'PostTaken', { userId, role, agency, team }, at, userId);
  }

  left(userId: string, at: string): this {
    return this.write(`user-${userId}`, 'PostLeft', { userId }, at);
  }
}

export const user = (id: string) => ({ kind: 'USER', id });
export const agency = (name: string) => ({ kind: 'AGENCY', agency: name });
export const ms = (text: string): number => Date.parse(text);
export const theCase = 'a' as InvestigationId;
