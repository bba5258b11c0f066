import type { RecordAction } from './oracle';

/**
 * What each address of the program asks, written from docs/adr/0009-access.md and the list of addresses alone: never from the rows that it is
 * compared with. An address that is not here has been decided by nobody.
 */
const supervised = 'allocation reallocation reviews finalisation-return finalisation reopening transfer cancellation escalation-answers'.split(' ');
const reassessed = 'sensitivity operations operation-removals'.split(' ');
const supervisedTasks = 'allocate change-owner review return-finalisation finalise reopen transfer cancel answer-escalation'.split(' ');
const reassessedTasks = 'sensitivity link-operation unlink-operation'.split(' ');

const accessActs: Readonly<Record<string, RecordAction>> = {
  'access-grants': 'grant', 'access-withdrawals': 'grant', 'break-glass': 'breakGlass', 'break-glass-reviews': 'reviewBreakGlass',
};

const ofCommand = (path: string): RecordAction => {
  if (supervised.includes(path)) return 'supervise';
  return reassessed.includes(path) ? 'reassess' : accessActs[path] ?? 'record';
};

/** What a form about an investigation asks, by the last part of its address. */
export const ofTask = (slug: string): RecordAction => {
  if (supervisedTasks.includes(slug)) return 'supervise';
  return reassessedTasks.includes(slug) ? 'reassess' : 'record';
};

const ofRecords: Readonly<Record<string, readonly RecordAction[]>> = {
  'GET /api/v1/investigations/:ref': ['read'],
  'GET /api/v1/investigations/:ref/history': ['read'],
  // Who is on the list is for those who may change it, or see who looked.
  'GET /api/v1/investigations/:ref/access': ['grant', 'seeLooks'],
  'GET /api/v1/investigations/:ref/could-see': ['seeLooks'],
  'GET /investigations/:reference': ['read'],
  'GET /investigations/:reference/history': ['read'],
  'GET /investigations/:reference/views': ['seeLooks'],
  'POST /investigations/:reference/views': ['seeLooks'],
  'GET /investigations/:reference/access': ['grant', 'seeLooks'],
  'GET /investigations/:reference/access/grant': ['grant'],
  'POST /investigations/:reference/access/grant': ['grant'],
  'GET /investigations/:reference/access/withdraw': ['grant'],
  'POST /investigations/:reference/access/withdraw': ['grant'],
  'GET /investigations/:reference/access/operations/:code': ['grant', 'seeLooks'],
  ...Object.fromEntries(['grant', 'extend', 'withdraw'].flatMap((act) => ['GET', 'POST'].map((method) => [`${method} /investigations/:reference/access/operations/:code/${act}`, ['grant']]))),
  'GET /break-glass': ['breakGlass'],
  'POST /break-glass': ['breakGlass'],
  'GET /break-glass/:id/review': ['reviewBreakGlass'],
  'POST /break-glass/:id/review': ['reviewBreakGlass'],
  'GET /events/:number': ['read'],
  'GET /recorded/:number': ['record'],
  'GET /corrections/new': ['record'],
  'POST /corrections/new': ['record'],
};

/** Any of which is enough, on the investigation that the address names; undefined where it names none. */
export const onInvestigation = (route: string): readonly RecordAction[] | undefined => {
  const command = /^POST \/api\/v1\/investigations\/:id\/(.+)$/.exec(route)?.[1];
  return command === undefined ? ofRecords[route] : [ofCommand(command)];
};

const decisions: Readonly<Record<string, string>> = {
  'processing-restriction': 'restrict', 'restriction-lifting': 'restrict', 'legal-holds': 'hold', 'legal-hold-releases': 'hold', 'retention-reviews': 'reviewRetention',
  'erasure-requests': 'requestErasure', 'erasure-authorisations': 'authoriseErasure', 'erasure-refusals': 'authoriseErasure', 'erasure-withdrawals': 'requestErasure',
};

/** What a form about a person's rights asks, by the last part of its address. */
export const ofDecision: Readonly<Record<string, string>> = {
  restrict: 'restrict', 'lift-restriction': 'restrict', 'place-legal-hold': 'hold', 'release-legal-hold': 'hold', 'review-retention': 'reviewRetention',
  'request-erasure': 'requestErasure', 'authorise-erasure': 'authoriseErasure', 'refuse-erasure': 'authoriseErasure', 'withdraw-erasure-request': 'requestErasure',
};

const ofPeople: Readonly<Record<string, string>> = {
  'GET /people/:reference/views': 'seeActivity', 'POST /people/:reference/views': 'seeActivity', 'GET /people/:reference/rights': 'seeRights', 'GET /api/v1/people/:ref/rights': 'seeRights',
  'GET /people/:reference/rights/extract': 'extractSubject', 'GET /people/:reference/rights/extract.json': 'extractSubject',
  'GET /api/v1/people/:ref/subject-extract': 'extractSubject', 'GET /api/v1/people/:ref/erasure-texts': 'authoriseErasure',
};

/** On the person whom the address names: an action on persons, or one that a role alone gives, to whoever knows of the person. */
export const onPerson = (route: string): string | undefined => {
  if (/^GET \/(api\/v1\/)?people\/:ref(erence)?(\/history)?$/.test(route)) return 'read';
  if (/^(GET|POST) \/people\/:reference\/:task$/.test(route) || /^POST \/api\/v1\/people\/:id\/(corrections|aliases|voids)$/.test(route)) return 'recordPerson';
  const decision = /^POST \/api\/v1\/people\/:id\/(.+)$/.exec(route)?.[1];
  return decision === undefined ? ofPeople[route] : decisions[decision];
};

const plain: Readonly<Record<string, string>> = {
  'GET /api/v1/figures': 'seeFigures', 'GET /api/v1/trend': 'seeFigures', 'GET /api/v1/areas': 'seeFigures', 'GET /figures.csv': 'seeFigures', 'GET /figures.json': 'seeFigures',
  'GET /api/v1/investigations': 'list', 'GET /api/v1/suspects/outstanding': 'list', 'GET /investigations': 'list', 'GET /investigations.csv': 'list', 'GET /suspects': 'list',
  'GET /people': 'list', 'POST /people': 'list',
  'POST /api/v1/investigations': 'open', 'GET /investigations/new': 'open', 'POST /investigations/new': 'open', 'POST /api/v1/people': 'registerPerson',
  'GET /audit': 'seeActivity', 'POST /audit': 'seeActivity', 'GET /audit/users/:user': 'seeActivity',
  'GET /sessions': 'manageSessions', 'POST /sessions': 'manageSessions', 'GET /jobs': 'manageJobs', 'POST /jobs': 'manageJobs',
  'GET /my-work': 'seeWork', 'GET /api/v1/work-list': 'seeWork',
  'GET /retention': 'seeRetention', 'GET /api/v1/retention-reviews': 'seeRetention',
  'GET /': 'SIGNED_IN', 'GET /live': 'SIGNED_IN', 'GET /account': 'SIGNED_IN', 'GET /audit/purpose': 'SIGNED_IN', 'POST /audit/purpose': 'SIGNED_IN', 'GET /access-reason': 'SIGNED_IN', 'POST /access-reason': 'SIGNED_IN',
};

/** What an address asks that names no record; undefined where it is not decided here. */
export const ofRole = (route: string): string | undefined => plain[route];

/** Of an operation's access list: whoever may grant on a record of the operation, or for reading it, see who looked at one. */
export const onOperation = (route: string): readonly RecordAction[] | undefined => {
  if (route === 'GET /api/v1/operations/:ref/access') return ['grant', 'seeLooks'];
  return /^POST \/api\/v1\/operations\/:code\/access-(grants|withdrawals|extensions)$/.test(route) ? ['grant'] : undefined;
};
