import type { Door, ShownKind } from './consultation-codes';

/** Records of one kind, as a page says that it shows them. */
export interface ShownRecords {
  readonly kind: ShownKind;
  readonly ids: readonly string[];
}

/** A reason as it was given; words and reference as they were typed. */
export interface GivenReason {
  readonly code: string;
  readonly reference?: string;
  readonly words?: string;
}

interface Showing {
  readonly shown: readonly ShownRecords[];
  /** Records shown that `shown` does not name. */
  readonly more?: number;
  readonly reason?: GivenReason;
  /** Filters by name as they were asked; undefined ones are left out. */
  readonly question?: Readonly<Record<string, string | number | boolean | undefined>>;
}

interface Place {
  readonly door: Door;
  /** Pattern of the route or name of the command; never the address. */
  readonly route: string;
}

/** Records were seen. */
export type Consultation = Place & Showing & { readonly kind: 'consultation' };

/** Records left the program. `person` of a recipient is a name. `digest`: SHA-256 (hexadecimal) of what left. */
export type Disclosure = Place & Showing & {
  readonly kind: 'disclosure';
  readonly recipients: readonly { readonly organisation: string; readonly person?: string }[];
  readonly digest: string;
};

/** Records were combined. `with`: name of the other collection, never of a person. */
export type Combination = Place & Showing & { readonly kind: 'combination'; readonly with: string };

/** Somebody was turned away. `record`: what kind of thing was asked for; `asked`: its id or reference, kept as a keyed digest, and sealed. */
export type Denial = Place & { readonly kind: 'denial'; readonly record: string; readonly action?: string; readonly asked?: string };

/** What is to be written of an act that section 62 of the Data Protection Act 2018 names. */
export type Look = Consultation | Disclosure | Combination | Denial;
