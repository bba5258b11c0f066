/** What the newest event of `$$stream` says of a stream. */
export interface StreamMetadata {
  readonly maxCount?: number;
  /** Seconds. */
  readonly maxAge?: number;
  readonly truncateBefore: number;
  /** Deleted softly: an append brings it back. */
  readonly isDeleted: boolean;
  readonly acl?: Acl;
  /** Everything as it stands there, unknown keys too. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** Who may do what, by `$r`, `$w`, `$d`, `$mr`, `$mw`: names of users or groups. */
export type Acl = Readonly<Record<string, readonly string[] | undefined>>;

const DELETED = 2 ** 63;

const parse = (data: Uint8Array): Record<string, unknown> => {
  try {
    const document: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return typeof document === 'object' && document !== null && !Array.isArray(document) ? (document as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const positive = (value: unknown): number | undefined => (Number.isInteger(value) && (value as number) > 0 ? (value as number) : undefined);

export const parseAcl = (value: unknown): Acl | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const names = (entry: unknown) => [entry].flat().filter((name): name is string => typeof name === 'string');
  return Object.fromEntries(Object.entries(value).map(([action, entry]) => [action, names(entry)]));
};

/** Values that are not positive or not of their kind count as absent, a document that is none as an empty one. */
export const parseStreamMetadata = (data: Uint8Array): StreamMetadata => {
  const document = parse(data);
  const truncateBefore = positive(document.$tb) ?? 0;
  return {
    maxCount: positive(document.$maxCount), maxAge: positive(document.$maxAge), truncateBefore,
    isDeleted: truncateBefore === DELETED, acl: parseAcl(document.$acl), document,
  };
};

// Written by hand, because this number is one that JSON.stringify rounds.
export const DELETED_DOCUMENT = Buffer.from('{"$tb":9223372036854775807}');

/** The same metadata, of a stream that begins anew at a revision. */
export const revived = ({ document }: StreamMetadata, from: number): Uint8Array => Buffer.from(JSON.stringify({ ...document, $tb: from }));
