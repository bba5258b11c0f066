import type { InvestigationId, NominalId } from '#kernel';
import { officerKey } from '#kernel';
import type { Reader } from '#platform/access';
import { isRelated, relationOf } from '#contexts/investigations';
import type { AccessFacts, Asker, Relation, Sensitivity } from '#contexts/investigations';
import type { InvestigationAction, LedgerAction, PersonAction } from '../domain/actions';
import { Classes } from './classes';
import type { AccessParts } from './ports';

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

const HIDDEN: Decision = { verdict: 'HIDDEN', known: false, related: false, sensitivity: null };
/** No record has this id: looking for it costs what looking for one that is not there costs. */
const NOWHERE = '00000000-0000-0000-0000-000000000000' as InvestigationId;

/** Decides who may do what: gathers the facts of reader and record, and asks the policies. */
export class Access {
  private readonly classes: Classes;

  constructor(private readonly parts: AccessParts) {
    this.classes = new Classes(parts.policies);
  }

  /** By which text decisions are made: SHA-256 over policies and schema, hex. */
  get policyVersion(): string {
    return this.parts.policies.digest;
  }

  /** Whether the reader may do something that concerns no record. */
  may(reader: Reader, action: LedgerAction): boolean {
    return this.classes.ledger(reader.role, action);
  }

  /** Whether the reader may do this with an investigation. Costs the same whether it is hidden or does not exist. */
  async onInvestigation(reader: Reader, action: InvestigationAction, id: InvestigationId): Promise<Decision> {
    const asker = this.asker(reader);
    const facts = this.parts.records.facts(id);
    const decision = facts ? this.decide(reader, asker, action, id, facts) : HIDDEN;
    if (decision.verdict === 'PERMIT') return decision;
    // What was recorded a moment ago need not be in the read model yet: its opener and its new officer go on at once.
    const latest = await this.parts.records.latest(facts && !decision.known ? NOWHERE : id);
    return latest ? this.decide(reader, asker, action, id, latest) : decision;
  }

  /** Whether the reader may do this with a person, who is known and read through the investigations that ever named them. */
  async onPerson(reader: Reader, action: PersonAction, id: NominalId): Promise<Pick<Decision, 'verdict' | 'known'>> {
    const asker = this.asker(reader);
    const cases = this.parts.cases.naming(id);
    const may = (on: InvestigationId, what: 'know' | 'read'): boolean => {
      const facts = this.parts.records.facts(on);
      return facts !== undefined && this.classes.investigation(reader.role, what, facts.sensitivity, relationOf(asker, on, facts));
    };
    const { restricted, erasureRequestedBy } = await this.parts.marks.of(id);
    const relation = {
      onNone: cases.length === 0, onKnown: cases.some((on) => may(on, 'know')), onReadable: cases.some((on) => may(on, 'read')), restricted,
      erasureRequestedBy: erasureRequestedBy === undefined ? 'none' : officerKey(erasureRequestedBy) === officerKey(reader.id) ? 'me' : 'other',
    } as const;
    if (!this.classes.person(reader.role, 'knowPerson', relation)) return { verdict: 'HIDDEN', known: false };
    return { verdict: this.classes.person(reader.role, action, relation) ? 'PERMIT' : 'FORBIDDEN', known: true };
  }

  /** What the reader must say before reading an investigation: nothing when related to a STANDARD one, a coded reason, or words. */
  async reasonNeeded(reader: Reader, id: InvestigationId): Promise<'NONE' | 'CODED' | 'WORDS'> {
    const { known, related, sensitivity } = await this.onInvestigation(reader, 'read', id);
    if (!known || reader.kind === 'system') return 'NONE';
    if (sensitivity !== 'STANDARD') return 'WORDS';
    return related ? 'NONE' : 'CODED';
  }

  private asker(reader: Reader): Asker {
    const { investigations, operations } = this.parts.granted.granted(reader, this.parts.clock());
    return { officer: officerKey(reader.id), team: reader.team ?? null, investigations, operations };
  }

  private decide({ role }: Reader, asker: Asker, action: InvestigationAction, id: InvestigationId, facts: AccessFacts): Decision {
    const relation: Relation = relationOf(asker, id, facts);
    const permits = (what: InvestigationAction): boolean => this.classes.investigation(role, what, facts.sensitivity, relation);
    if (!permits('know')) return HIDDEN;
    return { verdict: permits(action) ? 'PERMIT' : 'FORBIDDEN', known: true, related: isRelated(relation), sensitivity: facts.sensitivity };
  }
}
