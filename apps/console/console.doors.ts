import { investigationAction, rightsAction, rightsStepUp } from '../guard';
import type { DoorRow } from '../guard';
import { tasks } from './pages/recording/tasks';
import { rightsTasks } from './pages/rights/rights-tasks';

const investigation = { record: 'investigation', by: 'reference' } as const;
const namedInvestigation = { record: 'investigation', by: 'named', in: 'query' } as const;
const person = { record: 'person', by: 'reference' } as const;
const event = { record: 'event', by: 'number' } as const;
const correctedEvent = { record: 'event', by: 'event', in: 'query' } as const;

const ofTask: DoorRow['asks'] = ({ task }) => {
  const command = tasks.find(({ slug }) => slug === task)?.command;
  return command && investigationAction(command);
};

const decisionOf = (slug: string | undefined) => rightsTasks.find((task) => task.slug === slug)?.command;
const ofDecision: Pick<DoorRow, 'asks' | 'of' | 'looks' | 'stepUp'> = {
  asks: ({ task }) => {
    const command = decisionOf(task);
    return command && rightsAction(command);
  },
  stepUp: ({ task }) => {
    const command = decisionOf(task);
    return command !== undefined && rightsStepUp(command);
  },
  of: person, looks: true,
};

/** Who may come in at each page. What else a page offers is decided by the same rules where it is drawn. */
export const consoleDoors: readonly DoorRow[] = [
  { route: 'GET /assets/*', asks: 'NOBODY' },
  { route: 'GET /help', asks: 'NOBODY' },
  { route: 'GET /help/counting-rules', asks: 'NOBODY' },
  { route: 'GET /accessibility', asks: 'NOBODY' },
  { route: 'GET /', asks: 'SIGNED_IN' },
  { route: 'GET /figures.csv', asks: 'seeFigures' },
  { route: 'GET /figures.json', asks: 'seeFigures' },
  { route: 'GET /my-work', asks: 'seeWork', looks: true },
  { route: 'GET /investigations', asks: 'list', looks: true },
  { route: 'GET /investigations.csv', asks: 'list', looks: true },
  { route: 'GET /suspects', asks: 'list', looks: true },
  { route: 'GET /investigations/new', asks: 'open' },
  { route: 'POST /investigations/new', asks: 'open' },
  { route: 'GET /investigations/:reference', asks: 'read', of: investigation, looks: true },
  { route: 'GET /investigations/:reference/history', asks: 'read', of: investigation, looks: true },
  { route: 'GET /investigations/:reference/record/:task', asks: ofTask, of: investigation, looks: true },
  { route: 'POST /investigations/:reference/record/:task', asks: ofTask, of: investigation },
  { route: 'GET /corrections/new', asks: 'record', of: correctedEvent, looks: true },
  { route: 'POST /corrections/new', asks: 'record', of: correctedEvent },
  { route: 'GET /recorded/:number', asks: 'record', of: event, looks: true },
  { route: 'GET /events/:number', asks: 'read', of: event, looks: true },
  // The list itself is for who may change it or see who looked; that is looked at where it is shown.
  { route: 'GET /investigations/:reference/access', asks: 'read', of: investigation, looks: true },
  { route: 'GET /investigations/:reference/access/grant', asks: 'grant', of: investigation, stepUp: true },
  { route: 'POST /investigations/:reference/access/grant', asks: 'grant', of: investigation, stepUp: true },
  { route: 'GET /investigations/:reference/access/withdraw', asks: 'grant', of: investigation, stepUp: true },
  { route: 'POST /investigations/:reference/access/withdraw', asks: 'grant', of: investigation, stepUp: true },
  // The same of the list of an operation that the record belongs to; what of it is there for whom is looked at where it is shown.
  { route: 'GET /investigations/:reference/access/operations/:code', asks: 'read', of: investigation, looks: true },
  ...['grant', 'extend', 'withdraw'].flatMap((act) => ['GET', 'POST'].map((method): DoorRow =>
    ({ route: `${method} /investigations/:reference/access/operations/:code/${act}`, asks: 'grant', of: investigation, stepUp: true }))),
  { route: 'GET /break-glass', asks: 'breakGlass', of: namedInvestigation, stepUp: true },
  { route: 'POST /break-glass', asks: 'breakGlass', of: namedInvestigation, stepUp: true },
  { route: 'GET /break-glass/:id/review', asks: 'reviewBreakGlass', of: namedInvestigation, looks: true },
  { route: 'POST /break-glass/:id/review', asks: 'reviewBreakGlass', of: namedInvestigation },
  { route: 'GET /people', asks: 'list' },
  { route: 'POST /people', asks: 'list' },
  { route: 'GET /people/:reference', asks: 'readPerson', of: person, looks: true },
  { route: 'GET /people/:reference/:task', asks: 'recordPerson', of: person, looks: true },
  { route: 'POST /people/:reference/:task', asks: 'recordPerson', of: person },
  { route: 'GET /people/:reference/rights', asks: 'seeRights', of: person, looks: true },
  { route: 'GET /people/:reference/rights/extract', asks: 'extractSubject', of: person, looks: true, stepUp: true },
  // It is on record as a disclosure, with what was sent.
  { route: 'GET /people/:reference/rights/extract.json', asks: 'extractSubject', of: person, stepUp: true },
  { route: 'GET /people/:reference/rights/:task', ...ofDecision },
  { route: 'POST /people/:reference/rights/:task', ...ofDecision },
  { route: 'GET /retention', asks: 'seeRetention', looks: true },
  { route: 'GET /sign-in', asks: 'NOBODY' },
  { route: 'GET /sign-in/start', asks: 'NOBODY' },
  { route: 'GET /sign-in/callback', asks: 'NOBODY' },
  { route: 'POST /sign-in/back-channel', asks: 'NOBODY' },
  { route: 'GET /choose-user/:choice', asks: 'NOBODY' },
  { route: 'POST /choose-user/:choice', asks: 'NOBODY' },
  { route: 'POST /sign-out', asks: 'NOBODY' },
  { route: 'POST /sign-out-everywhere', asks: 'NOBODY' },
  { route: 'GET /signed-out', asks: 'NOBODY' },
  { route: 'GET /timed-out', asks: 'NOBODY' },
  { route: 'GET /account', asks: 'SIGNED_IN' },
  // What is told is decided event by event.
  { route: 'GET /live', asks: 'SIGNED_IN' },
  // Takes what its owner's own form says, and also from a session that has just run out.
  { route: 'POST /drafts', asks: 'NOBODY' },
  { route: 'GET /session', asks: 'NOBODY' },
  { route: 'POST /session/extend', asks: 'NOBODY' },
  { route: 'GET /investigations/:reference/views', asks: 'seeLooks', of: investigation },
  { route: 'POST /investigations/:reference/views', asks: 'seeLooks', of: investigation },
  { route: 'GET /people/:reference/views', asks: 'seeActivity', of: person },
  { route: 'POST /people/:reference/views', asks: 'seeActivity', of: person },
  { route: 'GET /audit', asks: 'seeActivity' },
  { route: 'POST /audit', asks: 'seeActivity' },
  { route: 'GET /audit/users/:user', asks: 'seeActivity' },
  { route: 'GET /audit/purpose', asks: 'SIGNED_IN' },
  { route: 'POST /audit/purpose', asks: 'SIGNED_IN' },
  { route: 'GET /access-reason', asks: 'SIGNED_IN' },
  { route: 'POST /access-reason', asks: 'SIGNED_IN' },
  { route: 'GET /restricted', asks: 'list' },
  { route: 'GET /sessions', asks: 'manageSessions' },
  { route: 'POST /sessions', asks: 'manageSessions', stepUp: true },
  { route: 'GET /jobs', asks: 'manageJobs' },
  { route: 'POST /jobs', asks: 'manageJobs' },
];
