import { NotFoundException } from '@nestjs/common';

/** The reference in the address stands on more than one record; `references` names each. */
export class SeveralNamedError extends NotFoundException {
  constructor(readonly references: readonly string[]) {
    super();
  }
}
