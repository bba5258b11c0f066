import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Ledger } from '#platform/event-store';
import { CaseHistory, InvestigationReader, InvestigationsModule } from '#contexts/investigations';
import { NominalReader, NominalsModule } from '#contexts/nominals';
import { ApiModule } from '../api';
import { ConsoleModule } from '../console';
import type { Daybook } from './compose';
import { Health } from './health';
import { HealthController } from './health.controller';

/** The all-in-one program: every room over one open data folder. */
@Module({})
export class DaybookModule {
  static for(daybook: Daybook): DynamicModule {
    const { ledger, vault, reads, clock } = daybook;
    const history = new CaseHistory(ledger, vault, reads);
    const queries = new InvestigationReader(reads, clock);
    return {
      module: DaybookModule,
      global: true,
      imports: [
        CqrsModule.forRoot(),
        InvestigationsModule,
        NominalsModule,
        ApiModule.for({ ...daybook, queries, history, people: new NominalReader(reads) }),
        ConsoleModule.for({ ...daybook, queries, history }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: Ledger, useValue: ledger },
        { provide: Health, useValue: new Health(daybook) },
      ],
      exports: [Ledger],
    };
  }
}
