import { fold } from '#kernel';
import type { Clock, CommandContext, NominalId, RecordKeyId, Unsealed } from '#kernel';
import { idFrom } from '#platform/event-store';
import type { Ledger } from '#platform/event-store';
import { minuteOf } from '#platform/requests';
import type { KeyStore, Vault } from '#platform/vault';
import type { DataSubjectCommand } from '../domain/data-subject.commands';
import { dataSubject } from '../domain/data-subject.decider';
import type { DataSubjectEvent } from '../domain/data-subject.events';
import type { ErasureCase } from '../domain/data-subject.state';
import { erasurePlan, keysThatGo } from '../domain/erasure-plan';
import type { Replacement } from '../domain/erasure-plan';
import { textRedaction } from '../domain/text-redaction';
import { dataSubjectStream } from './held-texts';
import type { HeldTexts } from './held-texts';

/** Those to whom records of a person were disclosed, by opaque names (DPA 2018 s.48(9)). */
export interface Recipients {
  of(nominalId: NominalId): Promise<readonly string[]>;
}

/** What an erasure works with. */
export interface ErasureParts {
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly keys: KeyStore;
  readonly texts: HeldTexts;
  readonly recipients: Recipients;
  /** What runs against the person now, by name. */
  readonly liveMeasures: (nominalId: NominalId) => Promise<readonly string[]>;
  readonly clock: Clock;
}

type Step = 'begin' | 'complete';
type Words = { readonly key: RecordKeyId; readonly text: string };

/**
 * Carries out an authorised erasure. Words for the others are recorded first, then which keys go, then the keys are destroyed, then comes the
 * receipt. In this order a crash loses nothing: until the keys are named, everything can still be read and the run begins again; once they are
 * named, every start destroys them again, also over older keys; and a receipt never says of a key that it is gone while it may be there. Every
 * step done twice does nothing the second time.
 */
export class ErasureRun {
  constructor(private readonly parts: ErasureParts) {}

  /** Does what is left to do of a request; nothing when it was not authorised or is done. @throws StoreUnavailableError ask again */
  async run(nominalId: NominalId, requestId: string): Promise<void> {
    const found = (await this.state(nominalId)).erasures[requestId];
    if (found?.stage === 'AUTHORISED') await this.begin(nominalId, found);
    if (found?.stage === 'AUTHORISED' || found?.stage === 'BEGUN') await this.finish(nominalId, found);
  }

  private async begin(nominalId: NominalId, { requestId, redactions, authorisation }: ErasureCase): Promise<void> {
    const given = new Set(redactions.map(({ text }) => text.key));
    const { replacements, keys } = erasurePlan(await this.parts.texts.of(nominalId, given), redactions, nominalId);
    const opened = await this.parts.vault.open(redactions.map(({ text }, i) => ({ eventId: authorisation!, path: `data.redactions.${i}.text`, value: text })));
    const words = redactions.map(({ text }, i) => ({ key: text.key, text: opened[i] ?? '' }));
    // If it dies between two of them, the next run finds those recorded already and gives the rest.
    for (const each of replacements) await this.replace(requestId, each, words[each.redaction]!);
    await this.send(nominalId, requestId, 'begin', { type: 'BeginErasure', data: { nominalId, requestId, keys, liveMeasures: await this.parts.liveMeasures(nominalId) } });
  }

  private async replace(requestId: string, { stream, event, path, about }: Replacement, { key, text }: Words): Promise<void> {
    const sealed: Unsealed = { unsealed: text, key, ...(about.length > 0 ? { about } : {}) };
    const { events } = await this.parts.ledger.history(stream);
    const { track, marking } = events.find(({ id }) => id === event)!.metadata;
    const context = { ...this.context(idFrom(requestId, stream, event, path), requestId), track, marking };
    await this.parts.ledger.transact(textRedaction, stream, { type: 'RedactText', data: { event, path, text: sealed }, context });
  }

  private async finish(nominalId: NominalId, { requestId, redactions }: ErasureCase): Promise<void> {
    // If it dies here, the next start destroys them (`replayErasures`) and comes back for the receipt.
    await this.parts.keys.destroy(...(await this.named(nominalId, requestId)));
    while (await this.tookMore(nominalId, requestId));
    const keys = await this.named(nominalId, requestId);
    const recipientsToTell = await this.parts.recipients.of(nominalId);
    const receipt = { nominalId, requestId, keysDestroyed: keys.length, textsRedacted: redactions.length, recipientsToTell };
    await this.send(nominalId, requestId, 'complete', { type: 'CompleteErasure', data: receipt });
  }

  /** Words that were on their way to the log when the keys were named; none set out later, because a person who is being erased is named no more. */
  private async tookMore(nominalId: NominalId, requestId: string): Promise<boolean> {
    const keys = keysThatGo(await this.parts.texts.of(nominalId), nominalId);
    if (keys.length === 0) return false;
    await this.send(nominalId, requestId, 'begin', { type: 'BeginErasure', data: { nominalId, requestId, keys, liveMeasures: [] } }, keys[0]);
    await this.parts.keys.destroy(...keys);
    return true;
  }

  private async named(nominalId: NominalId, requestId: string): Promise<readonly RecordKeyId[]> {
    const { events } = await this.parts.ledger.history<DataSubjectEvent>(dataSubjectStream(nominalId));
    return events.flatMap((event) => {
      const { type, data } = event as DataSubjectEvent;
      return type === 'ErasureBegun' && data.requestId === requestId ? data.keys : [];
    });
  }

  private async state(nominalId: NominalId): Promise<ReturnType<typeof fold<DataSubjectCommand, typeof dataSubject.initialState, DataSubjectEvent>>> {
    return fold(dataSubject, (await this.parts.ledger.history<DataSubjectEvent>(dataSubjectStream(nominalId))).events);
  }

  private async send(nominalId: NominalId, requestId: string, step: Step, command: Pick<Extract<DataSubjectCommand, { type: 'BeginErasure' | 'CompleteErasure' }>, 'type' | 'data'>, more?: RecordKeyId): Promise<void> {
    const context = this.context(more === undefined ? idFrom(requestId, step) : idFrom(requestId, step, more), requestId);
    await this.parts.ledger.transact(dataSubject, dataSubjectStream(nominalId), { ...command, context } as DataSubjectCommand);
  }

  private context(commandId: string, requestId: string): CommandContext {
    return {
      commandId, correlationId: requestId, causationId: requestId, actor: { kind: 'system', id: 'erasure' }, effectiveAt: minuteOf(this.parts.clock()),
      regime: 'DPA_PART3', marking: 'OFFICIAL-SENSITIVE', track: 'STANDARD', assertion: 'FACT',
    };
  }
}
