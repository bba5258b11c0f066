import type { Seeded } from '#test/seeded';

/** A route of the API with a request that it takes. */
export interface Template {
  readonly method: 'GET' | 'POST';
  /** Address with real ids in it. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Names that the schema requires, and lengths and lists that it sets. */
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly type?: string; readonly maxLength?: number; readonly enum?: readonly unknown[] }>>;
}

/** One request as it goes over the wire. `refused`: whatever is right about the rest, this must be turned away. */
export interface Shot {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly refused: boolean;
  /** The other end may hang up instead of answering, because this is not HTTP. */
  readonly broken?: true;
}

const LIMIT = 256 * 1024;
const NASTY_KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', '', ' kind', 'кind', '$where'];
const WRONG_TYPES = [0, 1.5, -0, true, [], {}, [null], [[]], { $ne: '' }, '\u202e', '2019-02-30'];

const head = (lines: readonly string[], body: Uint8Array | string): Uint8Array =>
  Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), typeof body === 'string' ? Buffer.from(body) : body]);

/** Who speaks: a supervisor, and a disclosure officer where the rights of people are decided, so that requests come past the guard. */
export interface Tokens {
  readonly supervisor: string;
  readonly disclosure: string;
}

let tokens: Tokens | undefined;

const OF_RIGHTS = /^\/api\/v1\/(people\/[^/]+\/(rights|processing|restriction|legal|retention|erasure|subject)|retention)/;

const bearer = (path: string): readonly string[] => (tokens ? [`Authorization: Bearer ${OF_RIGHTS.test(path) ? tokens.disclosure : tokens.supervisor}`] : []);

/** From here on every request speaks with these tokens. */
export const authorise = (given: Tokens): void => {
  tokens = given;
};

/** The header of the supervisor's token, with the end of its line. */
export const authorisation = (): string => bearer('/').map((line) => `${line}\r\n`).join('');

/** A request with this body; `headers` come last, so that they may contradict ours. */
export const request = (method: string, path: string, body?: Uint8Array | string, headers: readonly string[] = [], type = 'application/json'): Uint8Array => {
  const bytes = body === undefined ? new Uint8Array() : Buffer.from(body as string);
  const sent = body === undefined ? [] : [`Content-Length: ${bytes.length}`, ...(type ? [`Content-Type: ${type}`] : [])];
  return head([`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...bearer(path), ...sent, ...headers], bytes);
};

type Make = (template: Template, seeded: Seeded) => Shot;

const post = (name: string, { path }: Template, body: Uint8Array | string, refused = true): Shot => ({ name, bytes: request('POST', path, body), refused });
const json = (name: string, template: Template, body: unknown, refused = true): Shot => post(name, template, JSON.stringify(body), refused);
/** Puts text into the body where a member begins, so that it is not what JSON.stringify would write. */
const spliced = (name: string, template: Template, member: string): Shot =>
  post(name, template, `{${member}${Object.keys(template.body).length > 0 ? ',' : ''}${JSON.stringify(template.body).slice(1)}`);

const texts = ({ properties }: Template): string[] => Object.keys(properties).filter((name) => properties[name]!.type === 'string' && !properties[name]!.enum);

const rename = (bytes: Uint8Array): Uint8Array => Buffer.from(Buffer.from(bytes).toString('latin1').replace('Host: 127.0.0.1', 'Host: rebound.example'), 'latin1');

const bodies: readonly Make[] = [
  (t, s) => (t.required.length === 0 ? json('unknown field', t, { ...t.body, unheardOf: 1 }) : json('field left out', t, { ...t.body, [s.pick(t.required)]: undefined })),
  (t, s) => json('unknown field', t, { ...t.body, [`x${s.below(1e6)}`]: s.pick(WRONG_TYPES) }),
  (t, s) => spliced('nasty key', t, `${JSON.stringify(s.pick(NASTY_KEYS))}:{"kind":"CRIME"}`),
  (t) => spliced('same key twice', t, '"effectiveAt":{"precision":"unknown"},"effectiveAt":{"precision":"unknown"}'),
  (t) => spliced('same key twice, once escaped', t, '"reason":"a","\\u0072eason":"b"'),
  (t) => spliced('deep', t, `"reason":${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  (t) => spliced('deep objects', t, `"reason":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
  (t) => spliced('NUL', t, '"reason":"a\\u0000b"'),
  (t, s) => spliced('half a character', t, `"reason":"${s.pick(['\\ud800', '\\udc00', 'a\\udbffb', '\\udc00\\ud800'])}"`),
  (t, s) => spliced('number that loses digits', t, `"reviewEveryDays":${s.pick(['9007199254740993', '-9007199254740993', '1e400', '99999999999999999999'])}`),
  (t) => post('not UTF-8', t, Buffer.concat([Buffer.from('{"reason":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')])),
  (t) => post('UTF-16', t, Buffer.from(`\ufeff${JSON.stringify(t.body)}`, 'utf16le')),
  (t) => post('byte order mark', t, `\ufeff${JSON.stringify(t.body)}`),
  (t, s) => post('cut short', t, JSON.stringify({ ...t.body, reason: 'x' }).slice(0, -1 - s.below(8))),
  (t) => post('more after the end', t, `${JSON.stringify(t.body)}{}`),
  (t, s) => post('not an object', t, s.pick(['null', '[]', '"{}"', '0', 'true', '[{}]', '{{}}', '{]', '/**/{}', "{'a':1}"])),
  (t, s) => {
    const name = s.pick(Object.keys(t.properties));
    return json('wrong type', t, { ...t.body, [name]: s.pick([{ $gt: '' }, [['x']], 1e9, [{}]]) });
  },
  (t, s) => {
    const name = s.pick(texts(t));
    return json('one over the limit', t, { ...t.body, [name]: 'x'.repeat((t.properties[name]!.maxLength ?? 20_000) + 1) });
  },
  (t, s) => json('date that is none', t, {
    ...t.body,
    effectiveAt: s.pick([
      { precision: 'day', from: '2019-02-30' }, { precision: 'minute', from: '2019-03-31T01:30' }, { precision: 'day', from: '9999-12-31' }, { precision: 'eon', from: '2019' },
      { precision: 'range', from: '2019-02-01', to: '2019-01-01' }, { precision: 'day' }, '2019-01-01', { precision: '__proto__', from: '2019' }, { precision: 'year', from: '99999' },
    ]),
  }),
  (t) => post('as large as may be, and not JSON', t, 'x'.repeat(LIMIT)),
  (t) => post('one byte too large', t, `{"reason":"${'x'.repeat(LIMIT - 13 + 1)}"}`),
  (t) => ({ name: 'said to be compressed', bytes: request('POST', t.path, JSON.stringify(t.body), ['Content-Encoding: gzip']), refused: true }),
  (t, s) => ({ name: 'another type', bytes: request('POST', t.path, JSON.stringify(t.body), [], s.pick(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'application/xml', ''])), refused: true }),
  (t, s) => ({ name: 'bad condition', bytes: request('POST', t.path, JSON.stringify(t.body), [`If-Match: ${s.pick(['3', 'W/"3"', '"x"', '"1", "2"', '"-1"', '"99999999999999999999"'])}`]), refused: true }),
  (t, s) => ({ name: 'bad key', bytes: request('POST', t.path, JSON.stringify(t.body), [`Idempotency-Key: ${s.pick(['', 'a b', 'x'.repeat(201), '\u00e9'])}`]), refused: true }),
  (t) => ({ name: 'page of another site', bytes: request('POST', t.path, JSON.stringify(t.body), ['Sec-Fetch-Site: cross-site']), refused: true }),
  (t) => ({ name: 'another host', bytes: rename(request('POST', t.path, JSON.stringify(t.body))), refused: true }),
];

const wires: readonly Make[] = [
  (t) => ({ name: 'another host', bytes: rename(request(t.method, t.path)), refused: true }),
  (t, s) => ({ name: 'no such method', bytes: request(s.pick(['PUT', 'DELETE', 'TRACE', 'PATCH', 'PROPFIND']), t.path), refused: true }),
  (t) => ({ name: 'two lengths', bytes: request('POST', t.path, '{}', ['Transfer-Encoding: chunked']), refused: true, broken: true }),
  (t) => ({ name: 'header line without end', bytes: request('GET', t.path, undefined, [`X-A: ${'a'.repeat(20_000)}`]), refused: true, broken: true }),
  (t) => ({ name: 'many headers', bytes: request('GET', t.path, undefined, Array.from({ length: 3_000 }, (_, i) => `X-${i}: 1`)), refused: true, broken: true }),
  (t) => ({ name: 'line break in a header', bytes: request('GET', t.path, undefined, ['X-A: a\nX-B: b\x00']), refused: true, broken: true }),
  () => ({ name: 'not HTTP', bytes: Buffer.from('\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 'latin1'), refused: true, broken: true }),
  (t, s) => ({ name: 'address', bytes: request('GET', `/api/v1/investigations/${s.pick(['%00', '..%2f..%2fetc', '%E0%A4%A', 'x'.repeat(300), '%0d%0aSet-Cookie:a=b', 'INV-999999999999999999', 'inv-%F0%9F%98%80', "';DROP TABLE x--", '{{7*7}}', '%2500'])}`), refused: true }),
  (t, s) => ({ name: 'parameter', bytes: request('GET', `${s.pick(['/api/v1/figures', '/api/v1/investigations', '/api/v1/trend', '/api/v1/suspects/outstanding'])}?${s.pick([
    'effectiveAt=2019-02-30', 'effectiveAt=9999-01-01', 'recordedAt=yesterday', 'unheardOf=1', 'area=a&area=b', '__proto__=1', 'constructor[prototype]=1', 'area=%00', 'area=%ff', 'minPosition=-1',
    'minPosition=99999999999999999999', 'theme=cse', 'area[]=x', `area=${'x'.repeat(101)}`, 'effectiveAt=2019-03-31T01:30', 'effectiveAt=2019-10-27T01:30', 'team=%ED%A0%80%00',
  ])}`), refused: true }),
  (t, s) => ({ name: 'page', bytes: request('GET', `/api/v1/investigations?${s.pick(['limit=0', 'limit=201', 'limit=1e2', 'limit=-1', 'limit=1.5', 'cursor=x', 'cursor=W10', 'cursor=e30', `cursor=${'A'.repeat(2001)}`, 'sort=area', 'wait=85', 'status=__proto__'])}`), refused: true }),
];

const whole = (text: string): string => text.replace(/\p{Surrogate}/gu, '');

/** May be recorded or refused, but is never our fault. */
const strange = (nasty: readonly string[]): readonly Make[] => [
  (t, s) => json('nasty text', t, { ...t.body, reason: s.pick(nasty) }, false),
  (t, s) => json('nasty value', t, { ...t.body, [s.pick(Object.keys(t.properties))]: s.pick(nasty) }, false),
  (t) => json('composed or decomposed', t, { ...t.body, reason: Buffer.from('Zoe\u0308').toString() }, false),
  (t) => json('text that runs both ways', t, { ...t.body, reason: '\u202etxt.exe\u2066\u2069\u200f' }, false),
  (t) => post('as large as may be', t, JSON.stringify({ ...t.body, pad: '' }).replace('"pad":""', `"pad":"${'x'.repeat(LIMIT - Buffer.byteLength(JSON.stringify({ ...t.body, pad: '' })))}"`)),
  (t, s) => {
    const name = s.pick(texts(t));
    return json('at the limit', t, { ...t.body, [name]: 'x'.repeat(t.properties[name]!.maxLength ?? 20_000) }, false);
  },
  (t, s) => ({ name: 'nasty address', bytes: request('GET', `/api/v1/investigations/${encodeURIComponent(whole(s.pick(nasty))).slice(0, 120).replace(/%.?$/, '')}`), refused: false }),
  (t, s) => ({ name: 'nasty parameter', bytes: request('GET', `/api/v1/figures?team=${encodeURIComponent(whole(s.pick(nasty)))}`), refused: false }),
  (t, s) => ({ name: 'a moment', bytes: request('GET', `/api/v1/figures?effectiveAt=${s.pick(['2019', '2019-06', '1066-10-14', '0001-01-01', '2019-06-30T12:00:00.000Z'])}&recordedAt=${s.pick(['2019-06', '1970-01-01'])}`), refused: false }),
];

/** The next shot at one of these routes: mostly what must be refused. */
export const shotAt = (templates: readonly Template[], nasty: readonly string[], seeded: Seeded): Shot => {
  const posts = templates.filter(({ method }) => method === 'POST');
  const dice = seeded.below(20);
  if (dice < 12) return seeded.pick(bodies)(seeded.pick(posts), seeded);
  if (dice < 17) return seeded.pick(wires)(seeded.pick(templates), seeded);
  return seeded.pick(strange(nasty))(seeded.pick(posts), seeded);
};
