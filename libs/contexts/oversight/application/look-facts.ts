import { instantOf, londonDate } from '#kernel';
import type { Private, RecordKeyId } from '#kernel';
import { idFrom } from '#platform/event-store';
import type { Reader } from '#platform/access';
import type { ConsultationEvent, Shown } from '../domain/consultation.events';
import { codedFilters, MOST_SHOWN } from '../domain/consultation-codes';
import type { Combination, Consultation, Denial, Disclosure, GivenReason, Look } from '../domain/looks';

/** What turning a look into an event needs of its surroundings. */
export interface LookSurroundings {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Keyed digest of the folder (see `Vault.digest`). */
  digest(text: string): string;
}

type Seen = Consultation | Disclosure | Combination;
type Seal = (what: string, text: string) => Private;

/** The stream of one user's looks of one day in London. */
export const lookStream = (user: string | undefined, now: number): string => `consultation-${idFrom(user ?? '')}-${londonDate(now)}`;

/** Looks of professional standards are told to professional standards alone. */
export const isCovert = (reader: Reader | undefined): boolean => reader?.role === 'PROFESSIONAL_STANDARDS';

const present = <T extends object>(values: T): T => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

// The same words said again in one session have one key, so that only the first of many looks waits for it to be made.
const sealer = (reader: Reader, { now, digest }: LookSurroundings): Seal => (what, text) =>
  ({ unsealed: text, key: `text-${idFrom('look', what, reader.id, reader.session ?? londonDate(now), digest(text))}` as RecordKeyId });

const reasonOf = ({ code, reference, words }: GivenReason, seal: Seal) =>
  present({ code, reference: reference === undefined ? undefined : seal('reference', reference), words: words === undefined ? undefined : seal('words', words) });

const questionOf = (question: Consultation['question'], digest: (text: string) => string): Readonly<Record<string, string>> | undefined => {
  const asked = Object.entries(question ?? {}).filter(([, value]) => value !== undefined && value !== '').slice(0, 30);
  if (asked.length === 0) return undefined;
  return Object.fromEntries(asked.map(([name, value]) => {
    const text = String(value);
    return codedFilters.has(name) && text.length <= 100 ? [name, text] : [name.slice(0, 40), `digest:${digest(text)}`];
  }));
};

const cut = ({ shown, more = 0 }: Seen): { readonly shown: readonly Shown[]; readonly more?: number } => {
  let room = MOST_SHOWN;
  let left = more;
  const named = shown.map(({ kind, ids }): Shown => {
    const kept = ids.slice(0, room);
    room -= kept.length;
    left += ids.length - kept.length;
    return { kind, ids: kept };
  });
  return { shown: named.filter(({ ids }) => ids.length > 0), ...(left > 0 ? { more: left } : {}) };
};

const askedBy = (reader: Reader | undefined, { door, route }: Look, { now, digest }: LookSurroundings) => present({
  user: reader?.id, role: reader?.role, agency: reader?.agency, team: reader?.team,
  session: reader?.session === undefined ? undefined : digest(`session ${reader.session}`),
  at: instantOf(now), door, route, covert: isCovert(reader) ? true as const : undefined,
});

/** References, ids and numbers. What looks otherwise may be a name, and is kept as a digest alone. */
const REFERENCE = /^(?:[a-z]{0,4}[-/ ]?\d[\d/-]{0,30}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

// One key a user and day: whoever guesses makes no more keys than whoever does not.
const namedIn = (reader: Reader | undefined, asked: string, now: number): Private | undefined =>
  (REFERENCE.test(asked) ? { unsealed: asked, key: `text-${idFrom('look', 'asked', reader?.id ?? '', londonDate(now))}` as RecordKeyId } : undefined);

const denied = (reader: Reader | undefined, look: Denial, around: LookSurroundings): ConsultationEvent => ({
  type: 'AccessDenied',
  data: present({
    ...askedBy(reader, look, around), kind: look.record, action: look.action,
    asked: look.asked === undefined ? undefined : around.digest(`asked ${look.asked}`),
    named: look.asked === undefined ? undefined : namedIn(reader, look.asked.trim(), around.now),
  }),
});

const seen = (reader: Reader, look: Seen, around: LookSurroundings) => {
  const seal = sealer(reader, around);
  return {
    ...askedBy(reader, look, around) as ReturnType<typeof askedBy> & { user: string; role: string; agency: string },
    ...cut(look),
    ...present({ question: questionOf(look.question, around.digest), reason: look.reason === undefined ? undefined : reasonOf(look.reason, seal) }),
  };
};

const recipientsOf = (reader: Reader, { recipients }: Disclosure, around: LookSurroundings) => {
  const seal = sealer(reader, around);
  return recipients.map(({ organisation, person }) => present({ organisation, person: person === undefined ? undefined : seal('recipient', person) }));
};

/** The event that a look becomes, with what is personal in it still to be sealed. */
export const lookFact = (reader: Reader | undefined, look: Look, around: LookSurroundings): ConsultationEvent => {
  if (look.kind === 'denial') return denied(reader, look, around);
  if (!reader) throw new TypeError('a look without anybody who looks');
  const data = seen(reader, look, around);
  switch (look.kind) {
    case 'consultation': return { type: 'RecordsConsulted', data };
    case 'disclosure': return { type: 'RecordsDisclosed', data: { ...data, recipients: recipientsOf(reader, look, around), digest: look.digest } };
    case 'combination': return { type: 'RecordsCombined', data: { ...data, with: look.with } };
  }
};
