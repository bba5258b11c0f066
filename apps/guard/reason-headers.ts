import type { IncomingHttpHeaders } from 'node:http';
import { MalformedError } from '#kernel';
import { accessReasons } from './reasons';
import type { AccessReason, AccessReasonCode } from './reasons';

const REASON = 'daybook-access-reason';
const REFERENCE = 'daybook-access-reference';
const WORDS = 'daybook-access-words';

const text = (headers: IncomingHttpHeaders, name: string, most: number): string | undefined => {
  const value = headers[name];
  if (value === undefined) return undefined;
  try {
    const words = decodeURIComponent(String(value)).trim();
    if (words !== '' && words.length <= most) return words;
  } catch {
    // said below
  }
  throw new MalformedError(name, `must be 1 to ${most} characters, percent-encoded UTF-8`);
};

/**
 * The reason for access that a request brings with it: `Daybook-Access-Reason` (a code), perhaps `Daybook-Access-Reference` and
 * `Daybook-Access-Words` (percent-encoded). Undefined when it brings none.
 * @throws MalformedError on the header
 */
export const givenInHeaders = (headers: IncomingHttpHeaders): AccessReason | undefined => {
  const code = headers[REASON];
  if (code === undefined) return undefined;
  if (!accessReasons.includes(code as AccessReasonCode)) throw new MalformedError(REASON, `must be one of ${accessReasons.join(', ')}`);
  const [reference, words] = [text(headers, REFERENCE, 100), text(headers, WORDS, 1_000)];
  if (code === 'OTHER' && !words) throw new MalformedError(WORDS, 'is needed where the reason is OTHER');
  return { code: code as AccessReasonCode, ...(reference && { reference }), ...(words && { words }) };
};
