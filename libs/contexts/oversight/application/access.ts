import type { InvestigationId, NominalId } from '#kernel';
import { officerKey, StoreUnavailableError } from '#kernel';
import type { Reader } from '#platform/access';
import { isRelated, relationOf } from '#contexts/investigations';
import type { AccessFacts, Asker, InvestigationQueries, Relation, Sensitivity } from '#contexts/investigations';
import type { InvestigationAction, LedgerAction, PersonAction } from '../domain/actions';
import { Classes } from './classes';
import type { PersonRelation } from './classes';
import type { AccessParts } from './ports';
import { Sights } from './sights';

/** PERMIT; FORBIDDEN: known and not permitted; HIDDEN: for this reader it does not exist, whether it does or not. */
export type Verdict = 'PERMIT' | 'FORBIDDEN' | 'HIDDEN';

export interface Decision {
  readonly verdict: Verdict;
  readonly known: boolean;
  /** Whether the reader has anything to do with it: then no reason for reading is asked. */
  readonly related: boolean;
  /** Null when it is hidden. */
  readonly sensitivity: Sensitivity | null;
}

/** Of a person. */
export interface PersonDecision extends Pick<Decision, 'verdict' | 'known'> {
  /** Processing is restricted (DPA 2018 ss.46 to 48); false when the person is hidden. */
  readonly restricted: boolean;
  /** Erased, or an erasure has begun. */
  readonly erased?: true;
}

const HIDDEN: Decision = { verdict: 'HIDDEN', known: false, related: false, sensitivity: null };
/** Whether it is the program's own account, which answers for nothing it looks at. An account that is mapped to another role does. */
const isProgram = ({ kind, role }: Reader): boolean => kind === 'system' && role === 'SYSTEM';
/** No record has this id: looking for it costs what looking for one that is not there costs. */
const NOWHERE = '00000000-0000-0000-0000-000000000000' as InvestigationId;

/** What a break-glass gives; asked for again while it runs, it is answered with the one that stands. */
const atOnce: ReadonlySet<InvestigationAction> = new Set(['know', 'read', 'record'] as const);
const nowhere: ReadonlySet<string> = new Set();

type Broken = Asker & { readonly brokenInto: ReadonlySet<string> };

/** What is there for one reader. */
export interface Seen {
  /** Every question about investigations, answered without a trace of those that the reader may not know. */
  readonly queries: InvestigationQueries;
  /** Whether the reader may know that it exists; false as well where there is none, and as long as the read model does not hold all that decides it. */
  knowsInvestigation(id: InvestigationId): boolean;
  /** The same of reading it. */
  readsInvestigation(id: InvestigationId): boolean;
  supervisesInvestigation(id: InvestigationId): boolean;
  /** Whether the reader may read the person, as far as their investigations decide it. */
  readsPerson(id: NominalId): Promise<boolean>;
  /** The same at once, without asking the ledger: false as long as the read model does not hold all that decides it. */
  surelyReadsPerson(id: NominalId): boolean;
  /** Investigations that the reader may read and whose record ever named the person. */
  casesNaming(id: NominalId): Promise<readonly InvestigationId[]>;
  /** Digest of the reader's rights, for cursors and caches: the same rights, the same key. */
  readonly key: string;
}

/** Decides who may do what: gathers the facts of reader and record, and asks the policies. */
export class Access {
  private readonly classes: Classes;
  private readonly sights: Sights;

  constructor(private readonly parts: AccessParts) {
    this.classes = new Classes(parts.policies);
    this.sights = new Sights(this.classes, parts.investigations, parts.policies.digest);
  }

  /** By which text decisions are made: SHA-256 over policies and schema, hex. */
  get policyVersion(): string {
    return this.parts.policies.digest;
  }

  /** Whether the reader may do something that concerns no record. */
  may(reader: Reader, action: LedgerAction): boolean {
    return this.classes.ledger(reader.role, action);
  }

  /** Whether the reader may read people of whom nothing else is on record, and so people as such. */
  readsPeople({ role }: Reader): boolean {
    return this.classes.person(role, 'readPerson', { onNone: true, onKnown: false, onReadable: false, restricted: false, erasureRequestedBy: 'none' });
  }

  /** Whether the reader may do this with an investigation. Costs the same whether it is hidden or does not exist. */
  async onInvestigation(reader: Reader, action: InvestigationAction, id: InvestigationId): Promise<Decision> {
    const asker = this.asker(reader);
    const facts = this.parts.records.facts(id);
    const decision = facts ? this.decide(reader, asker, action, id, facts) : HIDDEN;
    if (decision.verdict === 'PERMIT' && !this.parts.isAhead?.(id)) return decision;
    // What was recorded a moment ago need not be in the read model yet: its opener and its new officer go on at once, and what was hidden is.
    const latest = await this.latest(facts && !decision.known ? NOWHERE : id);
    return latest ? this.decide(reader, asker, action, id, latest) : decision;
  }

  /** Whether the reader may do this with a person, who is known and read through the investigations that ever named them. */
  async onPerson(reader: Reader, action: PersonAction, id: NominalId): Promise<PersonDecision> {
    const asker = this.asker(reader);
    const { restricted, erasureRequestedBy, erased } = await this.parts.marks.of(id);
    const relation = {
      ...(await this.throughCases(reader, asker, id)), restricted,
      erasureRequestedBy: erasureRequestedBy === undefined ? 'none' : officerKey(erasureRequestedBy) === officerKey(reader.id) ? 'me' : 'other',
    } as const;
    if (!this.classes.person(reader.role, 'knowPerson', relation)) return { verdict: 'HIDDEN', known: false, restricted: false };
    return { verdict: this.classes.person(reader.role, action, relation) ? 'PERMIT' : 'FORBIDDEN', known: true, restricted, ...(erased && { erased }) };
  }

  /** What there is for the reader at this moment: ask anew with each request, for rights change. */
  seenBy(reader: Reader): Seen {
    const asker = this.asker(reader);
    const { sights } = this;
    const readsPerson = async (id: NominalId): Promise<boolean> =>
      this.classes.person(reader.role, 'readPerson', { ...(await this.throughCases(reader, asker, id)), restricted: false, erasureRequestedBy: 'none' });
    return {
      key: sights.keyOf(reader.role, asker),
      // Whoever only asks of single records has nothing prepared for lists.
      get queries() {
        return sights.of(reader.role, asker);
      },
      readsPerson, surelyReadsPerson: (id) => this.surelyReads(reader, asker, id),
      knowsInvestigation: (id) => this.surely(reader, asker, 'know', id), readsInvestigation: (id) => this.surely(reader, asker, 'read', id),
      supervisesInvestigation: (id) => this.surelySupervises(reader, asker, id),
      casesNaming: (id) => this.readable(reader, asker, id),
    };
  }

  /** What the reader must say before reading an investigation: nothing when related to a STANDARD one, a coded reason, or words. */
  async reasonNeeded(reader: Reader, id: InvestigationId): Promise<'NONE' | 'CODED' | 'WORDS'> {
    const { known, related, sensitivity } = await this.onInvestigation(reader, 'read', id);
    if (!known || isProgram(reader)) return 'NONE';
    if (sensitivity !== 'STANDARD') return 'WORDS';
    return related ? 'NONE' : 'CODED';
  }

  /** The same before reading a person: words when the page shows them on an investigation that is not STANDARD, nothing when the reader is related to one that is. */
  async reasonNeededFor(reader: Reader, id: NominalId): Promise<'NONE' | 'CODED' | 'WORDS'> {
    const asker = this.asker(reader);
    const readable = await this.readable(reader, asker, id);
    if (isProgram(reader)) return 'NONE';
    const shown = await Promise.all(readable.map(async (on) => [on, (await this.inForce(on))!] as const));
    if (shown.some(([, { sensitivity }]) => sensitivity !== 'STANDARD')) return 'WORDS';
    return shown.some(([on, facts]) => isRelated(relationOf(asker, on, facts))) ? 'NONE' : 'CODED';
  }

  private async readable(reader: Reader, asker: Asker, id: NominalId): Promise<readonly InvestigationId[]> {
    const cases = this.parts.cases.naming(id);
    const reads = await Promise.all(cases.map((on) => this.stands(reader, asker, 'read', on)));
    return cases.filter((_, i) => reads[i]);
  }

  private async throughCases(reader: Reader, asker: Asker, id: NominalId): Promise<Pick<PersonRelation, 'onNone' | 'onKnown' | 'onReadable'>> {
    const cases = this.parts.cases.naming(id);
    const some = async (action: 'know' | 'read'): Promise<boolean> => (await Promise.all(cases.map((on) => this.stands(reader, asker, action, on)))).includes(true);
    return { onNone: cases.length === 0, onKnown: await some('know'), onReadable: await some('read') };
  }

  private asker(reader: Reader): Broken {
    const { investigations, operations, brokenInto = nowhere } = this.parts.granted.granted(reader, this.parts.clock());
    return { officer: officerKey(reader.id), team: reader.team ?? null, investigations, operations, brokenInto };
  }

  private surelyReads(reader: Reader, asker: Asker, id: NominalId): boolean {
    const cases = this.parts.cases.naming(id);
    const onReadable = cases.some((on) => this.surely(reader, asker, 'read', on));
    return this.classes.person(reader.role, 'readPerson', { onNone: cases.length === 0, onKnown: onReadable, onReadable, restricted: false, erasureRequestedBy: 'none' });
  }

  /** By the read model alone, as far as nothing was decided anew. */
  private surely(reader: Reader, asker: Asker, action: 'know' | 'read', id: InvestigationId): boolean {
    return this.parts.isAhead?.(id) !== true && this.permits(reader, asker, action, id, this.parts.records.facts(id));
  }

  /** The same of supervising it, which a break-glass does not give. */
  private surelySupervises(reader: Reader, asker: Broken, id: InvestigationId): boolean {
    const facts = this.parts.records.facts(id);
    return facts !== undefined && this.parts.isAhead?.(id) !== true && this.decide(reader, asker, 'supervise', id, facts).verdict === 'PERMIT';
  }

  private async stands(reader: Reader, asker: Asker, action: 'know' | 'read', id: InvestigationId): Promise<boolean> {
    return this.permits(reader, asker, action, id, await this.inForce(id));
  }

  private permits({ role }: Reader, asker: Asker, action: 'know' | 'read', id: InvestigationId, facts: AccessFacts | undefined): boolean {
    return facts !== undefined && this.classes.investigation(role, action, facts.sensitivity, relationOf(asker, id, facts));
  }

  /** By the read model, and where the ledger has decided anew and the read model not yet, by the ledger. */
  private async inForce(id: InvestigationId): Promise<AccessFacts | undefined> {
    return this.parts.isAhead?.(id) ? this.latest(id) : this.parts.records.facts(id);
  }

  // A record that cannot be read says nothing to decide by, as one that is not there.
  private async latest(id: InvestigationId): Promise<AccessFacts | undefined> {
    try {
      return await this.parts.records.latest(id);
    } catch (error) {
      if (error instanceof StoreUnavailableError) throw error;
      return undefined;
    }
  }

  private decide({ role }: Reader, asker: Broken, action: InvestigationAction, id: InvestigationId, facts: AccessFacts): Decision {
    const relation: Relation = relationOf(asker, id, facts);
    // A break-glass lets its user read and help at once; whoever needs more is put on the list by somebody else.
    const lasting = asker.brokenInto.has(id) ? { ...relation, granted: false } : relation;
    const permits = (what: InvestigationAction): boolean => this.classes.investigation(role, what, facts.sensitivity, atOnce.has(what) ? relation : lasting);
    if (!permits('know')) return HIDDEN;
    return { verdict: permits(action) ? 'PERMIT' : 'FORBIDDEN', known: true, related: isRelated(relation), sensitivity: facts.sensitivity };
  }
}
