// On disk for ever: never rename or reshape a case. Add a new one and an upcaster.
import type { Instant, Message, Private } from '#kernel';
import type { Door, ShownKind } from './consultation-codes';

export type { ShownKind };

/** Records of one kind that were shown, by id. */
export interface Shown {
  readonly kind: ShownKind;
  readonly ids: readonly string[];
}

/** Why somebody looked. Words and reference are as they typed them, so they are sealed. */
export interface AccessReason {
  readonly code: string;
  readonly reference?: Private;
  readonly words?: Private;
}

/** Who asked, when, by which door and for what: what section 62 of the Data Protection Act 2018 asks of every operation. */
interface Asked {
  /** Collar number or account. */
  readonly user: string;
  readonly role: string;
  readonly agency: string;
  readonly team?: string;
  /** Keyed digest of the session's name: equal for what was done in one session, of no use to take it over. */
  readonly session?: string;
  /** When it happened; the log may have got it later, when it was away at the time. */
  readonly at: Instant;
  readonly door: Door;
  /** Pattern of the address or name of the command, for example `/investigations/:reference`; never the address itself. */
  readonly route: string;
  /** Professional standards looked; only they are told. */
  readonly covert?: true;
}

interface Showing {
  /** At most 200 ids together. */
  readonly shown: readonly Shown[];
  /** Records shown beyond those. */
  readonly more?: number;
  readonly reason?: AccessReason;
  /** Filters by name: codes as they were chosen, everything else as a keyed digest. */
  readonly question?: Readonly<Record<string, string>>;
}

/** Who got it: an organisation, and in it perhaps a person by name. */
export interface Recipient {
  readonly organisation: string;
  readonly person?: Private;
}

export type ConsultationEvent =
  | Message<'RecordsConsulted', Asked & Showing>
  /** `digest`: SHA-256 (hexadecimal) of the file that left. */
  | Message<'RecordsDisclosed', Asked & Showing & { readonly recipients: readonly Recipient[]; readonly digest: string }>
  /** Records were put beside each other, or set against another collection, for what neither shows alone. */
  | Message<'RecordsCombined', Asked & Showing & { readonly with: string }>
  /** Somebody asked for what they may not see or do. `asked`: keyed digest of the id, so that the log does not say what exists. */
  | Message<'AccessDenied', Partial<Pick<Asked, 'user' | 'role' | 'agency'>> & Omit<Asked, 'user' | 'role' | 'agency'> & {
    readonly kind: string; readonly action?: string; readonly asked?: string;
    /** The reference, id or number that was asked for, as it was written; absent where it looked like none. Says nothing of what is there. */
    readonly named?: Private;
  }>;

export type ConsultationEventType = ConsultationEvent['type'];
