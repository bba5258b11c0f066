import { Followed } from './followed';

const place = (id: string) => ({ traceId: id, spanId: id, traceFlags: 1 });

describe('what a batch of the read models follows from', () => {
  it('is each append that it holds, once', () => {
    const followed = new Followed();
    for (const position of ['9', '10', '11']) followed.note(position, place(position));
    expect(followed.reached('10').map(({ spanId }) => spanId)).toEqual(['9', '10']);
    expect(followed.reached('10')).toEqual([]);
    expect(followed.reached('30').map(({ spanId }) => spanId)).toEqual(['11']);
  });

  it('is forgotten when read models stand still for long: it must not grow', () => {
    const followed = new Followed();
    for (let i = 1; i <= 1000; i++) followed.note(String(i), place(String(i)));
    const held = followed.reached('1000');
    expect([held.length, held.at(-1)!.spanId]).toEqual([64, '1000']);
  });
});
