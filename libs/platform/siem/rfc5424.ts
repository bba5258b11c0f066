import os from 'node:os';

/** RFC 5424 section 6.2.1: informational for what is usual, notice for what leaves, warning for who is turned away. */
export type Severity = 'warning' | 'notice' | 'informational';

export interface AuditMessage {
  readonly severity: Severity;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** Kind of event; letters and digits. */
  readonly kind: string;
  /** Names are ours; values may be anything. */
  readonly data: Readonly<Record<string, string | number>>;
}

/** Log audit. */
const FACILITY = 13;
const SEVERITIES: Record<Severity, number> = { warning: 4, notice: 5, informational: 6 };
/** Of the structured data; 32473 is the number that RFC 5612 keeps for those who have none of their own. */
const SD_ID = 'daybook@32473';

const printable = (text: string, most: number): string => text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, most) || '-';
// Section 6.3.3: these three are escaped. Control characters would end a line, or the reader's patience.
const escaped = (value: string): string => value.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '').replaceAll(/["\\\]]/g, '\\$&');

const HOST = printable(os.hostname(), 255);

/** One RFC 5424 message, without framing. */
export const auditLine = ({ severity, at, kind, data }: AuditMessage, host = HOST, pid = process.pid): string => {
  const values = Object.entries(data).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
  return `<${FACILITY * 8 + SEVERITIES[severity]}>1 ${at} ${printable(host, 255)} daybook ${pid} ${printable(kind, 32)} [${SD_ID}${values}]`;
};
