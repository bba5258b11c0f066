import { Module } from '@nestjs/common';
import { nominalHandlers } from './application/nominal.handlers';

/** People: registration, corrections, aliases. Needs `Ledger` and the command bus from the program it is part of. */
@Module({ providers: nominalHandlers })
export class NominalsModule {}
