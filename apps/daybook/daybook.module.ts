import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Ledger } from '#platform/event-store';
import { ERASED_PEOPLE, InvestigationsModule } from '#contexts/investigations';
import type { ErasedPeople } from '#contexts/investigations';
import { NominalsModule } from '#contexts/nominals';
import { DataSubjects, DataSubjectsModule, OversightModule } from '#contexts/oversight';
import { ApiModule } from '../api';
import { ConsoleModule } from '../console';
import type { ConsoleParts } from '../console';
import { Targets } from '../guard';
import type { Daybook } from './compose';
import { Health } from './health';
import { HealthController } from './health.controller';
import { Leaving } from './leaving';
import { doesDueWork, hasApi, hasPages } from './parts';
import type { Part } from './parts';
import { PostsTaken } from './posts-taken';
import { rightsParts } from './rights-parts';

/** Keeps a reason under the id that the reference stands for. */
const reasonsOf = (daybook: Daybook): ConsoleParts['giveReason'] => {
  const targets = new Targets(daybook);
  return async ({ reader: { session }, seen }, named, reason) => {
    const found = await targets.find({ record: named.record, by: 'named' }, named.text, seen);
    if (session !== undefined && found && found.kind !== 'other') await daybook.reasons.give(session, found.id, reason);
  };
};

/** Rooms over one open data folder: all of them in the all-in-one program, else those of the process's part. */
@Module({})
export class DaybookModule {
  static for(daybook: Daybook, part: Part = 'all', leaving: Pick<Leaving, 'begun'> = new Leaving()): DynamicModule {
    const rights = rightsParts(daybook);
    return {
      module: DaybookModule,
      global: true,
      imports: [
        CqrsModule.forRoot(),
        InvestigationsModule,
        NominalsModule,
        OversightModule,
        DataSubjectsModule,
        ...(hasApi(part) ? [ApiModule.for({ ...daybook, rights })] : []),
        ...(hasPages(part) ? [ConsoleModule.for({ ...daybook, giveReason: reasonsOf(daybook), rights })] : []),
      ],
      controllers: [HealthController],
      providers: [
        { provide: Ledger, useValue: daybook.ledger },
        { provide: ERASED_PEOPLE, useValue: (async (id) => (await daybook.dataSubjects.of(id)).erased === true) satisfies ErasedPeople },
        { provide: DataSubjects, useValue: daybook.dataSubjects },
        { provide: Health, useValue: new Health(daybook, { leaving, worksJobs: doesDueWork(part) }) },
        { provide: PostsTaken, useFactory: (bus: CommandBus) => new PostsTaken({ ...daybook, bus }), inject: [CommandBus] },
      ],
      exports: [Ledger, ERASED_PEOPLE, DataSubjects],
    };
  }
}
