import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StoreUnavailableError } from '#kernel';
import { FakeKms } from '#test/fake-kms';
import { kekFromFile, kekFromKms } from './kek-source';
import { KeyEncryptionError, makeKekFile } from './key-encryption';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-kms-'));
const key = randomBytes(32);
const written = (name: string, text: string, mode = 0o600): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text, { mode });
  return file;
};

describe('a key-encryption key that a key-management service opens', () => {
  let kms: FakeKms;
  let kekFile: string;
  const tokenFile = written('token', `${FakeKms.token}\n`);
  beforeEach(async () => {
    kms = await FakeKms.start();
    kekFile = written('kek', `${kms.wrap(key)}\n`);
  });
  afterEach(() => kms.stop());
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  const source = () => kekFromKms({ url: kms.url, tokenFile });
  const failing = async (read: Promise<unknown>): Promise<Error & { code: string }> => {
    const error = await read.then(() => { throw new Error('it was opened'); }, (caught: Error & { code: string }) => caught);
    for (const secret of [key.toString('base64'), key.toString('base64url'), FakeKms.token, fs.readFileSync(kekFile, 'utf8').trim(), 'permission denied'])
      expect(`${error.message} ${String((error.cause as Error | undefined)?.message)}`).not.toContain(secret);
    return error;
  };

  it('is asked for once, with the token', async () => {
    expect(await source().read(kekFile)).toEqual(key);
    expect(kms.asked).toEqual([{ path: 'POST /v1/transit/decrypt/daybook', body: JSON.stringify({ ciphertext: fs.readFileSync(kekFile, 'utf8').trim() }), token: FakeKms.token }]);
  });

  it('is refused as the service refuses it, in words of our own', async () => {
    const other = kekFromKms({ url: kms.url, tokenFile: written('other', 'planted-other') });
    expect(await failing(other.read(kekFile))).toMatchObject({ code: 'KEY_ENCRYPTION', message: expect.stringContaining('HTTP 403') });
    expect(await failing(kekFromKms({ url: kms.url }).read(kekFile))).toMatchObject({ code: 'KEY_ENCRYPTION' });
    const foreign = written('foreign', `vault:v1:${randomBytes(60).toString('base64')}`);
    expect(await failing(source().read(foreign))).toMatchObject({ message: expect.stringContaining('HTTP 400') });
  });

  it('never sends a key in clear, or anything else that the service did not wrap', async () => {
    makeKekFile(path.join(folder, 'clear'));
    for (const file of [path.join(folder, 'clear'), written('hex', key.toString('hex')), written('words', 'vault:v1:')])
      expect(await failing(source().read(file))).toBeInstanceOf(KeyEncryptionError);
    expect(kms.asked).toEqual([]);
  });

  it('keeps its file and its token to their owner', async () => {
    fs.chmodSync(kekFile, 0o640);
    expect((await failing(source().read(kekFile))).message).toContain('chmod 600');
    fs.chmodSync(kekFile, 0o600);
    const open = kekFromKms({ url: kms.url, tokenFile: written('open', FakeKms.token, 0o644) });
    expect((await failing(open.read(kekFile))).message).toContain('chmod 600');
    expect(kms.asked).toEqual([]);
  });

  it.each([[500], [503], [429]])('is waited for while the service is not well (HTTP %i)', async (status) => {
    kms.instead = { status, body: 'no JSON' };
    expect(await failing(source().read(kekFile))).toBeInstanceOf(StoreUnavailableError);
  });

  it('is waited for while nobody answers', async () => {
    const { url } = kms;
    await kms.stop();
    expect(await failing(kekFromKms({ url, tokenFile }).read(kekFile))).toBeInstanceOf(StoreUnavailableError);
    kms = await FakeKms.start();
  });

  it('follows no other address', async () => {
    const elsewhere = await FakeKms.start();
    kms.instead = { status: 307, body: '', headers: { location: elsewhere.url } };
    expect(await failing(source().read(kekFile))).toBeInstanceOf(StoreUnavailableError);
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.stop();
  });

  it.each(['{}', '{"data":{"plaintext":"c2hvcnQ="}}', '{"data":{"plaintext":7}}', 'no JSON', 'null'])('is nothing when the service answers %s', async (body) => {
    kms.instead = { status: 200, body };
    expect((await failing(source().read(kekFile))).message).toContain('not a key of 32 bytes');
  });

  it('is the content of the file where there is no service', async () => {
    const file = written('hex', key.toString('hex'));
    expect(await kekFromFile.read(file)).toEqual(key);
  });
});
