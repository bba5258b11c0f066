import { Inject, Injectable } from '@nestjs/common';
import type { Reader } from '#platform/access';
import type { Consultation, LookItem, ShownRecords } from '#contexts/oversight';
import { admissionOf } from '../../../guard';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import type { Names } from '../views/look-rows';
import { FormTokens } from '../recording/form-token';
import type { AuditParts } from './audit-parts';
import { UserAddresses } from './users';
import { purposePage } from './purpose.presenter';
import type { PurposeAsked } from './purpose.presenter';
import { PurposesGiven } from './purposes-given';

/** Who looks at the log, what they are told of, and how their own look is kept. */
export interface LogReading {
  readonly reader: Reader;
  readonly covert: boolean;
  /** What the reader may be told of what these looks name. */
  names(looks: readonly LookItem[]): Promise<Names>;
  /** Settles when the look is durable: nothing is shown before. @throws LookNotRecordedError */
  record(route: string, shown: readonly ShownRecords[], question?: Consultation['question']): Promise<void>;
}

/** Lets nobody look at the log who has not said for what, and nobody without a trace. */
@Injectable()
export class LookDesk {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly purposes: PurposesGiven, private readonly tokens: FormTokens,
    private readonly users: UserAddresses, private readonly pages: Pages,
  ) {}

  get oversight(): AuditParts {
    return this.parts.oversight;
  }

  /** Undefined when the reader was asked for a purpose instead. */
  async open(request: WebRequest, reply: WebReply): Promise<LogReading | undefined> {
    const { reader } = admissionOf(request);
    const purpose = await this.purposes.of(reader);
    if (purpose === undefined) {
      this.ask(reply, { token: this.tokens.issue(request).token, to: request.url });
      return undefined;
    }
    const { oversight } = this;
    return {
      reader, covert: oversight.seesCovert(reader),
      names: async (looks) => ({
        referenceOf: (kind, id) => oversight.referenceOf(reader, kind, id), userId: (user) => this.users.idOf(user), asked: await oversight.askedIn(reader, looks),
      }),
      record: (route, shown, question) => oversight.looks.record(reader, { kind: 'consultation', door: 'PAGE', route, shown, question, reason: { code: purpose } }),
    };
  }

  /** Shows the question for what the log is needed. */
  ask(reply: WebReply, asking: PurposeAsked): void {
    this.pages.show(reply, purposePage(asking));
  }
}
