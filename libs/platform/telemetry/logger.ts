import type { Clock } from '#kernel';
import { coded } from './coded';

/** What a log line may carry beside its words: counts, flags and codes. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Every message that the program logs. Fixed words, so that no record can slip into a line with them. */
export type LogMessage =
  | 'listening' | 'stopping' | 'stopped' | 'request failed' | 'command failed' | 'read models caught up' | 'stream parked'
  | 'rebuild differs' | 'projector stopped' | 'sample made' | 'configuration refused' | 'keys older than the log'
  | 'looks go to the spool' | 'looks are in the log again' | 'security monitoring cannot be reached' | 'security monitoring is told again'
  | 'erasures replayed' | 'erasures unreadable' | 'erasures resumed' | 'erasures not ended' | 'key-encryption key waits for its file'
  | 'post not recorded' | 'job failed' | 'due work not found' | 'place of jobs in trouble' | 'traces cannot be sent';

export interface Logger {
  info(message: LogMessage, fields?: LogFields): void;
  warn(message: LogMessage, fields?: LogFields): void;
  error(message: LogMessage, fields?: LogFields): void;
}

const clear = (value: LogFields[string]): LogFields[string] => (typeof value === 'string' ? coded(value) : value);

/** Who writes the lines. */
export interface LogSource {
  /** Which of the programs: daybook, api, console or worker. */
  readonly program: string;
  /** Which process of it, on which host. */
  readonly process: string;
  /** Of what is under way where the line is written. */
  readonly traceId?: () => string | undefined;
}

/**
 * Writes one JSON line a message. A text that is not plainly a code is withheld: a message, a body or a query of a URL could hold a name.
 */
export const openLogger = (write: (line: string) => void, clock: Clock, { traceId, ...source }: Partial<LogSource> = {}): Logger => {
  const at = (level: string) => (message: LogMessage, fields: LogFields = {}): void => {
    const kept = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, clear(value)]));
    write(`${JSON.stringify({ level, time: new Date(clock()).toISOString(), message, ...source, request: traceId?.(), ...kept })}\n`);
  };
  return { info: at('info'), warn: at('warn'), error: at('error') };
};

const frameOf = (error: Error): string | undefined =>
  /^\s+at .*?\(?((?:apps|libs|dist|node_modules)\/[\w./@-]+:\d+)/m.exec((error.stack ?? '').replaceAll(/[^\s(]*?\/(?=(?:dist|node_modules)\/)/g, ''))?.[1];

/** What may be said of a fault in a log: its kind, its code and where it arose. Its words stay out, because they may quote what was given. */
export const faultFields = (error: unknown): LogFields => {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, code } = error as Error & { code?: unknown };
  return { error: name, code: typeof code === 'string' ? code : undefined, at: frameOf(error) };
};
