import type { LiveNotice, LiveNotices } from '#platform/live-notice';

/** Two ends that hear each other: of one process, or of two. */
interface Ends {
  readonly here: LiveNotices;
  readonly there: LiveNotices;
}

/** What a listener has heard; `until` waits for the n-th. */
class Heard {
  readonly all: LiveNotice[] = [];
  private waiting: { readonly count: number; readonly done: () => void } | undefined;

  readonly listen = (notice: LiveNotice): void => {
    this.all.push(notice);
    if (this.waiting && this.all.length >= this.waiting.count) this.waiting.done();
  };

  async until(count: number): Promise<readonly number[]> {
    if (this.all.length < count) await new Promise<void>((done) => { this.waiting = { count, done }; });
    return this.all.map(({ number }) => number);
  }
}

const of = (number: number): LiveNotice => ({ topic: 'investigation-1', number });

/** What every adapter of live notices must keep. `open` gives two ends that nobody listens to yet. */
export const liveNoticeContract = (name: string, open: () => Promise<Ends>): void => {
  describe(`${name} keep the contract`, () => {
    let here: LiveNotices;
    let there: LiveNotices;
    beforeEach(async () => {
      ({ here, there } = await open());
    });
    afterEach(async () => {
      await Promise.all([here.close(), there.close()]);
    });

    it('carry what was published to every listener, whole and in order', async () => {
      const [near, far] = [new Heard(), new Heard()];
      await here.subscribe(near.listen);
      await there.subscribe(far.listen);
      here.publish({ topic: 'investigation-1', count: 3, number: 7 });
      for (let number = 8; number < 200; number++) here.publish(of(number));
      for (const heard of [near, far]) {
        expect(await heard.until(193)).toEqual(Array.from({ length: 193 }, (_, i) => 7 + i));
        expect(heard.all[0]).toEqual({ topic: 'investigation-1', count: 3, number: 7 });
      }
    });

    it('tell nobody who has stopped listening, and go on telling the others', async () => {
      const [gone, stays] = [new Heard(), new Heard()];
      const stop = await there.subscribe(gone.listen);
      await there.subscribe(stays.listen);
      here.publish(of(1));
      await gone.until(1);
      stop();
      here.publish(of(2));
      expect(await stays.until(2)).toEqual([1, 2]);
      expect(gone.all.map(({ number }) => number)).toEqual([1]);
    });

    it('take one function that listens twice for two listeners', async () => {
      const heard = new Heard();
      const stop = await there.subscribe(heard.listen);
      await there.subscribe(heard.listen);
      here.publish(of(1));
      expect(await heard.until(2)).toEqual([1, 1]);
      stop();
      here.publish(of(2));
      expect(await heard.until(3)).toEqual([1, 1, 2]);
    });

    it('are not harmed by a listener that throws', async () => {
      const heard = new Heard();
      await there.subscribe(() => { throw new Error('no'); });
      await there.subscribe(heard.listen);
      here.publish(of(1));
      here.publish(of(2));
      expect(await heard.until(2)).toEqual([1, 2]);
    });

    it('are somebody’s business as soon as somebody listens', async () => {
      await here.subscribe(() => undefined);
      expect(here.heard).toBe(true);
    });

    it('say nothing after they were closed, and may be closed again', async () => {
      const heard = new Heard();
      await there.subscribe(heard.listen);
      await there.close();
      here.publish(of(1));
      await there.close();
      there.publish(of(2));
      await there.subscribe(heard.listen);
      expect(heard.all).toEqual([]);
    });
  });
};
