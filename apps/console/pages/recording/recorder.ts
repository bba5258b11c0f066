import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { fold, WrongExpectedVersionError } from '#kernel';
import type { NominalId } from '#kernel';
import { investigation, investigationCommand, investigationRequests } from '#contexts/investigations';
import type { InvestigationCommand, InvestigationCommandName, InvestigationEvent, InvestigationMessage, InvestigationRequest } from '#contexts/investigations';
import { nominalCommand, nominalRequests } from '#contexts/nominals';
import type { NominalMessage } from '#contexts/nominals';
import { actorOf } from '#platform/access';
import { IdempotencyKeyReusedError } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import { validateRequest } from '#platform/requests';
import type { Sender } from '#platform/requests';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import type { Admission } from '../../../guard';
import type { Answers } from './answers';
import { withChargeIds } from './correction-values';
import type { Occasion } from './occasion';
import { OnlyRegisteredError } from './only-registered.error';
import { holdsTexts, sameEntry } from './same-entry';

const VISIBLE_WITHIN = 1000;

/** What the sender of a form saw, and the key that makes a second sending the same one. */
export interface Sending {
  readonly key: string;
  readonly revision?: number;
}

export interface Rehearsal {
  /** The record says it already. */
  readonly nothingNew: boolean;
  /** The number of the entry that does. */
  readonly same?: number;
}

export type Outcome = { readonly nothingNew: false; readonly number: number } | { readonly nothingNew: true; readonly same?: number };

/** Takes a checked form to the command bus and waits until the pages show it. */
@Injectable()
export class Recorder {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly bus: CommandBus) {}

  /**
   * Records what a form says; the number of its first event. A person of the same form is registered only when the rules take what is
   * recorded of that person.
   * @throws OnlyRegisteredError when somebody came between the two; else whatever the rules, the request check or the store throw
   */
  async record(occasion: Occasion, answers: Answers, sending: Sending): Promise<Outcome> {
    const { person, order } = this.orders(occasion, answers, sending);
    const expected = await this.rehearsed(order, occasion);
    if (expected.nothingNew) return { ...expected, nothingNew: true };
    if (person) await this.bus.execute(person);
    const receipt = await this.execute(order, person?.nominalId);
    await this.parts.reads.waitFor(receipt.position, VISIBLE_WITHIN);
    const { events } = await this.parts.ledger.history(receipt.stream);
    const first = events.find(({ id }) => id === receipt.events[0]);
    return first ? { nothingNew: false, number: first.number } : { nothingNew: true };
  }

  /** What recording would come to now, without writing anything. @throws what recording would throw */
  rehearse(occasion: Occasion, answers: Answers, sending: Sending): Promise<Rehearsal> {
    return this.rehearsed(this.orders(occasion, answers, sending).order, occasion);
  }

  private orders(occasion: Occasion, answers: Answers, sending: Sending): { readonly person: NominalMessage | undefined; readonly order: InvestigationMessage } {
    const person = this.registration(occasion, answers, sending);
    return { person, order: this.order(occasion, person ? { ...answers.plain, nominalId: person.nominalId } : answers.plain, sending) };
  }

  /** Under a key of the form and of what it says about the person: other details are another registration, never a refused resend. */
  private registration({ admission }: Occasion, { person }: Answers, { key }: Sending): NominalMessage | undefined {
    if (person?.choice !== 'new') return undefined;
    const request = validateRequest(nominalRequests.RegisterPerson, person.person);
    const own = `${key} ${this.parts.vault.digest(JSON.stringify(person.person))}`;
    return nominalCommand('RegisterPerson', undefined, request, this.sender(admission, 'console register-person', { key: own }));
  }

  private order({ admission, task, entry, found }: Occasion, plain: Readonly<Record<string, unknown>>, sending: Sending): InvestigationMessage {
    const { effectiveAt, reason, ...data } = plain;
    const of = (name: InvestigationCommandName, asked: object): InvestigationMessage => {
      const request = validateRequest(investigationRequests[name] as new () => InvestigationRequest, asked);
      return investigationCommand(name, found?.id, request as never, this.sender(admission, `console ${name}`, sending), admission.seen.queries);
    };
    if (!entry) return of(task.command, plain);
    if (plain.action === 'void') return of('VoidEntry', { event: entry.id, reason });
    return of('CorrectEntry', { event: entry.id, type: entry.type, data: withChargeIds(data, entry), effectiveAt, reason });
  }

  private async rehearsed(order: InvestigationMessage, occasion: Occasion): Promise<Rehearsal> {
    const { investigationId, type, data, context, expectedRevision } = order;
    const stream = `investigation-${investigationId}`;
    const { events, revision } = await this.parts.ledger.history<InvestigationEvent>(stream);
    const earlier = events.find(({ metadata }) => metadata.commandId === context.commandId);
    if (earlier && earlier.metadata.commandDigest !== context.commandDigest) throw new IdempotencyKeyReusedError();
    if (earlier) return { nothingNew: false };
    if (expectedRevision !== undefined && expectedRevision !== revision) throw new WrongExpectedVersionError(stream, expectedRevision, revision);
    const facts = investigation.decide({ type, data, context } as InvestigationCommand, fold(investigation, events));
    const same = sameEntry(order, occasion);
    return { nothingNew: facts.length === 0 || (same !== undefined && holdsTexts(order)), ...(same && { same: same.number }) };
  }

  private async execute(order: InvestigationMessage, registered: NominalId | undefined): Promise<Receipt> {
    try {
      return await this.bus.execute(order);
    } catch (error) {
      throw registered ? new OnlyRegisteredError(registered, error) : error;
    }
  }

  private sender({ reader }: Admission, route: string, { key, revision }: Sending): Sender {
    const { clock, vault } = this.parts;
    return {
      actor: actorOf(reader), route, idempotencyKey: key, ...(revision !== undefined && { expectedRevision: revision }),
      now: clock(), digest: (text) => vault.digest(text),
    };
  }
}
