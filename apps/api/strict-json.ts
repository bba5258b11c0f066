import { isUtf8 } from 'node:buffer';
import { MalformedError } from '#kernel';

/** Deeper than any request of ours; beyond it a body only costs us work. */
const DEEPEST = 32;
// Meets only text that JSON.parse has already accepted, so it need not be a grammar.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|-?\d[\d.eE+-]*/g;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const UNWRITABLE = /\0|\p{Surrogate}/u;

const refuse = (rule: string): never => {
  throw new MalformedError('body', rule);
};

const accepted = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The engine's own message quotes what was sent.
    return refuse('must be JSON');
  }
};

const checkNumber = (token: string): void => {
  const value = Number(token);
  if (!Number.isFinite(value) || (/^-?\d+$/.test(token) && !Number.isSafeInteger(value)))
    refuse('must hold only numbers that can be kept exactly');
};

const checkString = (token: string): string => {
  const value = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
  if (UNWRITABLE.test(value)) refuse('must hold neither NUL nor halves of characters');
  return value;
};

/** Walks the tokens of one text and remembers the keys of every object that is open. */
class Walk {
  private readonly open: (Set<string> | undefined)[] = [];
  private last = '';

  take(token: string): void {
    switch (token[0]) {
      case '{': return this.enter(new Set());
      case '[': return this.enter(undefined);
      case '}': case ']': this.open.pop(); return;
      case ':': return this.key();
      case ',': return;
      case '"': this.last = checkString(token); return;
      default: checkNumber(token);
    }
  }

  private enter(keys: Set<string> | undefined): void {
    this.open.push(keys);
    if (this.open.length > DEEPEST) refuse(`must not be nested deeper than ${DEEPEST}`);
  }

  private key(): void {
    if (FORBIDDEN_KEYS.has(this.last)) refuse('must not use a name that programs keep for themselves');
    const keys = this.open.at(-1)!;
    if (keys.has(this.last)) refuse('must not give the same field twice');
    keys.add(this.last);
  }
}

/**
 * Reads a body that two programs cannot understand differently: UTF-8, no field twice, no number that loses digits, no half characters.
 * @throws MalformedError on the field `body`; what was sent is not repeated
 */
export const parseStrictJson = (bytes: Uint8Array): unknown => {
  if (!isUtf8(bytes)) refuse('must be UTF-8');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const value = accepted(text);
  const walk = new Walk();
  for (const [token] of text.matchAll(TOKEN)) walk.take(token);
  return value;
};
