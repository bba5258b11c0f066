import type { CrimeId, InvestigationId, LinkId, NominalId, Unsealed } from '#kernel';
import { idFrom } from '#platform/event-store';
import { commandIdOf, contextOf, InvalidRequestError, saidIn, textOf, validateRequest } from '#platform/requests';
import type { FactRequest, Sender } from '#platform/requests';
import type { Crime } from '../domain/investigation.events';
import { offenceSpan } from '../domain/offence-dates';
import type { WrittenNames } from '../read/answers';
import { correctionForms } from './correction.requests';
import type { CorrectEntryRequest } from './correction.requests';
import { investigationMessages } from './investigation.messages';
import type { InvestigationCommandData, InvestigationCommandName, InvestigationMessage } from './investigation.messages';
import { investigationRequests } from './request-table';
import type { InvestigationRequest } from './request-table';

interface Minting {
  readonly commandId: string;
  readonly investigationId: InvestigationId;
  readonly names: WrittenNames;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Facts<R extends FactRequest> = Omit<R, keyof FactRequest>;
type Texts<D, T extends keyof D> = Omit<D, T> & { readonly [K in T]: undefined extends D[K] ? Unsealed | undefined : Unsealed };

const envelopeNames: ReadonlySet<string> = new Set<keyof FactRequest>(['effectiveAt', 'reason', 'assertion', 'track', 'marking']);

const factsOf = <R extends FactRequest>(request: R): Facts<R> =>
  Object.fromEntries(Object.entries(request).filter(([name]) => !envelopeNames.has(name))) as unknown as Facts<R>;

const sealing = <D extends object, T extends keyof D & string>(
  { commandId }: Minting, data: D, texts: readonly T[], about: readonly (NominalId | undefined)[] = [],
): Texts<D, T> => {
  const people = about.filter((id) => id !== undefined);
  const given = texts.filter((name) => data[name] !== undefined);
  const sealed = given.map((name) => [name, textOf(commandId, `data.${name}`, data[name] as string, people)] as const);
  return { ...data, ...Object.fromEntries(sealed) } as Texts<D, T>;
};

// The rules have no clock, and a crime put right keeps the date of its recording: that an offence lies in the future is asked here.
const checkOffence = (crime: Partial<Crime>, now: number, path: string): void => {
  const ahead = (['offenceFrom', 'offenceTo'] as const).filter((name) => crime[name] !== undefined && offenceSpan(crime[name]).earliest > now);
  if (ahead.length > 0) throw new InvalidRequestError(ahead.map((name) => ({ field: path + name, message: `${path}${name} must be today or in the past` })));
};

const crimeOf = ({ commandId, now }: Minting, crime: Partial<Crime> & Pick<Crime, 'offence'>, i: number, path = ''): Crime => {
  checkOffence(crime, now, path);
  return { ...crime, crimeId: crime.crimeId ?? (idFrom(commandId, 'crime', String(i)) as CrimeId) };
};

const chargesOf = ({ commandId }: Minting, { charges, ...data }: Facts<InvestigationRequest<'ChargeSuspect'>>): InvestigationCommandData<'ChargeSuspect'> =>
  ({ ...data, charges: charges.map((line, i) => ({ ...line, chargeId: line.chargeId ?? idFrom(commandId, 'charge', String(i)) })) });

const areaOf = ({ names }: Minting, asked: string): string => {
  const area = names.areaNamed(asked);
  if (area === undefined) throw new InvalidRequestError([{ field: 'area', message: 'area must be the name or code of a district, or an area in use: see /api/v1/areas' }]);
  return area;
};

const owned = <D extends { readonly team?: string }>({ names }: Minting, data: D): D => (data.team === undefined ? data : { ...data, team: names.teamNamed(data.team) });

/** A correction may put right how a team is spelt. */
const asSpelt = (minting: Minting): Minting => ({ ...minting, names: { areaNamed: (asked) => minting.names.areaNamed(asked), teamNamed: (asked) => asked } });

type DataOf = { readonly [N in InvestigationCommandName]: (request: InvestigationRequest<N>, minting: Minting) => InvestigationCommandData<N> };

/** What each request asks for, in the words of its command: ids made where none was given, free text ready to be sealed. */
const dataOf: DataOf = {
  OpenInvestigation: (request, minting) => {
    const { crimes, ...data } = factsOf(request);
    const opened = { ...sealing(minting, owned(minting, data), ['title', 'summary']), area: areaOf(minting, data.area), investigationId: minting.investigationId };
    return crimes ? { ...opened, crimes: crimes.map((crime, i) => crimeOf(minting, crime, i, `crimes[${i}].`)) } : opened;
  },
  RecordCrime: (request, minting) => crimeOf(minting, factsOf(request), 0),
  AllocateInvestigation: (request, minting) => owned(minting, factsOf(request)),
  ReallocateInvestigation: (request, minting) => owned(minting, factsOf(request)),
  SetInvestigationPlan: (request, minting) => sealing(minting, factsOf(request), ['plan']),
  RecordSupervisorReview: (request, minting) => sealing(minting, factsOf(request), ['findings']),
  AssignOutcome: ({ crimeId, outcome }) => ({ crimeId, outcome: { scheme: 'HOME_OFFICE', code: outcome } }),
  ProposeFinalisation: factsOf,
  ReturnFinalisation: factsOf,
  FinaliseInvestigation: (request, minting) => sealing(minting, factsOf(request), ['closingSummary']),
  ReopenInvestigation: factsOf,
  TransferInvestigation: factsOf,
  CancelInvestigation: ({ grounds }) => ({ reason: grounds }),
  ReassessSensitivity: (request, minting) => sealing(minting, factsOf(request), ['basis']),
  LinkOperation: factsOf,
  UnlinkOperation: factsOf,
  AnswerEscalation: (request, minting) => sealing(minting, factsOf(request), ['answer']),
  CorrectEntry: (request, minting) => ({ event: request.event, type: request.type, data: correctedData(request, asSpelt(minting)) }),
  VoidEntry: ({ event }) => ({ event }),
  LinkSuspect: (request, minting) => {
    const data = sealing(minting, factsOf(request), ['description', 'basis'], [request.nominalId]);
    return { ...data, linkId: request.linkId ?? (idFrom(minting.commandId, 'link') as LinkId) };
  },
  NameSuspect: (request, minting) => sealing(minting, factsOf(request), ['basis'], [request.nominalId]),
  LowerSuspectQuality: (request, minting) => sealing(minting, factsOf(request), ['basis']),
  CirculateSuspect: factsOf,
  CancelCirculation: factsOf,
  ArrestSuspect: factsOf,
  InterviewSuspectUnderCaution: factsOf,
  BailSuspect: (request, minting) => sealing(minting, factsOf(request), ['conditions']),
  ReleaseSuspectUnderInvestigation: factsOf,
  RecordFailureToAnswerBail: factsOf,
  RecordEscape: factsOf,
  EliminateSuspect: (request, minting) => sealing(minting, factsOf(request), ['basis']),
  VoidSuspectLink: factsOf,
  RecordSuspectDeceased: factsOf,
  RequisitionSuspect: (request, minting) => chargesOf(minting, factsOf(request)),
  ChargeSuspect: (request, minting) => chargesOf(minting, factsOf(request)),
  TakeNoFurtherAction: factsOf,
  WithdrawNoFurtherAction: factsOf,
};

const dataFor = <N extends InvestigationCommandName>(name: N, request: InvestigationRequest<N>, minting: Minting): InvestigationCommandData<N> =>
  dataOf[name](request, minting);

/** Later facts name a charge by its id: a line put right under a new one would leave them without it. */
const checkChargeIds = (request: object): void => {
  const lines = 'charges' in request ? (request.charges as readonly { readonly chargeId?: string }[]) : [];
  const without = lines.flatMap(({ chargeId }, i) => (chargeId === undefined ? [`charges[${i}].chargeId`] : []));
  if (without.length > 0)
    throw new InvalidRequestError(without.map((field) => ({ field, message: `${field} must be the id of the line in the entry; a further charge is recorded by itself` })));
};

const correctedData = ({ type, data }: CorrectEntryRequest, minting: Minting): InvestigationCommandData<'CorrectEntry'>['data'] => {
  const strays = Object.keys(data).filter((key) => envelopeNames.has(key) || key === 'crimes');
  if (strays.length > 0)
    throw new InvalidRequestError(strays.map((key) => ({ field: `data.${key}`, message: `data.${key} is not a field of a correction's data` })));
  const form = correctionForms[type];
  try {
    // The event keeps its own ids, which the form must name: of a link or crime, one made up here is refused by the rules as changed.
    const request = validateRequest(investigationRequests[form] as new () => InvestigationRequest<typeof form>, data);
    checkChargeIds(request);
    return dataFor(form, request, minting) as InvestigationCommandData<'CorrectEntry'>['data'];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    throw new InvalidRequestError(error.entries.map(({ field, message }) => ({ field: `data.${field}`, message: `data.${message}` })));
  }
};

/**
 * A validated request as the command for the bus. Without an investigation (only to open one) its id comes from the command id, so that a
 * resend reaches the same stream. Areas and teams are recorded as `names` write them; what was sent is what makes a resend the same.
 * @throws InvalidRequestError when the area is not known, an offence lies in the future, or the data of a correction does not have the form of its type
 */
export const investigationCommand = <N extends InvestigationCommandName>(
  name: N, investigationId: InvestigationId | undefined, request: InvestigationRequest<N>, sender: Sender, names: WrittenNames,
): InvestigationMessage => {
  const commandId = commandIdOf(sender);
  const id = investigationId ?? (idFrom(commandId, 'investigation') as InvestigationId);
  const data = dataFor(name, request, { commandId, investigationId: id, names, now: sender.now });
  const Order = investigationMessages[name] as new (...parts: unknown[]) => InvestigationMessage;
  return new Order(id, data, contextOf(request, sender, commandId), sender.expectedRevision, saidIn(request));
};
