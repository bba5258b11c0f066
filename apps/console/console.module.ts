import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DashboardController } from './pages/dashboard/dashboard.controller';
import { EventController } from './pages/event/event.controller';
import { HelpController } from './pages/help/help.controller';
import { InvestigationController } from './pages/investigation/investigation.controller';
import { InvestigationsController } from './pages/investigations/investigations.controller';
import { FormDesk } from './pages/recording/form-desk';
import { Recorder } from './pages/recording/recorder';
import { RecordingController } from './pages/recording/recording.controller';
import { SuspectsController } from './pages/suspects/suspects.controller';
import { CONSOLE_PARTS } from './parts';
import type { ConsoleParts } from './parts';
import { Cases } from './reading/cases';
import { Moments } from './reading/moments';
import { People } from './reading/people';
import { Pages } from './rendering/pages';

/** Server-rendered pages for staff. */
@Module({})
export class ConsoleModule {
  static for(parts: ConsoleParts): DynamicModule {
    const people = new People(parts);
    return {
      module: ConsoleModule,
      controllers: [
        DashboardController, InvestigationsController, SuspectsController, RecordingController, InvestigationController, EventController, HelpController,
      ],
      providers: [
        { provide: CONSOLE_PARTS, useValue: parts },
        { provide: Pages, useFactory: () => new Pages(parts.folder.kind, parts.clock) },
        { provide: People, useValue: people },
        { provide: Moments, useValue: new Moments(parts) },
        { provide: Cases, useValue: new Cases(parts, people) },
        Recorder, FormDesk,
      ],
    };
  }
}
