import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import { investigationActions, personActions } from '#contexts/oversight';
import type { Access, InvestigationAction, LedgerAction, PersonAction, Seen } from '#contexts/oversight';
import { DeniedError } from './denials';
import type { NamedRecord } from './denials';
import type { AccessReason } from './reasons';

/** The record that an address names, once its reader has been let in. */
export type AdmittedRecord =
  | { readonly kind: 'investigation'; readonly id: InvestigationId }
  | { readonly kind: 'person'; readonly id: NominalId };

/** What a page or answer showed, for the statutory log: ids, and the question in coded values alone. */
export interface Shown {
  readonly kind: 'investigation' | 'person' | 'event' | 'look-log';
  /** At most 200 are kept. */
  readonly ids: readonly string[];
  /** How many more than `ids` the answer held. */
  readonly more?: number;
  readonly question?: Readonly<Record<string, string>>;
}

/** Whether an action is permitted. */
export type RightsOn<A> = (action: A) => boolean;

const rights = async <A>(actions: readonly A[], may: (action: A) => Promise<boolean>): Promise<RightsOn<A>> => {
  const answers = await Promise.all(actions.map(may));
  const permitted = new Set(actions.filter((_, i) => answers[i]));
  return (action) => permitted.has(action);
};

/** One request that was let in: by whom, with which rights, to which record. */
export class Admission {
  private all: readonly Shown[] = [];
  private denial: DeniedError | undefined;
  private sought: NamedRecord | undefined;

  constructor(
    readonly reader: Reader,
    /** What this reader may know of. */
    readonly seen: Seen,
    private readonly access: Access,
    /** Absent where the address names none, or one that this reader may not know of: the two are answered alike. */
    readonly record?: AdmittedRecord,
    /** Why the record was opened; absent where none is asked. */
    readonly reason?: AccessReason,
    /** The record that was asked for and is not there for this reader: hidden or not at all, which nobody is told. */
    readonly missed?: NamedRecord,
  ) {}

  /** What the answer shows; it is on record before the answer goes out. */
  shows(...shown: readonly Shown[]): void {
    this.all = [...this.all, ...shown];
  }

  /** A record that the reader asked for otherwise than by the address, and that is not there for them. */
  misses(named: NamedRecord): void {
    this.sought = named;
  }

  /** What was asked for so; told once. */
  takeMissed(): NamedRecord | undefined {
    const { sought } = this;
    this.sought = undefined;
    return sought;
  }

  /** An error is answered instead: nothing is shown, and who was turned away after all is to be on record. */
  fails(error: unknown): void {
    this.all = [];
    if (error instanceof DeniedError) this.denial = error;
  }

  /** Why the reader was turned away after the door had let them in; told once. */
  takeDenial(): DeniedError | undefined {
    const { denial } = this;
    this.denial = undefined;
    return denial;
  }

  get shown(): readonly Shown[] {
    return this.all;
  }

  /** Whether the reader may do this where no record is concerned. */
  may(action: LedgerAction): boolean {
    return this.access.may(this.reader, action);
  }

  async mayWith(action: InvestigationAction, id: InvestigationId): Promise<boolean> {
    return (await this.access.onInvestigation(this.reader, action, id)).verdict === 'PERMIT';
  }

  /** Whether the reader may name this person in a record: they read them, processing is not restricted, and the person is not erased. */
  async mayName(id: NominalId): Promise<'YES' | 'UNKNOWN' | 'RESTRICTED' | 'ERASED'> {
    const { verdict, restricted, erased } = await this.access.onPerson(this.reader, 'readPerson', id);
    if (restricted) return 'RESTRICTED';
    if (verdict !== 'PERMIT') return 'UNKNOWN';
    return erased ? 'ERASED' : 'YES';
  }

  async mayWithPerson(action: PersonAction, id: NominalId): Promise<boolean> {
    return (await this.access.onPerson(this.reader, action, id)).verdict === 'PERMIT';
  }

  /** All that the reader may do with an investigation, so that a page offers nothing that would be refused. */
  rightsOn(id: InvestigationId): Promise<RightsOn<InvestigationAction>> {
    return rights(investigationActions, (action) => this.mayWith(action, id));
  }

  /** The same with a person. */
  rightsOnPerson(id: NominalId): Promise<RightsOn<PersonAction>> {
    return rights(personActions, (action) => this.mayWithPerson(action, id));
  }
}

/** Says to the admission of a request, if there is one, that it is answered by an error. */
export const failed = (request: object, error: unknown): void => (request as { readonly admission?: Admission }).admission?.fails(error);

/** Who was let in. @throws DeniedError when nobody was */
export const admissionOf = (request: object): Admission => {
  const { admission } = request as { readonly admission?: Admission };
  if (!admission) throw new DeniedError('NOT_SIGNED_IN');
  return admission;
};
