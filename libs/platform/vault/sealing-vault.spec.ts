import fc from 'fast-check';
import { isSealed, isUnsealed } from '#kernel';
import type { RecordKeyId, Sealed, Unsealed } from '#kernel';
import type { KeyStore } from './key-store';
import { memoryKeyStore } from './memory-key-store';
import { openVault, RecordErasedError, SealBrokenError } from './sealing-vault';
import type { Vault } from './vault';

const EVENT = '0b4d7f1e-1111-5222-8333-444455556666';
const OTHER = '0b4d7f1e-1111-5222-8333-444455556667';
const key = 'nominal-1' as RecordKeyId;
const unsealed = (text: string, under = key): Unsealed => ({ unsealed: text, key: under });

describe('the vault', () => {
  let keys: KeyStore;
  let vault: Vault;
  beforeEach(async () => {
    keys = memoryKeyStore();
    vault = await openVault(keys);
  });

  const sealed = async (data: object): Promise<object> => (await vault.sealAll([{ id: EVENT, data }]))[0]!.data;
  const summary = async (text = 'Jamie Example was seen'): Promise<Sealed> =>
    ((await sealed({ summary: unsealed(text) })) as { summary: Sealed }).summary;
  const open = async (value: Sealed, path = 'data.summary', eventId = EVENT): Promise<string | null> =>
    (await vault.open([{ eventId, path, value }]))[0]!;

  it('opens what it sealed, whatever the text', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      expect(await open(await summary(text))).toBe(text);
    }), { numRuns: 200 });
  });

  it('leaves no unsealed value, however deep, and nothing else changed', async () => {
    const data = { sex: '1', charges: [{ offence: 'X1', note: unsealed('secret one') }], pncIds: [unsealed('secret two'), unsealed('secret three')], none: null };
    const result = (await sealed(data)) as { sex: string; charges: [{ offence: string; note: Sealed }]; pncIds: [Sealed, Sealed]; none: null };
    expect(JSON.stringify(result)).not.toContain('secret');
    expect([result.sex, result.none, result.charges[0].offence]).toEqual(['1', null, 'X1']);
    expect(isSealed(result.charges[0].note) && !isUnsealed(result.charges[0].note)).toBe(true);
    expect(await open(result.charges[0].note, 'data.charges.0.note')).toBe('secret one');
    expect(await open(result.pncIds[1], 'data.pncIds.1')).toBe('secret three');
  });

  it('seals the reason too, and keeps who a text is about', async () => {
    const about = ['n-1', 'n-2'] as never;
    const [event] = await vault.sealAll([{ id: EVENT, data: { text: { ...unsealed('both'), about } }, reason: unsealed('because') }]);
    expect((event!.data as { text: Sealed }).text.about).toEqual(about);
    expect(await open(event!.reason as Sealed, 'reason')).toBe('because');
  });

  it('asks for the keys of a batch once', async () => {
    const ensure = jest.spyOn(keys, 'ensure');
    await vault.sealAll([{ id: EVENT, data: { a: unsealed('1') } }, { id: OTHER, data: { b: unsealed('2', 'text-1' as RecordKeyId) } }]);
    expect(ensure.mock.calls).toEqual([[[key, 'text-1']]]);
  });

  it('never seals the same text the same way twice', async () => {
    const [a, b] = [await summary('same'), await summary('same')];
    expect(a.iv).not.toBe(b.iv);
    expect(a.ct).not.toBe(b.ct);
  });

  it.each(['iv', 'ct', 'tag', 'kc'] as const)('notices one altered bit of %s', async (field) => {
    const value = await summary();
    const raw = Buffer.from(value[field], 'base64url');
    raw[0]! ^= 1;
    await expect(open({ ...value, [field]: raw.toString('base64url') })).rejects.toThrow(SealBrokenError);
  });

  it.each(['iv', 'ct', 'tag', 'kc'] as const)('notices a shortened %s', async (field) => {
    const value = await summary();
    const short = Buffer.from(value[field], 'base64url').subarray(1).toString('base64url');
    await expect(open({ ...value, [field]: short })).rejects.toThrow(SealBrokenError);
  });

  it('does not open a value in another field, another event or under another key', async () => {
    const value = await summary();
    await keys.ensure(['nominal-2' as RecordKeyId]);
    await expect(open(value, 'data.plan')).rejects.toThrow(SealBrokenError);
    await expect(open(value, 'data.summary', OTHER)).rejects.toThrow(SealBrokenError);
    await expect(open({ ...value, key: 'nominal-2' as RecordKeyId })).rejects.toThrow(SealBrokenError);
  });

  it('says where the seal is broken, and nothing of what it held', async () => {
    const value = await summary();
    const error = await open(value, 'data.plan').catch((caught: SealBrokenError) => caught);
    expect(error).toMatchObject({ code: 'SEAL_BROKEN', eventId: EVENT, path: 'data.plan' });
    expect((error as Error).message).not.toContain('Jamie');
  });

  it('answers null once the key is destroyed, and opens the other values', async () => {
    const data = (await sealed({ one: unsealed('gone'), two: unsealed('kept', 'text-1' as RecordKeyId) })) as { one: Sealed; two: Sealed };
    await keys.destroy(key);
    const answer = await vault.open([{ eventId: EVENT, path: 'data.one', value: data.one }, { eventId: EVENT, path: 'data.two', value: data.two }]);
    expect(answer).toEqual([null, 'kept']);
  });

  it('does not take a key that was lost for one that was destroyed', async () => {
    const value = await summary();
    const older = await openVault(memoryKeyStore());
    await expect(older.open([{ eventId: EVENT, path: 'data.summary', value }])).rejects.toMatchObject({ code: 'KEY_MISSING', key });
  });

  it('makes no new key in the place of one that was lost', async () => {
    const person = 'nominal-1' as RecordKeyId;
    const [event] = await vault.sealAll([{ id: EVENT, data: { name: unsealed('Alex', person) } }]);
    const older = await openVault(memoryKeyStore());
    await expect(older.sealAll([{ id: OTHER, data: { name: unsealed('Sasha', person) } }], [event!.data])).rejects.toMatchObject({ code: 'KEY_MISSING', key: person });
    await expect(older.sealAll([{ id: OTHER, data: { name: unsealed('Sasha', person) } }])).resolves.toHaveLength(1);
    await expect(vault.sealAll([{ id: OTHER, data: { name: unsealed('Sasha', person) } }], [event!.data])).resolves.toHaveLength(1);
  });

  it('writes nothing new about an erased record', async () => {
    await keys.destroy(key);
    await expect(summary()).rejects.toThrow(RecordErasedError);
    await expect(summary()).rejects.toMatchObject({ code: 'RECORD_ERASED', facts: { key } });
  });

  it('digests under a key of its own, the same each time the folder is opened', async () => {
    const again = await openVault(keys);
    const elsewhere = await openVault(memoryKeyStore());
    expect(again.digest('A1234/19')).toBe(vault.digest('A1234/19'));
    expect(elsewhere.digest('A1234/19')).not.toBe(vault.digest('A1234/19'));
    expect(vault.digest('A1234/20')).not.toBe(vault.digest('A1234/19'));
    expect(vault.digest('x')).toMatch(/^[\w-]{43}$/);
  });

  it('seals as published: field key, commitment and place can be worked out by hand', async () => {
    const { createHash, createHmac, createDecipheriv } = await import('node:crypto');
    const value = await summary('by hand');
    const recordKey = (await keys.get([key])).get(key)!;
    const fieldKey = createHmac('sha256', recordKey).update(`${EVENT}data.summary`).digest();
    expect(createHash('sha256').update(fieldKey).digest('base64url')).toBe(value.kc);
    const gcm = createDecipheriv('aes-256-gcm', fieldKey, Buffer.from(value.iv, 'base64url'))
      .setAAD(Buffer.from(`${EVENT}data.summary`)).setAuthTag(Buffer.from(value.tag, 'base64url'));
    expect(gcm.update(value.ct, 'base64url', 'utf8') + gcm.final('utf8')).toBe('by hand');
  });
});
