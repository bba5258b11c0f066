import type { Admission } from '../../guard';
import type { SignedInRequest } from '#platform/sign-in';

/** What the console uses of a request; Fastify's fits. */
export interface WebRequest {
  readonly method: string;
  readonly url: string;
  /** Host and port that the browser asked for. */
  readonly host?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly cookies?: Readonly<Record<string, string | undefined>>;
  readonly reader?: SignedInRequest['reader'];
  readonly signedIn?: SignedInRequest['signedIn'];
  readonly sessionOver?: boolean;
  readonly lapsed?: SignedInRequest['lapsed'];
}

/** What the console uses of a reply. */
export interface WebReply {
  status(code: number): WebReply;
  header(name: string, value: string): WebReply;
  send(body: unknown): unknown;
  /** What it answers: pages name who reads them, and are marked as the record is that they are about. */
  readonly request?: Pick<WebRequest, 'reader' | 'signedIn'> & { readonly admission?: Pick<Admission, 'record'> };
}

/** Query or form fields: repeated ones come as a list. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The fields of a query or form; anything else than text is dropped. */
export const fieldsOf = (value: unknown): Fields => {
  if (typeof value !== 'object' || value === null) return {};
  const text = (item: unknown): item is string => typeof item === 'string';
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, Array.isArray(item) ? item.filter(text) : text(item) ? item : undefined]),
  );
};

/** The one value of a field, trimmed; `''` when absent. Of a repeated field the first. */
export const one = (fields: Fields, name: string): string => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
};

/** All values of a field that may be repeated. */
export const all = (fields: Fields, name: string): readonly string[] => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return (typeof value === 'string' ? [value] : (value ?? [])).map((text) => text.trim()).filter((text) => text !== '');
};

/** An address of this console with these parameters; empty ones are left out. */
export const address = (path: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const query = new URLSearchParams(Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1])));
  return query.size > 0 ? `${path}?${query.toString()}` : path;
};
