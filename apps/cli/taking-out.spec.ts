import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { takeOut } from './taking-out';

const WORDS = 'Quarkling was seen at the mill';

describe('a file that is taken out', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-taking-out-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  const file = () => path.join(folder, 'out.json');
  /** Everything that a crash at this moment would leave. */
  const onDisk = (): string => fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name), 'latin1')).join('');
  const lines = async function* (count = 1000): AsyncGenerator<string> {
    for (let i = 0; i < count; i++) yield `${WORDS} ${i}\n`;
  };
  const whole = Array.from({ length: 1000 }, (_, i) => `${WORDS} ${i}\n`).join('');

  it('can be read only once it is on record, with the digest of what it holds', async () => {
    let before: { readonly text: string; readonly bytes: number } | undefined;
    const recorded = jest.fn(async (_digest: string) => {
      before = { text: onDisk(), bytes: onDisk().length };
    });
    const digest = await takeOut(file(), lines(), recorded);
    expect(before?.bytes).toBe(whole.length);
    expect(before?.text).not.toContain('Quarkling');
    expect(recorded.mock.calls).toEqual([[digest]]);
    expect([fs.readFileSync(file(), 'utf8'), fs.readdirSync(folder), fs.statSync(file()).mode & 0o777]).toEqual([whole, ['out.json'], 0o600]);
    expect(digest).toBe(createHash('sha256').update(whole).digest('hex'));
  });

  it('is not there at all where it cannot be on record, or cannot be made', async () => {
    await expect(takeOut(file(), lines(), () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    const broken = async function* (): AsyncGenerator<string> {
      yield* lines(10);
      throw new Error('not to be read');
    };
    const recorded = jest.fn(async () => undefined);
    await expect(takeOut(file(), broken(), recorded)).rejects.toThrow('not to be read');
    expect([recorded.mock.calls, fs.readdirSync(folder)]).toEqual([[], []]);
  });
});
