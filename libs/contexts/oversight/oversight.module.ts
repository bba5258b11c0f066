import { Module } from '@nestjs/common';
import { oversightHandlers } from './application/oversight.handlers';

/** Access lists and posts. Needs `Ledger` and the command bus from the program it is part of. */
@Module({ providers: oversightHandlers })
export class OversightModule {}
