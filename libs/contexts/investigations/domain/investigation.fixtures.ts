import { order } from '#test/decider-spec';
import type { CommandContext } from '#kernel';

const text = { unsealed: 'text', key: 'text-1' };
const reason = { reason: text } as Partial<CommandContext>;
type More = Readonly<Record<string, unknown>>;

/** Commands of one investigation as case notes: an act, its day, and what differs from the plainest form. */
export const open = (at = '2019-03-01', more: More = {}) =>
  order('OpenInvestigation', { investigationId: 'i', kind: 'CRIME', area: 'Rotherham', themes: [], crimes: [{ crimeId: 'c1', offence: 'Robbery' }], ...more }, at);
export const crime = (crimeId: string, at = '2019-03-01', more: More = {}) => order('RecordCrime', { crimeId, offence: 'Wounding', ...more }, at);
export const allocate = (officer = 'DC 1', at = '2019-03-02') => order('AllocateInvestigation', { officer, team: 'CID' }, at);
export const reallocate = (officer = 'DC 2', at = '2019-03-05') => order('ReallocateInvestigation', { officer, team: 'CID' }, at);
export const plan = (reviewEveryDays: number, at = '2019-03-03') => order('SetInvestigationPlan', { plan: text, reviewEveryDays }, at);
export const review = (at = '2019-03-20') => order('RecordSupervisorReview', { review: 'PERIODIC_SUPERVISOR', supervisor: 'DS 1', findings: text }, at);
export const outcome = (code: string, at = '2019-05-01', crimeId = 'c1') => order('AssignOutcome', { crimeId, outcome: { scheme: 'HOME_OFFICE', code } }, at);
export const propose = (officer = 'DC 1', at = '2019-05-02') => order('ProposeFinalisation', { officer }, at);
export const returned = (at = '2019-05-03') => order('ReturnFinalisation', { supervisor: 'DS 1' }, at);
export const finalise = (approvedBy = 'DS 1', at = '2019-05-04') => order('FinaliseInvestigation', { approvedBy }, at);
export const reopen = (at = '2019-06-01') => order('ReopenInvestigation', { grounds: 'NEW_EVIDENCE' }, at);
export const transfer = (at = '2019-05-04') => order('TransferInvestigation', { toForce: 'West Yorkshire Police' }, at);
export const cancel = (at = '2019-05-04') => order('CancelInvestigation', { reason: 'RECORDED_IN_ERROR' }, at);
export const reassess = (sensitivity: string, at = '2019-03-02', more: Partial<CommandContext> = {}) => order('ReassessSensitivity', { sensitivity, basis: text }, at, more);
export const linkOperation = (operation = 'Clover', at = '2019-03-02') => order('LinkOperation', { operation }, at);
export const unlinkOperation = (operation = 'Clover', at = '2019-04-02') => order('UnlinkOperation', { operation }, at);
/** The same order from somebody who has signed in. */
export const signedIn = (id: string, { type, data, context }: ReturnType<typeof order>) => ({ type, data, context: { ...context, actor: { kind: 'user', id } as const } });
/** The same order on the sensitive track. */
export const sensitive = ({ type, data, context }: ReturnType<typeof order>) => ({ type, data, context: { ...context, track: 'SENSITIVE' as const } });

const suspect = (type: string) => (at: string, linkId = 'x', more: More = {}) => order(type, { linkId, ...more }, at);
export const link = (at = '2019-03-10', linkId = 'x', more: More = {}) => order('LinkSuspect', { linkId, quality: 'NAMED', nominalId: `n-${linkId}`, ...more }, at);
export const described = (at = '2019-03-10', linkId = 'x') => order('LinkSuspect', { linkId, quality: 'DESCRIBED' }, at);
export const name = (at = '2019-03-12', linkId = 'x', more: More = {}) => order('NameSuspect', { linkId, nominalId: `n-${linkId}`, ...more }, at);
export const lower = (at = '2019-03-14', linkId = 'x') => order('LowerSuspectQuality', { linkId, quality: 'DESCRIBED' }, at);
export const circulate = (at = '2019-03-15', circulation = 'PNC_WANTED') => order('CirculateSuspect', { linkId: 'x', circulation }, at);
export const uncirculate = suspect('CancelCirculation');
export const arrest = suspect('ArrestSuspect');
export const interview = (at: string, setting = 'VOLUNTARY') => order('InterviewSuspectUnderCaution', { linkId: 'x', setting }, at);
export const bail = (at: string, more: More = {}) => order('BailSuspect', { linkId: 'x', regime: 'STANDARD_POLICE', ...more }, at);
export const release = suspect('ReleaseSuspectUnderInvestigation');
export const failToAnswer = suspect('RecordFailureToAnswerBail');
export const escape = suspect('RecordEscape');
export const eliminate = (at: string) => order('EliminateSuspect', { linkId: 'x', basis: text }, at);
export const voidLink = (at: string) => order('VoidSuspectLink', { linkId: 'x', grounds: 'WRONG_PERSON' }, at);
export const decease = suspect('RecordSuspectDeceased');
export const charge = (at: string, line: More = {}) => order('ChargeSuspect', { linkId: 'x', charges: [{ chargeId: 'ch1', offence: 'Robbery', method: 'C', ...line }] }, at);
export const requisition = (at: string, line: More = {}) => order('RequisitionSuspect', { linkId: 'x', charges: [{ chargeId: 'ch2', offence: 'Robbery', method: 'R', ...line }] }, at);
export const noFurtherAction = (at: string, writtenNoticeGiven = true) => order('TakeNoFurtherAction', { linkId: 'x', grounds: 'EVIDENTIAL', writtenNoticeGiven }, at);
export const withdraw = (at: string) => order('WithdrawNoFurtherAction', { linkId: 'x', arrestSought: true }, at);

const intervals = [{ from: '2019-01-01', initialDays: 28, everyDays: 28 }];
const program = { actor: { kind: 'system', id: 'reactions' } } as const;
/** What the program asks for on a day: `dueOn` is the last day on which it was in time. */
export const escalateReview = (dueOn: string, at: string, more: More = {}) => order('EscalateOverdueReview', { dueOn, intervals, ...more }, at, program);
export const escalateSuspect = (dueOn: string, at: string, more: More = {}) => order('EscalateOutstandingSuspect', { linkId: 'x', dueOn, ...more }, at, program);
export const answer = (escalation: string, at: string) => order('AnswerEscalation', { escalation, answer: text }, at);

export const correct = (event: string, type: string, data: object, at: string, more: Partial<CommandContext> = reason) => order('CorrectEntry', { event, type, data }, at, more);
export const voidEntry = (event: string, more: Partial<CommandContext> = reason) => order('VoidEntry', { event }, '2019-07-01', more);

interface Seen { readonly month: string; readonly area?: string; readonly offence?: string }
/** What a source says of one crime: the month and area of its street row, and its outcomes as `[month, code]`. */
export const fromSource = (seen: Seen | undefined, outcomes: readonly (readonly [string, string])[] = [], more: Partial<CommandContext> = { source: { system: 'data.police.uk', id: 's' } }) =>
  order('RecordFromSource', {
    investigationId: 'i', crimeId: 'c1',
    ...(seen && { opened: { effectiveAt: { precision: 'month', from: seen.month }, area: seen.area ?? 'Northton', offence: seen.offence ?? 'Drugs' } }),
    outcomes: outcomes.map(([month, code]) => ({ effectiveAt: { precision: 'month', from: month }, outcome: { scheme: 'POLICE_UK', code } })),
  }, 'unknown', more);
