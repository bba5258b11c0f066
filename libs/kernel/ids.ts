declare const brand: unique symbol;
/** A string that the compiler will not confuse with another kind of string. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A person in the nominal index (UUID). */
export type NominalId = Branded<'NominalId'>;
export type InvestigationId = Branded<'InvestigationId'>;
/** One recorded crime of an investigation; an outcome belongs to a crime. */
export type CrimeId = Branded<'CrimeId'>;
/** One suspect on one investigation; roles belong to links, not to people. */
export type LinkId = Branded<'LinkId'>;
/** An officer's warrant or collar number as the force writes it, for example `DC 4417`. */
export type OfficerId = Branded<'OfficerId'>;
/** How ids of officers and users compare: they come from people and from systems, with and without capitals, and spaces are lost and found. */
export const officerKey = (id: string): string => id.trim().replace(/\s+/g, ' ').toLowerCase();

/** A key of the key store: one a person, one a free text. Destroying it erases what it sealed. */
export type RecordKeyId = Branded<'RecordKeyId'>;
/** UTC, ISO 8601 with milliseconds, for example `2019-12-31T17:00:00.000Z`. */
export type Instant = Branded<'Instant'>;
/** A Europe/London calendar date, `2019-12-31`. */
export type LocalDate = Branded<'LocalDate'>;

/** The category of a stream: what stands before the first `-`, as KurrentDB cuts it. */
export const categoryOf = (stream: string): string => {
  const cut = stream.indexOf('-');
  return cut < 0 ? stream : stream.slice(0, cut);
};

/** The category of the second log, of who looked at what; its events have numbers of their own. */
export const LOOKS = 'consultation';

/** The ledger's own events are numbered; the store's system streams and the log of looks are not among them. */
export const isLedgerStream = (stream: string): boolean =>
  !stream.startsWith('$') && !stream.startsWith(`${LOOKS}-`);
