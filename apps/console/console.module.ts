import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AccessFormDesk } from './pages/access/access-form-desk';
import { AccessController } from './pages/access/access.controller';
import { OperationListController } from './pages/access/operation-list.controller';
import { BreakGlassController } from './pages/access/break-glass.controller';
import { AccessReasonController } from './pages/access-reason/access-reason.controller';
import { AuditController } from './pages/audit/audit.controller';
import { LookDesk } from './pages/audit/look-desk';
import { PurposesGiven } from './pages/audit/purposes-given';
import { UserAddresses } from './pages/audit/users';
import { DashboardController } from './pages/dashboard/dashboard.controller';
import { EventController } from './pages/event/event.controller';
import { HelpController } from './pages/help/help.controller';
import { InvestigationController } from './pages/investigation/investigation.controller';
import { InvestigationsController } from './pages/investigations/investigations.controller';
import { JobsController } from './pages/jobs/jobs.controller';
import { DraftsController } from './pages/recording/drafts.controller';
import { FormDesk } from './pages/recording/form-desk';
import { FormDrafts } from './pages/recording/form-drafts';
import { FormPages } from './pages/recording/form-pages';
import { FormReader } from './pages/recording/form-reader';
import { FormTokens } from './pages/recording/form-token';
import { PeopleController } from './pages/people/people.controller';
import { PersonForms } from './pages/people/person-forms';
import { TypedTooLate } from './pages/recording/typed-too-late';
import { Recorder } from './pages/recording/recorder';
import { MyWorkController } from './pages/my-work/my-work.controller';
import { RecordingController } from './pages/recording/recording.controller';
import { RetentionController } from './pages/retention/retention.controller';
import { ExtractController } from './pages/rights/extract.controller';
import { RightsController } from './pages/rights/rights.controller';
import { RIGHTS_PARTS, RightsDesk } from './pages/rights/rights-desk';
import { RestrictedController } from './pages/restricted/restricted.controller';
import { ChoiceController } from './pages/session/choice.controller';
import { SessionController } from './pages/session/session.controller';
import { SessionsController } from './pages/sessions/sessions.controller';
import { SuspectsController } from './pages/suspects/suspects.controller';
import { ViewsController } from './pages/views/views.controller';
import { LiveController } from './live/live.controller';
import { LiveStreams } from './live/live-streams';
import { CONSOLE_PARTS } from './parts';
import type { ConsoleParts } from './parts';
import { Cases } from './reading/cases';
import { Beginnings } from './reading/beginnings';
import { Moments } from './reading/moments';
import { People } from './reading/people';
import { Persons } from './reading/persons';
import { menuOf } from './rendering/menu';
import { Pages } from './rendering/pages';
import { SessionTokens } from './rendering/session-tokens';

/** Server-rendered pages for staff. */
@Module({})
export class ConsoleModule {
  static for(parts: ConsoleParts): DynamicModule {
    const people = new People(parts);
    const sessionTokens = new SessionTokens(parts.vault);
    const cases = new Cases(parts, people);
    return {
      module: ConsoleModule,
      controllers: [
        DashboardController, InvestigationsController, SuspectsController, RecordingController, InvestigationController, PeopleController, EventController, HelpController, ViewsController, AuditController, SessionController, AccessReasonController, RestrictedController, AccessController, OperationListController, BreakGlassController, SessionsController,
        MyWorkController, JobsController, RightsController, ExtractController, RetentionController, LiveController, DraftsController,
        ...(parts.signIn.identity ? [ChoiceController] : []),
      ],
      providers: [
        { provide: CONSOLE_PARTS, useValue: parts },
        { provide: RIGHTS_PARTS, useValue: parts.rights },
        { provide: Pages, useFactory: () => new Pages(parts.folder.kind, parts.clock, sessionTokens, (reader) => menuOf(parts.access, reader, parts.workLists), (id) => parts.caseAccess.facts(id)?.sensitivity) },
        { provide: SessionTokens, useValue: sessionTokens },
        { provide: People, useValue: people },
        { provide: Beginnings, useValue: new Beginnings(parts) },
        { provide: Moments, useValue: new Moments(parts) },
        { provide: Cases, useValue: cases },
        { provide: Persons, useValue: new Persons(parts, people, cases) },
        { provide: FormTokens, useValue: new FormTokens(parts.vault) },
        { provide: FormDrafts, useValue: new FormDrafts(parts.drafts) },
        { provide: TypedTooLate, useFactory: (tokens: FormTokens, drafts: FormDrafts) => new TypedTooLate(tokens, drafts), inject: [FormTokens, FormDrafts] },
        { provide: LiveStreams, useFactory: () => new LiveStreams({ ...parts, now: () => performance.now() }) },
        { provide: PurposesGiven, useValue: new PurposesGiven(parts.signIn.notes) },
        AccessFormDesk, UserAddresses, LookDesk, RightsDesk, Recorder, FormReader, FormPages, FormDesk, PersonForms,
      ],
    };
  }
}
