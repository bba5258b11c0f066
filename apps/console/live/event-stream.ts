/** Of every answer that is a stream of server-sent events. */
export const streamHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // A proxy that gathers an answer before it hands it on would hand on nothing.
  'X-Accel-Buffering': 'no',
};

/** Last of all, where nobody is signed in any more: the browser does not come back. */
export const END_OF_STREAM = 'event: end\ndata: {}\n\n';
