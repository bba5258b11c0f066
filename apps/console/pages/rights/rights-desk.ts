import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { DomainError, londonDate } from '#kernel';
import type { InvestigationId, LocalDate, NominalId } from '#kernel';
import type { LiveMeasure } from '#contexts/investigations';
import { dataSubjectCommand, dataSubjectRequests } from '#contexts/oversight';
import { actorOf } from '#platform/access';
import type { Reader } from '#platform/access';
import type { Receipt } from '#platform/event-store';
import { InvalidRequestError, validateRequest } from '#platform/requests';
import { refusalSentence } from '../../../words';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import type { OpenedText, RightsError } from './rights-form';
import { RIGHTS_PARTS } from './rights-parts';
import type { RightsParts } from './rights-parts';
import type { RightsTask } from './rights-tasks';

const VISIBLE_WITHIN = 1000;

/** A measure that runs against the person, with the reference of its investigation. */
export interface MeasureShown {
  readonly reference: string;
  readonly measure: LiveMeasure;
}

/** Texts for whoever authorises. `unread`: how many stand on investigations that they may not read. */
export interface TextsShown {
  readonly texts: readonly OpenedText[];
  readonly unread: number;
}

/** Between the pages of a person's rights and what decides about them. */
@Injectable()
export class RightsDesk {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, @Inject(RIGHTS_PARTS) readonly rights: RightsParts, private readonly bus: CommandBus) {}

  today(): LocalDate {
    return londonDate(this.parts.clock()) as LocalDate;
  }

  /** Measures on investigations that the reader may read. */
  async measures(nominalId: NominalId, reader: Reader): Promise<readonly MeasureShown[]> {
    const found = await this.rights.dataSubjects.measures(nominalId);
    const readable = await Promise.all(found.map(({ investigationId }) => this.rights.mayRead(reader, investigationId)));
    return found.filter((_, i) => readable[i]).flatMap(({ investigationId, measure }) => {
      const reference = this.rights.referenceOf(reader, investigationId);
      return reference === undefined ? [] : [{ reference, measure }];
    });
  }

  /** Texts that stay when the person is erased, opened: who authorises must read all of them. */
  async texts(nominalId: NominalId, reader: Reader): Promise<TextsShown> {
    const all = await this.rights.dataSubjects.textsToLookAt(nominalId);
    const readable = await Promise.all(all.map(({ stream }) => this.mayReadStream(reader, stream)));
    const texts = all.filter((_, i) => readable[i]);
    const words = await this.parts.vault.open(texts.map(({ sealedAt, value }) => ({ eventId: sealedAt.event, path: sealedAt.path, value })));
    return { texts: texts.map((text, i) => ({ ...text, words: words[i] ?? null })), unread: all.length - texts.length };
  }

  private async mayReadStream(reader: Reader, stream: string): Promise<boolean> {
    const [, id] = /^investigation-(.+)$/.exec(stream) ?? [];
    return id === undefined || this.rights.mayRead(reader, id as InvestigationId);
  }

  /** Records a decision in the reader's name; answers what was wrong with it, where something was. `key`: makes a second sending the same one. */
  async decide(task: RightsTask, nominalId: NominalId, asked: object, reader: Reader, key: string): Promise<readonly RightsError[]> {
    const { clock, vault, reads } = this.parts;
    try {
      const request = validateRequest(dataSubjectRequests[task.command] as never, asked);
      const sender = { actor: actorOf(reader), route: `console ${task.command}`, idempotencyKey: key, now: clock(), digest: (text: string) => vault.digest(text) };
      const { position } = (await this.bus.execute(dataSubjectCommand(task.command, nominalId, request as never, sender))) as Receipt;
      await reads.waitFor(position, VISIBLE_WITHIN);
      return [];
    } catch (error) {
      if (error instanceof InvalidRequestError) return error.entries.map(({ field, message }) => ({ field, text: message }));
      if (error instanceof DomainError) return [{ field: error.facts.field ?? 'form', text: refusalSentence(error.code) }];
      throw error;
    }
  }
}
