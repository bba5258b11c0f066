import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NominalId } from '#kernel';
import { investigationCommand, investigationRequests } from '#contexts/investigations';
import type { InvestigationCommandName, InvestigationRequest } from '#contexts/investigations';
import { nominalCommand, nominalRequests } from '#contexts/nominals';
import type { Receipt } from '#platform/event-store';
import { validateRequest } from '#platform/requests';
import type { Sender } from '#platform/requests';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import type { Answers } from './answers';
import { withChargeIds } from './correction-values';
import type { Occasion } from './occasion';

const VISIBLE_WITHIN = 1000;

/** What the sender of a form saw, and the key that makes a second sending the same one. */
export interface Sending {
  readonly key: string;
  readonly revision?: number;
}

/** Takes a checked form to the command bus and waits until the pages show it. */
@Injectable()
export class Recorder {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly bus: CommandBus) {}

  /** The number of the last event recorded, or of the record's last when there was nothing new. @throws whatever the rules, the request check or the store throw */
  async record(occasion: Occasion, answers: Answers, sending: Sending): Promise<{ readonly number: number; readonly nothingNew: boolean }> {
    const nominalId = await this.register(answers, sending);
    const receipt = await this.send(occasion, nominalId ? { ...answers.plain, nominalId } : answers.plain, sending);
    await this.parts.reads.waitFor(receipt.position, VISIBLE_WITHIN);
    return { number: await this.numberOf(receipt), nothingNew: receipt.events.length === 0 };
  }

  /** A person registered in the same form. If it dies after this, the person stands and the form, sent again, links that same person. */
  private async register({ person }: Answers, sending: Sending): Promise<NominalId | undefined> {
    if (person?.choice !== 'new') return undefined;
    const request = validateRequest(nominalRequests.RegisterPerson, person.person);
    const order = nominalCommand('RegisterPerson', undefined, request, this.sender('console register-person', { key: sending.key }));
    await this.bus.execute(order);
    return order.nominalId;
  }

  private send({ task, entry, found }: Occasion, plain: Readonly<Record<string, unknown>>, sending: Sending): Promise<Receipt> {
    const { effectiveAt, reason, ...data } = plain;
    if (!entry) return this.execute(task.command, found?.id, plain, sending);
    if (plain.action === 'void') return this.execute('VoidEntry', found?.id, { event: entry.id, reason }, sending);
    return this.execute('CorrectEntry', found?.id, { event: entry.id, type: entry.type, data: withChargeIds(data, entry), effectiveAt, reason }, sending);
  }

  private execute(name: InvestigationCommandName, id: Parameters<typeof investigationCommand>[1], plain: object, sending: Sending): Promise<Receipt> {
    const request = validateRequest(investigationRequests[name] as new () => InvestigationRequest, plain);
    return this.bus.execute(investigationCommand(name, id, request as never, this.sender(`console ${name}`, sending)));
  }

  private sender(route: string, { key, revision }: Sending): Sender {
    const { clock, vault } = this.parts;
    return {
      actor: { kind: 'unverified', id: 'unverified' }, route, idempotencyKey: key, ...(revision !== undefined && { expectedRevision: revision }),
      now: clock(), digest: (text) => vault.digest(text),
    };
  }

  private async numberOf({ stream, events }: Receipt): Promise<number> {
    const history = await this.parts.ledger.history(stream);
    return (history.events.find(({ id }) => id === events.at(-1)) ?? history.events.at(-1)!).number;
  }
}
