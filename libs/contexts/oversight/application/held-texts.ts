import type { InvestigationId, NominalId, RecordedEvent, RecordKeyId, Sealed } from '#kernel';
import type { Ledger } from '#platform/event-store';
import { sealedPlaces } from '#platform/history';
import type { KeyStore } from '#platform/vault';
import type { HeldText } from '../domain/erasure-plan';

/** The stream that holds what was decided about a person's data. */
export const dataSubjectStream = (nominalId: NominalId): string => `dataSubject-${nominalId}`;
const nominalStream = (nominalId: NominalId): string => `nominal-${nominalId}`;
const investigationStream = (id: InvestigationId): string => `investigation-${id}`;

/** Which records name a person. */
export interface PersonsInvestigations {
  naming(nominalId: NominalId): readonly InvestigationId[];
}

const WORDS_OF_ERASURE = /^data\.redactions\.\d+\.text$/;

/** Words given for a text stand for it: they are listed at its place. */
const targetOf = ({ id, type, data }: RecordedEvent, path: string): { readonly event: string; readonly path: string } => {
  const target = data as { readonly event: string; readonly path: string };
  return type === 'TextRedacted' && path === 'data.text' ? { event: target.event, path: target.path } : { event: id, path };
};

const textsOf = (events: readonly RecordedEvent[], own: boolean): HeldText[] =>
  events.flatMap((event) => sealedPlaces(event)
    .filter(({ path }) => !(event.type === 'ErasureAuthorised' && WORDS_OF_ERASURE.test(path)))
    .map(({ path, value }: { readonly path: string; readonly value: Sealed }) => ({
      ...targetOf(event, path), stream: event.stream, number: event.number, type: event.type, value, sealedAt: { event: event.id, path }, own,
    })));

/** Finds every sealed value on a person's own record and on those that name them. */
export class HeldTexts {
  constructor(
    private readonly ledger: Pick<Ledger, 'history'>, private readonly keys: Pick<KeyStore, 'destroyed'>, private readonly cases: PersonsInvestigations,
  ) {}

  /** Without those whose key is destroyed already. `except`: keys of words that this erasure itself has given. */
  async of(nominalId: NominalId, except: ReadonlySet<RecordKeyId> = new Set()): Promise<readonly HeldText[]> {
    const own = [nominalStream(nominalId), dataSubjectStream(nominalId)];
    const others = this.cases.naming(nominalId).map(investigationStream);
    const found: HeldText[] = [];
    for (const stream of [...own, ...others]) found.push(...textsOf((await this.ledger.history(stream)).events, own.includes(stream)));
    const texts = found.filter(({ value }) => !except.has(value.key));
    const gone = new Set(await this.keys.destroyed([...new Set(texts.map(({ value }) => value.key))]));
    return texts.filter(({ value }) => !gone.has(value.key));
  }
}
