/**
 * What went wrong, for a page or a log: a code, or the kind of error and the place in our source. Never the message, which may quote what was
 * in the event.
 */
export const describeError = (error: unknown): string => {
  const { code, name, message, stack } = (error ?? {}) as { code?: unknown; name?: unknown; message?: unknown; stack?: unknown };
  if (typeof code === 'string') return code;
  const frames = typeof stack === 'string' ? stack.replace(String(message), '') : '';
  const place = /([^/\\\s(]+:\d+):\d+\)?$/m.exec(frames)?.[1];
  return [typeof name === 'string' ? name : 'Error', ...(place ? [`at ${place}`] : [])].join(' ');
};

/** An event that no projection should have to read. */
export class PoisonEventError extends Error {
  override readonly name = 'PoisonEventError';
  constructor(readonly code: 'EVENT_TYPE_UNKNOWN' | 'EVENT_TOO_LARGE' | 'PATCHES_MISSING') {
    super(code);
  }
}
