import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { StoreUnavailableError } from '#kernel';
import type { RecordKeyId } from '#kernel';
import { KeyEncryptionError, makeKekFile } from './key-encryption';
import { pack, unpack } from './keys-protocol';
import { openThreadedKeyStore } from './threaded-key-store';

const id = (text: string): RecordKeyId => text as RecordKeyId;

describe('a key store in a thread of its own', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-keys-'));
    makeKekFile(path.join(folder, 'kek'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));
  const open = (more: { readonly kek?: Buffer; readonly owner?: string; readonly create?: boolean } = {}) =>
    openThreadedKeyStore({ folder, kekFile: path.join(folder, 'kek'), owner: 'ledger-1', create: true, ...more });

  it('is not opened by another key-encryption key, for another folder, or where there is none, and says why', async () => {
    await expect(open({ create: false })).rejects.toThrow(KeyEncryptionError);
    await (await open()).close();
    await expect(open({ kek: randomBytes(32) })).rejects.toThrow(KeyEncryptionError);
    await expect(open({ owner: 'ledger-2' })).rejects.toThrow('these keys belong to another data folder');
  });

  it('takes the key-encryption key that it is handed, and leaves nothing of it behind', async () => {
    const kek = fs.readFileSync(path.join(folder, 'kek'));
    const given = Buffer.from(kek.toString('utf8').trim(), 'base64');
    const keys = await open({ kek: given });
    const made = await keys.ensure([id('a')]);
    expect([given.every((byte) => byte === 0), made.size]).toEqual([true, 1]);
    await keys.close();
  });

  it('fails as the store in it fails, with the same error', async () => {
    const keys = await open();
    await keys.ensure([id('a')]);
    fs.writeFileSync(path.join(folder, 'copy.db'), '');
    await expect(keys.copyTo(path.join(folder, 'copy.db'))).rejects.toMatchObject({ name: 'StoreUnavailableError', written: 'no' });
    expect((await keys.get([id('a')])).size).toBe(1);
    await keys.close();
  });

  it('says whether a new key-encryption key is being taken up', async () => {
    const keys = await open();
    await keys.ensure([id('a')]);
    const next = randomBytes(32);
    expect(keys.rotating).toBe(false);
    await keys.rotate(next);
    expect(keys.rotating).toBe(true);
    await keys.settleRotation();
    expect(keys.rotating).toBe(false);
    await keys.close();
    await (await open({ kek: next })).close();
  });

  it('refuses what nobody answers any more when its thread ends, and all that is asked later', async () => {
    const keys = await open();
    const asked = keys.ensure([id('a')]);
    await (keys as unknown as { worker: Worker }).worker.terminate();
    await expect(asked).rejects.toThrow(StoreUnavailableError);
    await expect(keys.get([id('a')])).rejects.toThrow('the thread of the keys has ended');
    await keys.close();
  });

  it('leaves no key where it has been packed or unpacked', () => {
    const made = new Map([[id('a'), Uint8Array.from(randomBytes(32))]]);
    const bytes = Uint8Array.from(made.get(id('a'))!);
    const packed = pack([id('none'), id('a')], made);
    expect(made.get(id('a'))!.every((byte) => byte === 0)).toBe(true);
    expect(unpack([id('none'), id('a')], packed)).toEqual(new Map([[id('a'), bytes]]));
    expect(packed.every((byte) => byte === 0)).toBe(true);
  });
});
