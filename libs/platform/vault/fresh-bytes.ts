import { randomBytes } from 'node:crypto';

const DRAW = 16_384;
const drawn = { bytes: Buffer.alloc(0), used: 0 };

/** Random bytes that are given out once, at most 16,384. Drawn many at a time: a draw of its own for each value costs more than sealing it. */
export const freshBytes = (count: number): Buffer => {
  if (drawn.used + count > drawn.bytes.length) Object.assign(drawn, { bytes: randomBytes(DRAW), used: 0 });
  return drawn.bytes.subarray(drawn.used, (drawn.used += count));
};
