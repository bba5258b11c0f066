import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isFresh } from '#platform/access';
import type { Reader } from '#platform/access';
import { ledgerActions } from '#contexts/oversight';
import type { Access, Decision, InvestigationAction, LedgerAction, PersonAction, PersonDecision, Seen } from '#contexts/oversight';
import { Admission } from './admission';
import type { AdmittedRecord } from './admission';
import { DeniedError } from './denials';
import type { NamedRecord } from './denials';
import { givenInHeaders } from './reason-headers';
import type { AccessReason, ReasonsGiven } from './reasons';
import type { Action, DoorRow, DoorTable, Parameters } from './rows';
import type { OtherRecord, Targets } from './targets';

export interface GuardParts {
  readonly table: DoorTable;
  readonly access: Access;
  readonly targets: Targets;
  readonly reasons: ReasonsGiven;
  readonly clock: () => number;
  /** Is told of everyone who was turned away; settles when that is on record. */
  denied(request: FastifyRequest, error: DeniedError): Promise<void>;
  /** Keeps the form that came after its session had run out, or needs a fresh proof of identity or a reason first; gives the address at which its owner finds it again. */
  keepTyped(request: FastifyRequest): Promise<string | undefined>;
}

interface Judgeable extends FastifyRequest {
  admission?: Admission;
  tooLate?: DeniedError;
}

type Judged = Pick<Decision, 'verdict'> & Partial<Pick<Decision, 'sensitivity'> & Pick<PersonDecision, 'restricted'>>;

interface Asked {
  readonly row: DoorRow;
  readonly reader: Reader;
  readonly action: Action | 'SIGNED_IN';
}

const valuesOf = ({ params, query }: FastifyRequest, row: DoorRow): Parameters =>
  ({ ...(row.of?.in === 'query' ? (query as Parameters) : {}), ...(params as Parameters) });

/** An event's address does not say whose record it is of: what is read there of a person is the person. */
const personActions: Partial<Record<Action, PersonAction>> = { know: 'knowPerson', read: 'readPerson', record: 'recordPerson' };

/** Acts that say why in a way of their own: in an emergency in words with the act itself, over the log of looks by its purpose. */
const sayWhyThemselves: ReadonlySet<Action | 'SIGNED_IN'> = new Set(['breakGlass', 'seeLooks', 'seeActivity'] as const);

/** What whoever sent a form can do something about, and then finds it again as they typed it. */
const passing: ReadonlySet<DeniedError['code']> = new Set(['STEP_UP_NEEDED', 'REASON_NEEDED'] as const);

const isOfPage = (request: object): boolean => (request as { readonly reader?: Reader }).reader?.session !== undefined;

const asksAgain = ({ stepUp }: DoorRow, parameters: Parameters): boolean => (typeof stepUp === 'function' ? stepUp(parameters) : stepUp === true);

const isLedgerAction = (action: Asked['action']): action is LedgerAction => (ledgerActions as readonly string[]).includes(action);

/** Stands before every route: who asks, whether a policy lets them, and why they look. */
export class Guard {
  constructor(private readonly parts: GuardParts) {}

  /** Has every route checked against the access table as it is added, and every request as it comes. */
  stand(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) if (each !== 'OPTIONS') this.parts.table.require(each, url);
    });
    fastify.addHook('onRequest', async (request: Judgeable) => {
      request.admission = await this.admit(request);
    });
    fastify.addHook('preHandler', async (request: Judgeable) => {
      if (!request.tooLate) return;
      request.tooLate.back = await this.parts.keepTyped(request);
      throw request.tooLate;
    });
  }

  private async admit(request: Judgeable): Promise<Admission | undefined> {
    const { url, method } = request.routeOptions;
    const row = url === undefined ? undefined : this.parts.table.of([method].flat()[0]!, url);
    if (!row || row.asks === 'NOBODY') return undefined;
    try {
      return await this.judged(request, row);
    } catch (error) {
      // What was typed before the session ran out is read first, and kept for whoever typed it.
      if (error instanceof DeniedError && error.code === 'NOT_SIGNED_IN' && request.lapsed && request.method === 'POST') {
        request.tooLate = error;
        return undefined;
      }
      if (error instanceof DeniedError) await this.parts.denied(request, error);
      // So is what was typed on a page whose act asks for a fresh proof of identity, or why.
      if (error instanceof DeniedError && passing.has(error.code) && request.method === 'POST' && isOfPage(request)) {
        request.tooLate = error;
        return undefined;
      }
      throw error;
    }
  }

  private async judged(request: FastifyRequest, row: DoorRow): Promise<Admission> {
    const { reader } = request as { readonly reader?: Reader };
    if (!reader) throw new DeniedError('NOT_SIGNED_IN');
    const action = typeof row.asks === 'function' ? row.asks(valuesOf(request, row)) : row.asks;
    const seen = this.parts.access.seenBy(reader);
    // A page that is not there names nothing: the controller says so.
    if (action === undefined || action === 'NOBODY') return new Admission(reader, seen, this.parts.access);
    const asked = { row, reader, action };
    const admission = row.of ? await this.toRecord(asked, request, seen) : this.toPage(asked, seen);
    if (asksAgain(row, valuesOf(request, row)) && !isFresh(reader, this.parts.clock())) throw new DeniedError('STEP_UP_NEEDED');
    return admission;
  }

  private toPage({ reader, action }: Asked, seen: Seen): Admission {
    if (action !== 'SIGNED_IN' && !this.parts.access.may(reader, action as LedgerAction)) throw new DeniedError('NOT_ALLOWED');
    return new Admission(reader, seen, this.parts.access);
  }

  private async toRecord(asked: Asked, request: FastifyRequest, seen: Seen): Promise<Admission> {
    const { row, reader, action } = asked;
    // What a role may not do at all is refused before anything is looked up, so that the refusal says nothing of what is there.
    if (isLedgerAction(action) && !this.parts.access.may(reader, action)) throw new DeniedError('NOT_ALLOWED');
    const text = valuesOf(request, row)[row.of!.by] ?? '';
    const found = await this.parts.targets.find(row.of!, text, seen);
    const nothing = (): Admission => new Admission(reader, seen, this.parts.access, undefined, undefined, { record: row.of!.record, text });
    if (!found || action === 'SIGNED_IN') return nothing();
    const decision = await this.decide(reader, action, found);
    if (decision.verdict === 'HIDDEN') return nothing();
    if (decision.verdict === 'FORBIDDEN') throw refusalOf(decision, action, { record: row.of!.record, text });
    if (found.kind === 'other') return new Admission(reader, seen, this.parts.access);
    return new Admission(reader, seen, this.parts.access, found, await this.reasonFor(asked, request, found, text));
  }

  private async decide(reader: Reader, action: Action, found: AdmittedRecord | OtherRecord): Promise<Judged> {
    const { access } = this.parts;
    if (isLedgerAction(action)) return this.decide(reader, 'know', found);
    if (found.kind === 'investigation') return access.onInvestigation(reader, action as InvestigationAction, found.id);
    if (found.kind === 'person') return access.onPerson(reader, personActions[action] ?? (action as PersonAction), found.id);
    return { verdict: access.may(reader, 'seeActivity') ? 'PERMIT' : 'HIDDEN' };
  }

  private async reasonFor({ reader, row, action }: Asked, request: FastifyRequest, { kind, id }: AdmittedRecord, text: string): Promise<AccessReason | undefined> {
    if (!row.looks && sayWhyThemselves.has(action)) return undefined;
    const needed = await (kind === 'investigation' ? this.parts.access.reasonNeeded(reader, id) : this.parts.access.reasonNeededFor(reader, id));
    if (needed === 'NONE') return undefined;
    const given = givenInHeaders(request.headers) ?? (reader.session === undefined ? undefined : await this.parts.reasons.of(reader.session, id));
    const inWords = needed === 'WORDS';
    if (!given || (inWords && !given.words)) throw new DeniedError('REASON_NEEDED', { record: row.of!.record, text, inWords });
    return given;
  }
}

const refusalOf = ({ sensitivity, restricted }: Judged, action: Action, named: NamedRecord): DeniedError => {
  if (restricted) return new DeniedError('PROCESSING_RESTRICTED', named);
  return new DeniedError(sensitivity === 'RESTRICTED' && action === 'read' ? 'RECORD_RESTRICTED' : 'NOT_ALLOWED', named);
};
