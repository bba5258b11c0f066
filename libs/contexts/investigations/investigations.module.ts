import { Module } from '@nestjs/common';
import { investigationHandlers } from './application/investigation.handlers';

/** Investigations, their crimes and suspects. Needs `Ledger`, `ERASED_PEOPLE` and the command bus from the program it is part of. */
@Module({ providers: investigationHandlers })
export class InvestigationsModule {}
