// Batches of events that say which run and batch they belong to, so that a log can be audited against what was acknowledged.
const hex = (number, digits) => number.toString(16).padStart(digits, '0');

/** The events of one batch; the same numbers give the same events. */
exports.batchOf = (run, batch, count, bytes = 120) =>
  Array.from({ length: count }, (_, ordinal) => ({
    id: `${hex(run, 8)}-0000-4000-8000-${hex(batch, 8)}${hex(ordinal, 4)}`,
    type: ordinal % 2 ? 'Noted' : 'Seen',
    data: Buffer.alloc(bytes, 97 + (batch % 26)),
    metadata: Buffer.from(JSON.stringify({ run, batch, ordinal, count })),
  }));
