import { randomUUID } from 'node:crypto';
import { comparePositions, EventTooLargeError, MAX_EVENT_BYTES, START } from '#platform/event-store';
import type { EventStore, EventToAppend, StoredEvent, Subscriber } from '#platform/event-store';

/** An event that says something; its text is what tells it from the others. */
export const noted = (text: string, type = 'Noted'): EventToAppend =>
  ({ id: randomUUID(), type, data: Buffer.from(JSON.stringify({ text })), metadata: Buffer.from('{"v":1}') });

const textOf = ({ data }: { readonly data: Uint8Array }): string => (JSON.parse(Buffer.from(data).toString('utf8')) as { text: string }).text;

const readEverything = async (store: EventStore, after = START, options?: Parameters<EventStore['readAll']>[1]): Promise<StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for await (const page of store.readAll(after, options)) all.push(...page);
  return all;
};

/** Collects what a subscription delivers; `until` waits for the n-th event. */
class Listener implements Subscriber {
  readonly seen: StoredEvent[] = [];
  readonly errors: Error[] = [];
  private waiting: { count: number; done: () => void } | undefined;

  constructor(private readonly handle: (events: readonly StoredEvent[]) => Promise<void> = async () => {}) {}

  async onBatch(events: readonly StoredEvent[]): Promise<void> {
    await this.handle(events);
    this.seen.push(...events);
    if (this.waiting && this.seen.length >= this.waiting.count) this.waiting.done();
  }

  onError(error: Error): void {
    this.errors.push(error);
  }

  async until(count: number): Promise<readonly string[]> {
    if (this.seen.length < count) await new Promise<void>((done) => { this.waiting = { count, done }; });
    return this.seen.map(textOf);
  }
}

const texts = (count: number, word = 'n'): string[] => Array.from({ length: count }, (_, i) => `${word}${i}`);

/** What every adapter of the event store must keep. `open` gives a new, empty store; `overhead`: bytes that a server of the tests adds to each event. */
export const eventStoreContract = (name: string, open: () => Promise<EventStore>, { overhead = 0 }: { readonly overhead?: number } = {}): void => {
  describe(`${name} keeps the event store contract`, () => {
    let store: EventStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    describe('appending', () => {
      it('answers the revision and position of the last event', async () => {
        const { revision, position } = await store.append('case-1', [noted('a'), noted('b')], 'no_stream');
        const { events } = await store.readStream('case-1');
        expect(revision).toBe(1);
        expect(events[1]!.position).toBe(position);
      });

      it('gives revisions without gaps and rising positions', async () => {
        await Promise.all(texts(50).map((text, i) => store.append(`case-${i % 3}`, [noted(text), noted(text)], 'any')));
        for (const stream of ['case-0', 'case-1', 'case-2']) {
          const { events, revision } = await store.readStream(stream);
          expect(events.map((event) => event.revision)).toEqual(events.map((_, i) => i));
          expect(revision).toBe(events.length - 1);
        }
        const all = await readEverything(store);
        expect(all).toHaveLength(100);
        all.slice(1).forEach((event, i) => expect(comparePositions(all[i]!.position, event.position)).toBeLessThan(0));
      });

      it('writes appends in the order in which they were asked for', async () => {
        await Promise.all(texts(3000).map((text) => store.append('case-1', [noted(text)], 'any')));
        const { events } = await store.readStream('case-1');
        expect(events.map(textOf)).toEqual(texts(3000));
      });

      it('lets appends that follow each other name the revision of the one before without waiting for it', async () => {
        const [first, ...rest] = texts(200).map((text) => noted(text));
        await Promise.all([store.append('case-1', [first!], 'no_stream'), ...rest.map((event, i) => store.append('case-1', [event], i))]);
        expect((await store.readStream('case-1')).revision).toBe(199);
      });

      it.each([
        ['no_stream', 1], [0, 1], [2, 1], [7, 1],
      ] as const)('refuses a stream of two events when %s was expected', async (expected, actual) => {
        await store.append('case-1', [noted('a'), noted('b')], 'no_stream');
        await expect(store.append('case-1', [noted('c')], expected)).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION', stream: 'case-1', expected, actual });
        expect((await store.readStream('case-1')).revision).toBe(1);
      });

      it.each([0, 'stream_exists'] as const)('refuses a stream that is not there when %s was expected', async (expected) => {
        await expect(store.append('case-1', [noted('a')], expected)).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION', actual: -1 });
        expect(await store.readStream('case-1')).toEqual({ events: [], revision: -1 });
      });

      it.each(['any', 'stream_exists', 1] as const)('continues a stream of two events when %s is expected', async (expected) => {
        await store.append('case-1', [noted('a'), noted('b')], 'any');
        expect(await store.append('case-1', [noted('c')], expected)).toMatchObject({ revision: 2 });
      });

      it('refuses one append of many without touching the others', async () => {
        const outcomes = await Promise.allSettled([
          store.append('case-1', [noted('a')], 'no_stream'), store.append('case-1', [noted('b')], 'no_stream'), store.append('case-2', [noted('c')], 'no_stream'),
        ]);
        expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect((await readEverything(store)).map(textOf)).toEqual(['a', 'c']);
      });

      it('writes nothing of an append without events', async () => {
        expect(await store.append('case-1', [], 'any')).toEqual({ revision: -1, position: START });
        expect(await store.head()).toEqual({ position: START, number: -1 });
      });

      it('lets one of many racing writers win', async () => {
        const race = await Promise.allSettled(texts(16).map((text) => store.append('case-1', [noted(text)], 'no_stream')));
        expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect((await store.readStream('case-1')).revision).toBe(0);
      });

      it.each([
        ['', noted('a')], ['case-1', { ...noted('a'), id: 'not-a-uuid' }], ['case-1', { ...noted('a'), type: '' }], ['c'.repeat(2000), noted('a')],
      ])('refuses what is malformed before it is written', async (stream, event) => {
        await expect(store.append(stream, [event], 'any')).rejects.toMatchObject({ code: 'MALFORMED' });
        expect((await store.head()).position).toBe(START);
      });
    });

    describe('a resend', () => {
      const first = [noted('a'), noted('b')];

      it.each([
        ['no_stream', 'no_stream'], ['any', 'any'], ['any', 'no_stream'], ['no_stream', 'any'], ['no_stream', 'stream_exists'],
      ] as const)('of an append made at %s and sent again at %s answers the first receipt', async (made, sentAgain) => {
        const receipt = await store.append('case-1', first, made);
        await store.append('case-1', [noted('later')], 'any');
        expect(await store.append('case-1', first, sentAgain)).toEqual({ ...receipt, resent: true });
        expect((await store.readStream('case-1')).revision).toBe(2);
      });

      it('at an exact revision answers the first receipt', async () => {
        await store.append('case-1', [noted('before')], 'no_stream');
        const receipt = await store.append('case-1', first, 0);
        expect(await store.append('case-1', first, 0)).toEqual({ ...receipt, resent: true });
      });

      it('that arrives together with the first is one append', async () => {
        const receipts = await Promise.all([1, 2, 3].map(() => store.append('case-1', first, 'no_stream')));
        expect(new Set(receipts.map(({ position }) => position)).size).toBe(1);
        expect(receipts.map(({ resent = false }) => resent)).toEqual([false, true, true]);
        expect((await store.readStream('case-1')).revision).toBe(1);
      });

      it('says so, also when what it says is not what was written; that stands', async () => {
        const [a, other] = [noted('a'), noted('other')];
        const receipts = await Promise.all([a, { ...other, id: a.id }].map((event) => store.append('case-1', [event], 'no_stream')));
        expect(receipts.map(({ resent = false }) => resent)).toEqual([false, true]);
        expect((await readEverything(store)).map(textOf)).toEqual(['a']);
      });

      it('of a part of the first append is recognised', async () => {
        await store.append('case-1', first, 'no_stream');
        expect(await store.append('case-1', first.slice(0, 1), 'no_stream')).toMatchObject({ revision: 0, resent: true });
      });

      it('that goes on where the first ended is refused', async () => {
        await store.append('case-1', first, 'no_stream');
        for (const expected of ['no_stream', 'any'] as const)
          await expect(store.append('case-1', [...first, noted('c')], expected)).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION' });
      });

      it('to another stream is a new event', async () => {
        await store.append('case-1', first, 'no_stream');
        expect(await store.append('case-2', first, 'no_stream')).toMatchObject({ revision: 1 });
        expect(await readEverything(store)).toHaveLength(4);
      });
    });

    describe('reading', () => {
      it('gives back every byte', async () => {
        const odd: [string, string | Buffer][] = [
          ['NUL', 'a\u0000b'], ['emoji', '👩‍👩‍👧'], ['bidi', '\u202Eabc'], ['empty', ''], ['large', Buffer.alloc(1024 * 1024, 7)], ['not text', Buffer.from([0, 255, 254, 128])],
        ];
        for (const [word, content] of odd) {
          const event = { id: randomUUID(), type: `Tÿpe-${word}-✓`, data: Buffer.from(content as string), metadata: Buffer.from(content as string) };
          await store.append(`odd-é ${word} '";--`, [event], 'no_stream');
          const { events: [stored] } = await store.readStream(`odd-é ${word} '";--`);
          expect(stored!.id).toBe(event.id);
          expect(stored!.type).toBe(event.type);
          expect(Buffer.compare(stored!.data, event.data)).toBe(0);
          expect(Buffer.compare(stored!.metadata, event.metadata)).toBe(0);
        }
      });

      it('takes an event at the size limit and refuses one above it before it is sent', async () => {
        const sized = (size: number) => ({ ...noted('a', 'T'), data: Buffer.alloc(size - 2), metadata: Buffer.alloc(0) });
        await store.append('case-1', [sized(MAX_EVENT_BYTES - overhead)], 'any');
        await expect(store.append('case-1', [sized(MAX_EVENT_BYTES + 1)], 'any')).rejects.toBeInstanceOf(EventTooLargeError);
        expect((await store.readStream('case-1')).revision).toBe(0);
      });

      it('gives a part of a stream and says where the stream ends', async () => {
        await store.append('case-1', texts(10).map((text) => noted(text)), 'any');
        const { events, revision } = await store.readStream('case-1', { from: 3, limit: 4 });
        expect(events.map(textOf)).toEqual(['n3', 'n4', 'n5', 'n6']);
        expect(revision).toBe(9);
        expect(await store.readStream('case-1', { from: 10 })).toEqual({ events: [], revision: 9 });
      });

      it.each([1, 3, 7, 500])('gives the log in pages of at most %i', async (pageSize) => {
        for (const text of texts(20)) await store.append(`case-${text}`, [noted(text)], 'any');
        const pages: StoredEvent[][] = [];
        for await (const page of store.readAll(START, { pageSize })) pages.push([...page]);
        expect(pages.flat().map(textOf)).toEqual(texts(20));
        pages.forEach((page) => expect(page.length).toBeLessThanOrEqual(pageSize));
      });

      it('gives the log after any position', async () => {
        await store.append('case-1', texts(5).map((text) => noted(text)), 'any');
        const all = await readEverything(store);
        for (const [i, { position }] of all.entries()) expect((await readEverything(store, position)).map(textOf)).toEqual(texts(5).slice(i + 1));
      });

      it('ends a reading of the log at the head as it was when it began', async () => {
        await store.append('case-1', texts(4).map((text) => noted(text)), 'any');
        const seen: string[] = [];
        for await (const page of store.readAll(START, { pageSize: 2 })) {
          seen.push(...page.map(textOf));
          await store.append('case-2', [noted('later'), noted('later'), noted('later')], 'any');
        }
        expect(seen).toEqual(texts(4));
      });

      it('chooses by category', async () => {
        for (const stream of ['case-1', 'nominal-1', 'case', 'caseload-1', 'consultation-x-1']) await store.append(stream, [noted(stream)], 'any');
        const chosen = async (...categories: string[]) => (await readEverything(store, START, { filter: { categories } })).map(textOf);
        expect(await chosen('case')).toEqual(['case-1', 'case']);
        expect(await chosen('case', 'nominal')).toEqual(['case-1', 'nominal-1', 'case']);
        expect(await chosen('unknown')).toEqual([]);
        expect(await readEverything(store)).toHaveLength(5);
      });
    });

    describe('the head and the numbers', () => {
      it('numbers the ledger from 0 and leaves out looks', async () => {
        for (const stream of ['case-1', 'consultation-x-1', 'consultation-y-1', 'nominal-1', 'consultation-x-1', 'case-1']) await store.append(stream, [noted(stream)], 'any');
        expect((await readEverything(store)).map(({ number }) => number)).toEqual([0, -1, -1, 1, -1, 2]);
        expect((await store.readStream('case-1')).events.map(({ number }) => number)).toEqual([0, 2]);
      });

      it('tells position and number of the newest', async () => {
        expect(await store.head()).toEqual({ position: START, number: -1 });
        const { position } = await store.append('case-1', [noted('a'), noted('b')], 'any');
        expect(await store.head()).toEqual({ position, number: 1 });
        const { position: look } = await store.append('consultation-x-1', [noted('look')], 'any');
        expect(await store.head()).toEqual({ position: look, number: 1 });
      });
    });

    describe('a subscription', () => {
      const write = async (count: number, word: string, stream = 'case-1') => {
        for (const text of texts(count, word)) await store.append(stream, [noted(text)], 'any');
      };

      it('gives the past, then the present, each event once and in order', async () => {
        await write(10, 'old');
        const listener = new Listener();
        const subscription = store.subscribe(START, listener, { batchSize: 3 });
        await write(200, 'new');
        expect(await listener.until(210)).toEqual([...texts(10, 'old'), ...texts(200, 'new')]);
        await subscription.stop();
      });

      it('loses and doubles nothing while writers write as fast as they can', async () => {
        const listeners = [1, 7, 500].map((batchSize) => {
          const listener = new Listener(() => new Promise((resolve) => setTimeout(resolve, batchSize % 3)));
          return { listener, subscription: store.subscribe(START, listener, { batchSize: batchSize * 10 }) };
        });
        await Promise.all(texts(2000).map((text, i) => store.append(`case-${i % 7}`, [noted(text)], 'any')));
        for (const { listener, subscription } of listeners) {
          expect(await listener.until(2000)).toEqual(texts(2000));
          await subscription.stop();
        }
      });

      it('resumes from any position', async () => {
        await write(12, 'n');
        const all = await readEverything(store);
        for (const [i, { position }] of all.slice(0, -1).entries()) {
          const listener = new Listener();
          const subscription = store.subscribe(position, listener);
          expect(await listener.until(11 - i)).toEqual(texts(12).slice(i + 1));
          await subscription.stop();
        }
      });

      it('sends no batch before the last one has been dealt with', async () => {
        let [inside, most] = [0, 0];
        const listener = new Listener(async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setTimeout(resolve, 5));
          inside--;
        });
        const subscription = store.subscribe(START, listener, { batchSize: 2 });
        await write(20, 'n');
        await listener.until(20);
        expect(most).toBe(1);
        await subscription.stop();
      });

      it('does not hold up writers or other subscriptions when it stalls', async () => {
        let release = () => {};
        const stalled = new Listener(() => new Promise<void>((resolve) => { release = resolve; }));
        const lively = new Listener();
        const subscriptions = [store.subscribe(START, stalled), store.subscribe(START, lively)];
        await write(30, 'n');
        expect(await lively.until(30)).toHaveLength(30);
        expect(stalled.seen).toHaveLength(0);
        const free = setInterval(() => release(), 1);
        expect(await stalled.until(30)).toEqual(texts(30));
        clearInterval(free);
        await Promise.all(subscriptions.map((subscription) => subscription.stop()));
      });

      it('delivers nothing after it was stopped', async () => {
        const listener = new Listener();
        const subscription = store.subscribe(START, listener);
        await write(3, 'n');
        await listener.until(3);
        await subscription.stop();
        await write(3, 'later');
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(listener.seen).toHaveLength(3);
        expect(listener.errors).toEqual([]);
      });

      it('gives only the categories asked for, past and present', async () => {
        const listener = new Listener();
        await write(5, 'old', 'nominal-1');
        await write(5, 'no', 'case-1');
        const subscription = store.subscribe(START, listener, { filter: { categories: ['nominal'] }, batchSize: 2 });
        await write(300, 'no', 'case-1');
        await write(5, 'new', 'nominal-2');
        expect(await listener.until(10)).toEqual([...texts(5, 'old'), ...texts(5, 'new')]);
        await subscription.stop();
      });

      it('ends and says so when its subscriber throws; resumed from the last position handled it misses nothing', async () => {
        await write(6, 'n');
        const failing = new Listener(async (events) => {
          if (events.some((event) => textOf(event) === 'n4')) throw new Error('poison');
        });
        store.subscribe(START, failing, { batchSize: 2 });
        while (failing.errors.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
        expect(failing.errors[0]!.message).toBe('poison');
        expect(failing.seen.map(textOf)).toEqual(texts(4));
        const next = new Listener();
        const subscription = store.subscribe(failing.seen.at(-1)!.position, next);
        expect(await next.until(2)).toEqual(['n4', 'n5']);
        await subscription.stop();
      });

      it('says which head it was at', async () => {
        await write(4, 'n');
        const heads: number[] = [];
        const done = new Promise<void>((resolve) => {
          store.subscribe(START, { onBatch: async (_, { head }) => { heads.push(head.number); resolve(); }, onError: () => {} });
        });
        await done;
        expect(heads[0]).toBe(3);
      });
    });

    describe('closing', () => {
      it('waits for appends under way and refuses later ones, of which nothing is written', async () => {
        const under = texts(50).map((text) => store.append('case-1', [noted(text)], 'any'));
        const closed = store.close();
        await expect(store.append('case-1', [noted('late')], 'any')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', written: 'no' });
        expect((await Promise.all(under)).at(-1)).toMatchObject({ revision: 49 });
        await closed;
        await expect(store.readStream('case-1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
        await store.close();
      });

      it('ends subscriptions in silence', async () => {
        const listener = new Listener();
        store.subscribe(START, listener);
        await store.append('case-1', [noted('a')], 'any');
        await listener.until(1);
        await store.close();
        expect(listener.errors).toEqual([]);
      });
    });
  });
};
