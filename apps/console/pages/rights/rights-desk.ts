import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { DomainError, londonDate } from '#kernel';
import type { InvestigationId, LocalDate, NominalId } from '#kernel';
import type { LiveMeasure } from '#contexts/investigations';
import { dataSubjectCommand, dataSubjectRequests } from '#contexts/oversight';
import type { RightsParts } from '#contexts/oversight';
import { actorOf } from '#platform/access';
import type { Reader } from '#platform/access';
import type { Receipt } from '#platform/event-store';
import { InvalidRequestError, validateRequest } from '#platform/requests';
import { refusalSentence } from '../../../words';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import type { RightsError } from './rights-form';
import type { RightsTask } from './rights-tasks';

/** What stands behind these pages, under a name that Nest can hand out. */
export const RIGHTS_PARTS = Symbol('rights parts');

const VISIBLE_WITHIN = 1000;

/** A measure that runs against the person, with the reference of its investigation. */
export interface MeasureShown {
  readonly investigationId: InvestigationId;
  readonly reference: string;
  readonly measure: LiveMeasure;
}

/** Between the pages of a person's rights and what decides about them. */
@Injectable()
export class RightsDesk {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, @Inject(RIGHTS_PARTS) readonly rights: RightsParts, private readonly bus: CommandBus) {}

  /** ms since 1970. */
  now(): number {
    return this.parts.clock();
  }

  today(): LocalDate {
    return londonDate(this.now()) as LocalDate;
  }

  /** Measures on investigations that the reader may read. */
  async measures(nominalId: NominalId, reader: Reader): Promise<readonly MeasureShown[]> {
    const found = await this.rights.dataSubjects.measures(nominalId);
    const readable = await Promise.all(found.map(({ investigationId }) => this.rights.mayRead(reader, investigationId)));
    return found.filter((_, i) => readable[i]).flatMap(({ investigationId, measure }) => {
      const reference = this.rights.referenceOf(reader, investigationId);
      return reference === undefined ? [] : [{ investigationId, reference, measure }];
    });
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
