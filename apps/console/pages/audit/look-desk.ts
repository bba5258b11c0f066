import { Inject, Injectable } from '@nestjs/common';
import type { Reader } from '#platform/access';
import type { Consultation, ShownRecords } from '#contexts/oversight';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import type { Namer } from '../views/look-rows';
import { FormTokens } from '../recording/form-token';
import { readerOf } from './asking-reader';
import type { AuditParts } from './audit-parts';
import { purposePage } from './purpose.presenter';
import { PurposesGiven } from './purposes-given';

/** Who looks at the log, what they are told of, and how their own look is kept. */
export interface LogReading {
  readonly reader: Reader;
  readonly covert: boolean;
  readonly namer: Namer;
  /** Settles when the look is durable: nothing is shown before. @throws LookNotRecordedError */
  record(route: string, shown: readonly ShownRecords[], question?: Consultation['question']): Promise<void>;
}

/** Lets nobody look at the log who has not said for what, and nobody without a trace. */
@Injectable()
export class LookDesk {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly purposes: PurposesGiven, private readonly tokens: FormTokens,
    private readonly pages: Pages,
  ) {}

  get oversight(): AuditParts {
    return this.parts.oversight;
  }

  /** Undefined when the reader was asked for a purpose instead. @throws NotSignedIn */
  open(request: WebRequest, reply: WebReply): LogReading | undefined {
    const reader = readerOf(request);
    const purpose = this.purposes.of(reader);
    if (purpose === undefined) {
      this.ask(request, reply, request.url);
      return undefined;
    }
    const { oversight } = this;
    return {
      reader, covert: oversight.seesCovert(reader), namer: (kind, id) => oversight.referenceOf(reader, kind, id),
      record: (route, shown, question) => oversight.looks.record(reader, { kind: 'consultation', door: 'PAGE', route, shown, question, reason: { code: purpose } }),
    };
  }

  /** Shows the question for what the log is needed. */
  ask(request: WebRequest, reply: WebReply, to: string, missing = false): void {
    this.pages.show(reply, purposePage(this.tokens.issue(request).token, to, missing));
  }
}
