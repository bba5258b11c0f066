import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { RecordKeyId, Sealed } from '#kernel';
import { memoryKeyStore } from './memory-key-store';
import { openVault } from './sealing-vault';

// GCM's field: a block is a polynomial over GF(2) whose first bit is the coefficient of x^0.
const asNumber = (block: Buffer): bigint => BigInt(`0x${block.toString('hex')}`);
const asBlock = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(32, '0'), 'hex');
const R = 0xe1n << 120n;
const ONE = 1n << 127n;
const times = (a: bigint, b: bigint): bigint => {
  let [product, v] = [0n, b];
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= v;
    v = v & 1n ? (v >> 1n) ^ R : v >> 1n;
  }
  return product;
};
const power = (a: bigint, n: bigint): bigint => {
  let result = ONE;
  for (let [base, left] = [a, n]; left > 0n; base = times(base, base), left >>= 1n) if (left & 1n) result = times(result, base);
  return result;
};
const inverse = (a: bigint): bigint => power(a, (1n << 128n) - 2n);

const encrypted = (key: Buffer, block: Buffer): Buffer => {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
};
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)]);
const blocksOf = (bytes: Buffer): bigint[] => Array.from({ length: bytes.length / 16 }, (_, i) => asNumber(bytes.subarray(i * 16, i * 16 + 16)));
const bits = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(bytes.length) * 8n);
  return length;
};

const gcmOpens = (key: Buffer, iv: Buffer, aad: Buffer, ct: Buffer, tag: Buffer): string => {
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(aad).setAuthTag(tag);
  return Buffer.concat([decipher.update(ct), decipher.final()]).toString('latin1');
};

/** One ciphertext with one tag that GCM accepts under both keys: two blocks say what the attacker wants, the third makes the tags meet. */
const forTwoKeys = (keys: readonly [Buffer, Buffer], iv: Buffer, aad: Buffer, words: readonly [Buffer, Buffer]): { ct: Buffer; tag: Buffer } => {
  const counter = (n: number): Buffer => Buffer.concat([iv, Buffer.from([0, 0, 0, n])]);
  const [h1, h2] = keys.map((key) => asNumber(encrypted(key, Buffer.alloc(16)))) as [bigint, bigint];
  const [e1, e2] = keys.map((key) => asNumber(encrypted(key, counter(1)))) as [bigint, bigint];
  // The first block decrypts to the first word under the first key, the second to the second under the second.
  const said = keys.map((key, i) => asBlock(asNumber(encrypted(key, counter(2 + i))) ^ asNumber(words[i]!)));
  const hashed = (third: Buffer): bigint[] => {
    const ct = Buffer.concat([...said, third]);
    return blocksOf(Buffer.concat([padded(aad), ct, bits(aad), bits(ct)]));
  };
  const tagUnder = (h: bigint, e: bigint, third: Buffer): bigint => hashed(third).reduce((sum, block) => times(sum ^ block, h), 0n) ^ e;
  const apart = tagUnder(h1, e1, Buffer.alloc(16)) ^ tagUnder(h2, e2, Buffer.alloc(16));
  // The third block stands before the lengths, so it counts times h squared.
  const third = asBlock(times(apart, inverse(times(h1, h1) ^ times(h2, h2))));
  return { ct: Buffer.concat([...said, third]), tag: asBlock(tagUnder(h1, e1, third)) };
};

describe('a sealed value made to open under two keys', () => {
  const eventId = '00000000-0000-4000-8000-000000000001';
  const [path, iv] = ['data.basis', randomBytes(12)];
  const place = Buffer.from(eventId + path);
  const [innocent, guilty] = ['nominal-1', 'nominal-2'] as RecordKeyId[] as [RecordKeyId, RecordKeyId];
  const said = ['seen in Rotherha', 'not seen at all '] as const;

  const made = async () => {
    const store = memoryKeyStore();
    const records = await store.ensure([innocent, guilty]);
    const keys = [innocent, guilty].map((id) => createHmac('sha256', records.get(id)!).update(place).digest()) as [Buffer, Buffer];
    const { ct, tag } = forTwoKeys(keys, iv, place, [Buffer.from(said[0]), Buffer.from(said[1])]);
    const sealed = (key: RecordKeyId, committed: Buffer): Sealed => ({
      key, iv: iv.toString('base64url'), ct: ct.toString('base64url'), tag: tag.toString('base64url'), kc: createHash('sha256').update(committed).digest('base64url'),
    });
    return { keys, ct, tag, sealed, vault: await openVault(store) };
  };

  it('is accepted by GCM under either, which reads another text', async () => {
    const { keys, ct, tag } = await made();
    expect(gcmOpens(keys[0], iv, place, ct, tag).slice(0, 16)).toBe(said[0]);
    expect(gcmOpens(keys[1], iv, place, ct, tag).slice(16, 32)).toBe(said[1]);
  });

  it('opens under the one key that it commits to', async () => {
    const { keys, sealed, vault } = await made();
    expect((await vault.open([{ eventId, path, value: sealed(innocent, keys[0]) }]))[0]).toContain(said[0]);
  });

  it('is refused under the other, although GCM would open it', async () => {
    const { keys, sealed, vault } = await made();
    for (const value of [sealed(guilty, keys[0]), sealed(innocent, keys[1])])
      await expect(vault.open([{ eventId, path, value }])).rejects.toMatchObject({ code: 'SEAL_BROKEN' });
  });
});
