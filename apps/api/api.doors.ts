import type { InvestigationCommandName } from '#contexts/investigations';
import type { NominalCommandName } from '#contexts/nominals';
import type { DataSubjectCommandName, InvestigationAction } from '#contexts/oversight';
import { investigationAction, personAction, rightsAction, rightsStepUp } from '../guard';
import type { DoorRow } from '../guard';
import { investigationAccessRoutes, operationAccessRoutes, stepUpCommands } from './access.routes';
import type { CommandRoute } from './command-route';
import { investigationRoutes } from './investigation.routes';
import { personRoutes } from './person.routes';
import { rightsRoutes } from './rights.routes';

const ofRecord = (record: 'investigation' | 'person', { path }: CommandRoute): Pick<DoorRow, 'of'> =>
  (path.startsWith(':id') ? { of: { record, by: 'id' } } : {});

const at = (base: string, { path }: CommandRoute): string => `POST /api/v1/${base}${path === '' ? '' : `/${path}`}`;

const accessActions: Partial<Record<CommandRoute['name'], InvestigationAction>> = { BreakGlass: 'breakGlass', ReviewBreakGlass: 'reviewBreakGlass' };

const stepUp = ({ name }: CommandRoute): Pick<DoorRow, 'stepUp'> => (stepUpCommands.has(name) ? { stepUp: true } : {});

const decision = (route: CommandRoute): DoorRow => {
  const name = route.name as DataSubjectCommandName;
  return { route: at('people', route), asks: rightsAction(name), ...(rightsStepUp(name) && { stepUp: true }), ...ofRecord('person', route) };
};

const commands: readonly DoorRow[] = [
  ...investigationRoutes.map((route): DoorRow => ({ route: at('investigations', route), asks: route.name === 'OpenInvestigation' ? 'open' : investigationAction(route.name as InvestigationCommandName), ...ofRecord('investigation', route) })),
  ...personRoutes.map((route): DoorRow => ({ route: at('people', route), asks: personAction(route.name as NominalCommandName), ...ofRecord('person', route) })),
  ...investigationAccessRoutes.map((route): DoorRow => ({ route: at('investigations', route), asks: accessActions[route.name] ?? 'grant', ...ofRecord('investigation', route), ...stepUp(route) })),
  // To which records of the operation they may give access is looked at where these are known.
  ...operationAccessRoutes.map((route): DoorRow => ({ route: at('operations', route), asks: 'list', ...stepUp(route) })),
  ...rightsRoutes.map(decision),
];

const investigation = { record: 'investigation', by: 'ref' } as const;
const person = { record: 'person', by: 'ref' } as const;

/** Who may come in at each address of the API. */
export const apiDoors: readonly DoorRow[] = [
  { route: 'GET /api/openapi.json', asks: 'NOBODY' },
  { route: 'GET /api/v1/figures', asks: 'seeFigures' },
  { route: 'GET /api/v1/trend', asks: 'seeFigures' },
  { route: 'GET /api/v1/areas', asks: 'seeFigures' },
  { route: 'GET /api/v1/investigations', asks: 'list', looks: true },
  { route: 'GET /api/v1/suspects/outstanding', asks: 'list', looks: true },
  { route: 'GET /api/v1/investigations/:ref', asks: 'read', of: investigation, looks: true },
  { route: 'GET /api/v1/investigations/:ref/history', asks: 'read', of: investigation, looks: true },
  // The list itself is for who may change it or see who looked; that is looked at where it is shown.
  { route: 'GET /api/v1/investigations/:ref/access', asks: 'read', of: investigation, looks: true },
  { route: 'GET /api/v1/investigations/:ref/could-see', asks: 'seeLooks', of: investigation, looks: true },
  { route: 'GET /api/v1/operations/:ref/access', asks: 'list', looks: true },
  { route: 'GET /api/v1/people/:ref', asks: 'readPerson', of: person, looks: true },
  { route: 'GET /api/v1/people/:ref/history', asks: 'readPerson', of: person, looks: true },
  { route: 'GET /api/v1/people/:ref/rights', asks: 'seeRights', of: person, looks: true },
  { route: 'GET /api/v1/people/:ref/erasure-texts', asks: 'authoriseErasure', of: person, looks: true, stepUp: true },
  // It is on record as a disclosure, with what was sent.
  { route: 'GET /api/v1/people/:ref/subject-extract', asks: 'extractSubject', of: person, stepUp: true },
  { route: 'GET /api/v1/work-list', asks: 'seeWork', looks: true },
  { route: 'GET /api/v1/retention-reviews', asks: 'seeRetention', looks: true },
  ...commands,
];
