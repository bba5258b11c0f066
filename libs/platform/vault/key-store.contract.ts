import type { RecordKeyId } from '#kernel';
import type { KeyStore } from './key-store';

const id = (text: string): RecordKeyId => text as RecordKeyId;

/** What every key store must do. `open` gives a new, empty one. */
export const keyStoreContract = (name: string, open: () => Promise<KeyStore>): void =>
  describe(`${name} keeps the key store contract`, () => {
    let keys: KeyStore;
    beforeEach(async () => {
      keys = await open();
    });
    afterEach(() => keys.close());

    it('makes a key of 32 bytes once, and answers the same key ever after', async () => {
      const first = (await keys.ensure([id('a')])).get(id('a'));
      expect(first).toHaveLength(32);
      expect((await keys.ensure([id('a'), id('b')])).get(id('a'))).toEqual(first);
      expect((await keys.get([id('a')])).get(id('a'))).toEqual(first);
    });

    it('makes a different key for every id', async () => {
      const made = await keys.ensure([id('a'), id('b')]);
      expect(made.get(id('a'))).not.toEqual(made.get(id('b')));
    });

    it('gives callers who arrive together the same key', async () => {
      const answers = await Promise.all([keys.ensure([id('a')]), keys.ensure([id('b'), id('a')]), keys.ensure([id('a')])]);
      expect(new Set(answers.map((answer) => Buffer.from(answer.get(id('a'))!).toString('hex'))).size).toBe(1);
    });

    it('leaves out a key that was never made', async () => expect((await keys.get([id('none')])).size).toBe(0));

    it('tells a key that is missing from one that was destroyed', async () => {
      await keys.ensure([id('there'), id('gone')]);
      await keys.destroy(id('gone'));
      expect(await keys.missing([id('there'), id('gone'), id('lost')])).toEqual([id('lost')]);
    });

    it('never makes a destroyed key again', async () => {
      await keys.ensure([id('a')]);
      await keys.destroy(id('a'));
      expect((await keys.get([id('a')])).size).toBe(0);
      expect((await keys.ensure([id('a'), id('b')])).has(id('a'))).toBe(false);
    });

    it('destroys several at once, and tells which of some were destroyed', async () => {
      await keys.ensure([id('a'), id('b'), id('c')]);
      await keys.destroy(id('a'), id('b'), id('never made'));
      expect(await keys.destroyed([id('a'), id('b'), id('c'), id('never made'), id('lost')])).toEqual([id('a'), id('b'), id('never made')]);
      expect([...(await keys.get([id('a'), id('b'), id('c')])).keys()]).toEqual([id('c')]);
    });

    it('gives copies: what a caller wipes is whole for the next', async () => {
      const first = (await keys.ensure([id('a')])).get(id('a'))!;
      const before = Buffer.from(first);
      first.fill(0);
      (await keys.get([id('a')])).get(id('a'))!.fill(0);
      expect(Buffer.from((await keys.ensure([id('a')])).get(id('a'))!)).toEqual(before);
    });

    it('keeps a key destroyed before it was ever made', async () => {
      await keys.destroy(id('a'));
      expect((await keys.ensure([id('a')])).size).toBe(0);
    });
  });
