import { StreamStates } from './stream-states';

const kept = (states: StreamStates, streams: readonly string[]): string[] => streams.filter((stream) => states.at('p', stream, 0));

describe('what is remembered of streams', () => {
  it('stays within its budget: the stream used longest ago goes first', () => {
    const states = new StreamStates(300);
    for (const stream of ['a', 'b', 'c']) states.keep('p', stream, { state: stream, revision: 0, bytes: 100 });
    states.keep('p', 'a', { state: 'a', revision: 0, bytes: 100 });
    states.keep('p', 'd', { state: 'd', revision: 0, bytes: 100 });
    expect(kept(states, ['a', 'b', 'c', 'd'])).toEqual(['a', 'c', 'd']);
  });

  it('never grows, however many streams and events pass', () => {
    const states = new StreamStates(1000);
    for (let i = 0; i < 10_000; i++) {
      states.keep('p', `s${i % 500}`, { state: i, revision: 0, bytes: 10 * (1 + (i % 7)) });
      states.keep('q', `s${i % 500}`, { state: i, revision: 0, bytes: 10 * (1 + (i % 5)) });
    }
    expect(kept(states, Array.from({ length: 500 }, (_, i) => `s${i}`)).length).toBeLessThanOrEqual(100);
  });

  it('keeps the stream in use even when that alone is over the budget', () => {
    const states = new StreamStates(10);
    states.keep('p', 'a', { state: 'a', revision: 0, bytes: 1000 });
    expect(kept(states, ['a'])).toEqual(['a']);
  });

  it('is only what it was after exactly this revision', () => {
    const states = new StreamStates();
    states.keep('p', 'a', { state: 'after 3', revision: 3, bytes: 1 });
    expect([2, 3, 4].map((revision) => states.at('p', 'a', revision)?.state)).toEqual([undefined, 'after 3', undefined]);
    expect(states.at('q', 'a', 3)).toBeUndefined();
  });

  it('is forgotten for one projection without touching another', () => {
    const states = new StreamStates();
    for (const projection of ['p', 'q']) states.keep(projection, 'a', { state: projection, revision: 0, bytes: 1 });
    states.forgetAll('p');
    expect(states.at('p', 'a', 0)).toBeUndefined();
    expect(states.at('q', 'a', 0)?.state).toBe('q');
  });
});
