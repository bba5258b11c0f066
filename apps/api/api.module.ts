import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Clock } from '#kernel';
import type { EventStore } from '#platform/event-store';
import type { ReadStore, RecordedMoments } from '#platform/read-store';
import type { Vault } from '#platform/vault';
import type { CaseHistory, PersonCases } from '#contexts/investigations';
import type { NominalReader, PersonHistory } from '#contexts/nominals';
import type { AccessLists, RightsParts, WhoCouldSee, WorkLists } from '#contexts/oversight';
import { OperationLists, RegisteredPeople } from '../guard';
import { InvestigationAccessController, OperationAccessController } from './access-commands.controller';
import { AccessDesk } from './access-desk';
import { AccessQueriesController, OperationQueriesController } from './access-queries.controller';
import { Asking } from './asking';
import { EntryRights } from './entry-rights';
import { CommandDesk } from './command-desk';
import { InvestigationCommandsController } from './investigation-commands.controller';
import { InvestigationQueriesController } from './investigation-queries.controller';
import { NamedPeople } from './named-people';
import { PersonCommandsController } from './person-commands.controller';
import { PersonDesk } from './person-desk';
import { PersonQueriesController } from './person-queries.controller';
import { ReadingDesk } from './reading-desk';
import { RightsCommandsController } from './rights-commands.controller';
import { RightsDesk } from './rights-desk';
import { RightsQueriesController } from './rights-queries.controller';
import { WorkDesk } from './work-desk';
import { WorkQueriesController } from './work-queries.controller';

/** What the API is built over; the command bus comes from the module around it. */
export interface ApiParts {
  readonly history: CaseHistory;
  readonly people: NominalReader;
  readonly personHistory: PersonHistory;
  readonly personCases: PersonCases;
  readonly store: Pick<EventStore, 'readStream' | 'head'>;
  readonly reads: Pick<ReadStore, 'waitFor'>;
  readonly vault: Pick<Vault, 'digest' | 'open'>;
  readonly accessLists: Pick<AccessLists, 'onInvestigation'>;
  readonly operationLists: OperationLists;
  readonly whoCouldSee: Pick<WhoCouldSee, 'on'>;
  readonly workLists: Pick<WorkLists, 'of'>;
  readonly moments: Pick<RecordedMoments, 'whenSettled'>;
  readonly clock: Clock;
  readonly rights: RightsParts;
  /** District name, or `all`: the area of a question that names none. */
  readonly homeArea: string;
}

/** The JSON door for other systems, under `/api`. */
@Module({})
export class ApiModule {
  static for({ history, people, personHistory, personCases, store, reads, moments, vault, accessLists, operationLists, whoCouldSee, workLists, clock, homeArea, rights }: ApiParts): DynamicModule {
    const asking = new Asking({ reads, moments, store, clock, homeArea });
    return {
      module: ApiModule,
      controllers: [InvestigationQueriesController, InvestigationCommandsController, PersonQueriesController, PersonCommandsController, InvestigationAccessController, OperationAccessController, AccessQueriesController, OperationQueriesController, RightsQueriesController, RightsCommandsController, WorkQueriesController],
      providers: [
        { provide: Asking, useValue: asking },
        { provide: OperationLists, useValue: operationLists },
        { provide: AccessDesk, useValue: new AccessDesk({ lists: accessLists, operationLists, whoCouldSee, vault, clock }, asking) },
        { provide: EntryRights, useValue: new EntryRights(store) },
        { provide: NamedPeople, useValue: new NamedPeople(new RegisteredPeople({ people, store })) },
        { provide: ReadingDesk, useValue: new ReadingDesk(history, asking, store) },
        { provide: PersonDesk, useValue: new PersonDesk(personHistory, personCases, history, asking) },
        { provide: WorkDesk, useValue: new WorkDesk(workLists, asking) },
        { provide: RightsDesk, useValue: new RightsDesk(rights, clock) },
        { provide: CommandDesk, useFactory: (bus: CommandBus) => new CommandDesk(bus, clock, vault), inject: [CommandBus] },
      ],
    };
  }
}
