import type { AssertionKind, EffectiveAt, Track } from '#kernel';
import { Code, EffectiveAtField, Text } from './fields';

/** What a request may say of the envelope. */
export type EnvelopeSaid = Pick<FactRequest, 'effectiveAt' | 'assertion' | 'track' | 'marking'>;

/** What every request to record a fact may say besides the fact. */
export class FactRequest {
  @EffectiveAtField({ description: 'When it happened; now, to the minute, when not given', optional: true })
  effectiveAt?: EffectiveAt;

  @Text({ description: 'Why this is recorded; sealed', optional: true })
  reason?: string;

  @Code(['FACT', 'PERSONAL_ASSESSMENT'], { description: 'Fact or personal assessment (DPA 2018 s.38(2)); FACT when not given', optional: true })
  assertion?: AssertionKind;

  @Code(['STANDARD', 'SENSITIVE'], { description: 'Sensitivity track; STANDARD when not given', optional: true })
  track?: Track;

  @Code(['OFFICIAL', 'OFFICIAL-SENSITIVE'], { description: 'Security marking; OFFICIAL-SENSITIVE when not given', optional: true })
  marking?: string;
}
