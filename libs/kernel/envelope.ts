import type { EffectiveAt } from './effective-at';
import type { Instant } from './ids';
import type { Private } from './sealed';

/** Who acted, with the role, agency and team held at the time. `unverified`: nobody signed in; `system`: a program, named by `id`. */
export interface Actor {
  readonly kind: 'unverified' | 'system' | 'user';
  readonly id: string;
  readonly role?: string;
  readonly agency?: string;
  readonly team?: string;
}

/** The record another system keeps of the same fact. */
export interface SourceReference {
  readonly system: string;
  readonly id: string;
}

/** Names the event that this one puts right: `replacement` takes its place, `void` takes it away. */
export interface Correction {
  readonly event: string;
  readonly as: 'replacement' | 'void';
}

/** DPA 2018 Part 3 for competent authorities; UK GDPR and Part 2 for everyone else. */
export type LegalRegime = 'DPA_PART3' | 'UK_GDPR_PART2';
export type Track = 'STANDARD' | 'SENSITIVE';
/** DPA 2018 s.38(2): fact is kept apart from personal assessment. */
export type AssertionKind = 'FACT' | 'PERSONAL_ASSESSMENT';

/** What stands beside every event for ever. Frozen: fields may be added, never renamed or reshaped. */
export interface Envelope {
  /** Shape version of `data`. */
  readonly v: number;
  readonly effectiveAt: EffectiveAt;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly commandId: string;
  /** Keyed digest of the command, so that the same id with another body is noticed. */
  readonly commandDigest?: string;
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly source?: SourceReference;
  readonly regime: LegalRegime;
  /** Government security marking, for example `OFFICIAL-SENSITIVE`. */
  readonly marking: string;
  readonly track: Track;
  readonly assertion: AssertionKind;
  readonly corrects?: Correction;
  readonly reason?: Private;
  readonly program: string;
}

/** What a command brings for the envelope of the events it causes. */
export interface CommandContext {
  readonly commandId: string;
  readonly commandDigest?: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly actor: Actor;
  readonly effectiveAt: EffectiveAt;
  readonly source?: SourceReference;
  readonly regime: LegalRegime;
  readonly marking: string;
  readonly track: Track;
  readonly assertion: AssertionKind;
  readonly reason?: Private;
}
